using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace Lamina.EndToEnd.Tests.Package;

/// <summary>What is in the packages.</summary>
[Collection(PackageGroup.Name)]
public sealed class PackageTests(PackageFeed feed)
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Fact]
    public void Pack_Lamina_HasTheRuntimeTheTargetsTheCompilersPartsAndTheCommand()
    {
        Assert.Equal(
            [
                "LICENSE",
                "Lamina.nuspec",
                "README.md",
                "analyzers/dotnet/cs/Lamina.CodeFixes.dll",
                "analyzers/dotnet/cs/Lamina.Generator.dll",
                "build/Lamina.props",
                "build/Lamina.targets",
                "buildTransitive/Lamina.props",
                "buildTransitive/Lamina.targets",
                .. Directory.EnumerateFiles(Path.Combine(PackageFeed.Repository, "docs", "diagnostics"))
                    .Select(static page => "docs/diagnostics/" + Path.GetFileName(page)).Order(StringComparer.Ordinal),
                "icon.png",
                "lib/net10.0/Lamina.Runtime.dll",
                "lib/net10.0/Lamina.Runtime.xml",
                .. Ahead("Lamina.Runtime"),
                "tools/net10.0/any/K4os.Compression.LZ4.dll",
                "tools/net10.0/any/Lamina.Format.dll",
                "tools/net10.0/any/Lamina.Runtime.dll",
                "tools/net10.0/any/Spectre.Console.Ansi.dll",
                "tools/net10.0/any/Spectre.Console.dll",
                "tools/net10.0/any/System.CommandLine.dll",
                "tools/net10.0/any/System.IO.Hashing.dll",
                "tools/net10.0/any/lamina.dll",
                "tools/net10.0/any/lamina.runtimeconfig.json",
            ],
            Files("Lamina"));
        Assert.Equal([("Lamina.Format", feed.Version)], Dependencies("Lamina"));
    }

    [Fact]
    public void Pack_Format_HasTheLibraryAlone()
    {
        Assert.Equal(
            [
                "LICENSE", "Lamina.Format.nuspec", "README.md", "icon.png", "lib/net10.0/Lamina.Format.dll",
                "lib/net10.0/Lamina.Format.xml", .. Ahead("Lamina.Format"),
            ],
            Files("Lamina.Format"));
        Assert.Equal(
            ["K4os.Compression.LZ4", "System.IO.Hashing"],
            Dependencies("Lamina.Format").Select(static dependency => dependency.Id));
    }

    [Fact]
    public void Pack_Hosting_HasTheLibraryAloneAndNamesWhatItUses()
    {
        Assert.Equal(
            [
                "LICENSE", "Lamina.Hosting.nuspec", "README.md", "icon.png", "lib/net10.0/Lamina.Hosting.dll",
                "lib/net10.0/Lamina.Hosting.xml", .. Ahead("Lamina.Hosting"),
            ],
            Files("Lamina.Hosting"));
        Assert.Equal(
            [
                "Lamina",
                "Microsoft.Extensions.Configuration.Binder",
                "Microsoft.Extensions.Diagnostics.Abstractions",
                "Microsoft.Extensions.Diagnostics.HealthChecks",
                "Microsoft.Extensions.Hosting.Abstractions",
                "Microsoft.Extensions.Logging.Abstractions",
                "Microsoft.Extensions.Options.ConfigurationExtensions",
            ],
            Dependencies("Lamina.Hosting").Select(static dependency => dependency.Id));
    }

    [Theory]
    [InlineData("Lamina", "lib/net10.0/Lamina.Runtime.pdb")]
    [InlineData("Lamina.Hosting", "lib/net10.0/Lamina.Hosting.pdb")]
    [InlineData("Lamina.Format", "lib/net10.0/Lamina.Format.pdb")]
    public void Pack_Symbols_BringTheSources(string package, string symbols)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(feed.Feed, $"{package}.{feed.Version}.snupkg"));
        using Stream stream = archive.GetEntry(symbols)!.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        copy.Position = 0;
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(copy);
        MetadataReader reader = provider.GetMetadataReader();

        Assert.NotEmpty(reader.Documents);
        Assert.All(reader.Documents, document => Assert.Contains(
            reader.GetCustomDebugInformation(document).Select(reader.GetCustomDebugInformation),
            information => reader.GetGuid(information.Kind) == EmbeddedSource));
    }

    [Fact]
    public async Task Pack_Again_MakesTheSameBytes()
    {
        string again = feed.Under("again");

        await feed.PackAsync(again);

        string[] names = [.. Directory.EnumerateFiles(feed.Feed).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(8, names.Length);
        Assert.All(names, name => Assert.Equal(File.ReadAllBytes(Path.Combine(feed.Feed, name)), File.ReadAllBytes(Path.Combine(again, name))));
    }

    [Fact]
    public async Task Install_Command_ConvertsAndVerifies()
    {
        Consumer folder = feed.NewConsumer().Write("dimensions.json", Consumer.Source());
        string tools = folder.Path("tools");
        (await folder.DotnetAsync("tool", "install", "Lamina.Cli", "--version", feed.Version, "--tool-path", tools)).Succeeded();

        (await folder.RunAsync(Path.Combine(tools, "lamina"), "convert", "dimensions.json", "-o", "data")).Succeeded();
        (await folder.RunAsync(Path.Combine(tools, "lamina"), "verify", "data")).Succeeded();
        DotnetResult content = (await folder.RunAsync(Path.Combine(tools, "lamina"), "get", "data", "D01:L1")).Succeeded();

        Assert.Equal("Love that goes on looking.", content.Output.TrimEnd('\n'));
    }

    /// <summary>A library compiled for each system.</summary>
    private static IEnumerable<string> Ahead(string library) =>
        CompiledCode.Systems.Select(system => $"runtimes/{system}/lib/net10.0/{library}.dll");

    /// <summary>The files of a package, but what every package of the kind has.</summary>
    private string[] Files(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(feed.Feed, $"{package}.{feed.Version}.nupkg"));
        return
        [
            .. archive.Entries.Select(static entry => entry.FullName)
                .Where(static name => name != "[Content_Types].xml" && !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private List<(string Id, string Version)> Dependencies(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(feed.Feed, $"{package}.{feed.Version}.nupkg"));
        using Stream stream = archive.GetEntry(package + ".nuspec")!.Open();
        return
        [
            .. XDocument.Load(stream).Descendants().Where(static element => element.Name.LocalName == "dependency")
                .Select(static element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value)),
        ];
    }
}
