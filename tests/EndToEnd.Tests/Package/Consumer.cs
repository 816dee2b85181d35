namespace Lamina.EndToEnd.Tests.Package;

/// <summary>A folder of projects, outside the repository, that know Lamina by its package alone.</summary>
internal sealed class Consumer(PackageFeed feed, string folder)
{
    /// <summary>A data set of two layers; <paramref name="joy"/> is the content of one.</summary>
    public static string Source(string joy = "Room for more of it.") => $$"""
        {
          "dimensions": [ { "id": 1, "name": "Emotion" } ],
          "layers": [
            { "dimension_id": 1, "layer_num": 0, "name": "Joy", "keywords": ["joy"], "content": "{{joy}}" },
            { "dimension_id": 1, "layer_num": 1, "name": "Grief", "content": "Love that goes on looking." }
          ]
        }
        """;

    /// <summary>A program that writes the layer Joy of the data set <c>dimensions</c>.</summary>
    public const string Program = """
        using System.Text;
        using App;
        using Lamina;

        using MmapManager manager = MmapManager.Open(Path.Combine(AppContext.BaseDirectory, "dimensions"));
        using LayerLease joy = manager.Acquire(Emotion.Layers.Joy);
        Console.WriteLine($"{Emotion.Layers.Joy} {Encoding.UTF8.GetString(joy.Span)}");
        """;

    private const string DataSet = """<LaminaDataSet Include="dimensions.json" />""";

    /// <summary>The program <c>App</c> with the data set <c>dimensions.json</c>.</summary>
    public Consumer WithApp(string properties = "") => this
        .Write("App.csproj", Project(DataSet, "<OutputType>Exe</OutputType>" + properties))
        .Write("dimensions.json", Source())
        .Write("Program.cs", Program);

    /// <summary>The text of a project that refers to the package.</summary>
    public string Project(string items, string properties = "<OutputType>Exe</OutputType>") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Lamina" Version="{feed.Version}" />
            {items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>A path in the folder.</summary>
    public string Path(params string[] parts) => System.IO.Path.Combine([folder, .. parts]);

    /// <summary>Writes a file.</summary>
    public Consumer Write(string name, string text)
    {
        string path = Path(name.Split('/'));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Builds a project; a warning is an error.</summary>
    public Task<DotnetResult> BuildAsync(string project = "App.csproj", params string[] args) =>
        DotnetAsync(["build", Path(project.Split('/')), "-c", "Release", "-warnaserror", .. args]);

    /// <summary>Publishes a project to the folder <c>out</c>; a warning is an error.</summary>
    public Task<DotnetResult> PublishAsync(string project = "App.csproj", params string[] args) =>
        DotnetAsync(["publish", Path(project.Split('/')), "-c", "Release", "-o", Path("out"), "-warnaserror", .. args]);

    /// <summary>Runs <c>dotnet</c>.</summary>
    public Task<DotnetResult> DotnetAsync(params string[] args) => Dotnet.RunAsync(folder, feed.PackagesFolder, args);

    /// <summary>Runs a program that was made here.</summary>
    public Task<DotnetResult> RunAsync(string program, params string[] args) =>
        Dotnet.RunProgramAsync(OperatingSystem.IsWindows() ? program + ".exe" : program, folder, feed.PackagesFolder, args);

    /// <summary>Runs what the project in a folder was built to, and answers what it wrote.</summary>
    public async Task<string> RunBuiltAsync(string project = ".") =>
        (await DotnetAsync(Path(project, "bin", "Release", "net10.0", "App.dll"))).Succeeded().Output;

    /// <summary>The names of the files in a folder, in order.</summary>
    public string[] Files(params string[] parts) =>
        [.. new DirectoryInfo(Path(parts)).EnumerateFiles().Select(static file => file.Name).Order(StringComparer.Ordinal)];
}
