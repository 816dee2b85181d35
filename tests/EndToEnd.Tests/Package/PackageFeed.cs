using System.Globalization;
using System.Text.RegularExpressions;

namespace Lamina.EndToEnd.Tests.Package;

/// <summary>
/// The packages of this build in a feed of their own, and a folder for projects that use them. Their version is used once, so
/// that no package of the machine can stand in for them; all that is made goes with the fixture.
/// </summary>
public sealed partial class PackageFeed : IAsyncLifetime
{
    private static readonly string[] Projects = ["Format/Lamina.Format", "Runtime/Lamina.Runtime", "Hosting/Lamina.Hosting", "Cli/Lamina.Cli"];

    private readonly string _root = Directory.CreateTempSubdirectory("lamina-package-").FullName;
    private int _consumers;

    /// <summary>The folder of the packages.</summary>
    public string Feed => Under("feed");

    /// <summary>Where the packages are unpacked, instead of the user's own folder; that may have a space in its name as well.</summary>
    public string PackagesFolder => Under("all packages");

    /// <summary>The version of the packages.</summary>
    public string Version { get; } = "0.1.0-test-" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>The repository.</summary>
    internal static string Repository { get; } = FindRepository();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await WriteConfigurationAsync();
        await PackAsync(Feed);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Packs what was built together with these tests.</summary>
    internal async Task PackAsync(string folder)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string projects = string.Join(';', Projects.Select(static name => Path.Combine(Repository, "src", name + ".csproj")));
        string properties = $"Configuration={configuration};NoBuild=true;PackageVersion={Version};PackageOutputPath={folder}";
        string project = Under(Guid.NewGuid().ToString("N") + ".proj");
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{projects}" Targets="Pack" Properties="{properties}" />
              </Target>
            </Project>
            """);

        // What is packed was restored to the machine's own folder.
        (await Dotnet.RunAsync(Repository, await MachinePackagesAsync(), "msbuild", project, "-nologo", "-v:m")).Succeeded();
    }

    /// <summary>A new, empty folder for projects.</summary>
    internal Consumer NewConsumer()
    {
        string number = Interlocked.Increment(ref _consumers).ToString(CultureInfo.InvariantCulture);
        return new Consumer(this, Directory.CreateDirectory(Under("consumer" + number)).FullName);
    }

    /// <summary>A path in the fixture's folder.</summary>
    internal string Under(string name) => Path.Combine(_root, name);

    /// <summary>
    /// Everything else comes from the machine's folder of packages, and from its sources what is not there.
    /// </summary>
    private async Task WriteConfigurationAsync()
    {
        DotnetResult sources = await Dotnet.RunAsync(Repository, await MachinePackagesAsync(), "nuget", "list", "source");
        IEnumerable<string> others = EnabledSource().Matches(sources.Succeeded().Output).Select(static match => $"""
                <packageSource key="{match.Groups["name"].Value}"><package pattern="*" /></packageSource>
            """);
        await File.WriteAllTextAsync(Under("nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="lamina-test" value="{Feed}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="lamina-test"><package pattern="Lamina" /><package pattern="Lamina.*" /></packageSource>
            {string.Join('\n', others)}
              </packageSourceMapping>
              <fallbackPackageFolders>
                <add key="machine" value="{await MachinePackagesAsync()}" />
              </fallbackPackageFolders>
            </configuration>
            """);

        // The build looks for these in the folders above; it stops here.
        await File.WriteAllTextAsync(Under("Directory.Build.props"), """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <NuGetAudit>false</NuGetAudit>
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Under("Directory.Build.targets"), "<Project />");
        await File.WriteAllTextAsync(Under("Directory.Packages.props"), "<Project />");
        File.Copy(Path.Combine(Repository, "global.json"), Under("global.json"));
        Directory.CreateDirectory(Feed);
    }

    /// <summary>Runs <c>dotnet</c> in the repository, with the packages that it was restored with.</summary>
    internal static async Task<DotnetResult> RunInRepositoryAsync(string[] args) =>
        await Dotnet.RunAsync(Repository, await MachinePackagesAsync(), args);

    private static async Task<string> MachinePackagesAsync()
    {
        if (Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder)
            return folder;
        DotnetResult result = await Dotnet.RunAsync(
            Repository, "", "nuget", "locals", "global-packages", "--list", "--force-english-output");
        return result.Succeeded().Output.Trim()["global-packages: ".Length..];
    }

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Format.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("Format.sln is in no folder above.");
    }

    [GeneratedRegex(@"^\s*\d+\.\s+(?<name>.+) \[Enabled\]$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex EnabledSource();
}
