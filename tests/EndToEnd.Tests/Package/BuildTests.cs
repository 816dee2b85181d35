using System.Globalization;
using System.Text.Json;

namespace Lamina.EndToEnd.Tests.Package;

/// <summary>What a build makes of a project that has the package and nothing else.</summary>
[Collection(PackageGroup.Name)]
public sealed class BuildTests(PackageFeed feed)
{
    [Fact]
    public async Task Build_AfterAChangeOfAContent_ConvertsItAndKeepsTheAssembly()
    {
        // The accessors' documentation shows how a content begins, so the change is far from there.
        string beginning = new('j', 1000);
        Consumer app = feed.NewConsumer().WithApp().Write("dimensions.json", Consumer.Source(beginning + "."));
        (await app.BuildAsync()).Succeeded();
        Assert.Equal($"D01:L0 {beginning}.\n", await app.RunBuiltAsync());
        byte[] assembly = File.ReadAllBytes(app.Path("bin", "Release", "net10.0", "App.dll"));
        string stamp = app.Path("obj", "Release", "net10.0", "lamina", "dimensions", ".stamp");
        DateTime converted = File.GetLastWriteTimeUtc(stamp);

        // Nothing changed: nothing is converted.
        (await app.BuildAsync("App.csproj", "--no-restore")).Succeeded();
        Assert.Equal(converted, File.GetLastWriteTimeUtc(stamp));

        app.Write("dimensions.json", Consumer.Source(beginning + "!"));
        (await app.BuildAsync("App.csproj", "--no-restore")).Succeeded();

        Assert.Equal($"D01:L0 {beginning}!\n", await app.RunBuiltAsync());
        Assert.Equal(assembly, File.ReadAllBytes(app.Path("bin", "Release", "net10.0", "App.dll")));
        Assert.Collection(
            app.Files("bin", "Release", "net10.0", "dimensions"),
            static name => Assert.StartsWith("D01-", name, StringComparison.Ordinal),
            static name => Assert.Equal("manifest.json", name));
    }

    [Fact]
    public async Task Build_TwoDataSets_MakesBothAndCleanRemovesThem()
    {
        Consumer app = feed.NewConsumer().WithApp();
        app.Write("App.csproj", app.Project("""
                <LaminaDataSet Include="dimensions.json" Codec="none" />
                <LaminaDataSet Include="more/dimensions.json" Folder="more" Namespace="App.More" Accessibility="internal" />
                """))
            .Write("more/dimensions.json", Consumer.Source().Replace("Emotion", "Mood", StringComparison.Ordinal))
            .Write("Program.cs", """
                using Lamina;

                using MmapManager one = MmapManager.Open(Path.Combine(AppContext.BaseDirectory, "dimensions"));
                using MmapManager two = MmapManager.Open(Path.Combine(AppContext.BaseDirectory, "more"));
                Console.Write(one.ReadText(App.Emotion.Layers.Joy) + two.ReadText(App.More.Mood.Layers.Grief));
                Console.WriteLine(typeof(App.More.Mood).IsPublic);
                """);

        (await app.BuildAsync()).Succeeded();

        Assert.Equal(
            "Room for more of it.Love that goes on looking.False\n",
            await app.RunBuiltAsync());

        (await app.DotnetAsync("clean", app.Path("App.csproj"), "-c", "Release")).Succeeded();

        Assert.Empty(Directory.EnumerateFiles(app.Path("bin"), "*.lamina", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(app.Path("obj"), "*.lamina", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Build_TwoDataSetsInOneFolder_IsRefused()
    {
        Consumer app = feed.NewConsumer();
        app.Write("App.csproj", app.Project("""
                <LaminaDataSet Include="dimensions.json" />
                <LaminaDataSet Include="more/dimensions.json" Namespace="App.More" />
                """))
            .Write("dimensions.json", Consumer.Source())
            .Write("more/dimensions.json", Consumer.Source())
            .Write("Program.cs", "System.Console.WriteLine();");

        DotnetResult result = await app.BuildAsync();

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(
            "error LAM901: Two data sets have the same folder (dimensions.json in dimensions, more/dimensions.json in dimensions)",
            result.Output.Replace('\\', '/'),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"layer_num\": 1", "\"layer_num\": 0", "0,", "error LAM013: ")] // the compiler finds it
    [InlineData("\"content\": \"Love", "\"content_base64\": \"Love", "\"Love", "error LAM020: ")] // the conversion finds it
    public async Task Build_ErrorInTheSource_FailsAtItsPlace(string right, string wrong, string place, string error)
    {
        Consumer app = feed.NewConsumer().WithApp();
        string source = Consumer.Source().ReplaceLineEndings("\n").Replace(right, wrong, StringComparison.Ordinal);
        app.Write("dimensions.json", source);
        string before = source[..source.LastIndexOf(place, StringComparison.Ordinal)];
        (int line, int column) = (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
        string at = string.Create(CultureInfo.InvariantCulture, $"dimensions.json({line},{column}): ");

        DotnetResult result = await app.BuildAsync();

        // The program uses the accessors, and is right: nothing is said of it.
        Assert.NotEqual(0, result.ExitCode);
        string[] errors = [.. result.Lines.Where(static line => line.Contains(": error ", StringComparison.Ordinal))];
        Assert.Contains(at + error, errors[0], StringComparison.Ordinal);
        Assert.All(errors[1..], static line => Assert.Contains(": error LAM902: ", line, StringComparison.Ordinal));
        Assert.False(Directory.Exists(app.Path("bin", "Release", "net10.0", "dimensions")));
    }

    [Fact]
    public async Task Build_ErrorInTheSource_LinksToItsPageInThePackage()
    {
        Consumer app = feed.NewConsumer().WithApp("<ErrorLog>build.sarif,version=2.1</ErrorLog>")
            .Write("dimensions.json", Consumer.Source()[1..]);

        DotnetResult result = await app.BuildAsync();

        using JsonDocument log = JsonDocument.Parse(await File.ReadAllTextAsync(app.Path("build.sarif")));
        JsonElement rule = Assert.Single(
            log.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(),
            static rule => rule.GetProperty("id").GetString() == "LAM001");
        string link = rule.GetProperty("helpUri").GetString()!;
        Assert.Contains($"({link})", result.Output, StringComparison.Ordinal);
        Uri address = new(link);
        Assert.Equal(
            Path.Combine(feed.PackagesFolder, "lamina", feed.Version, "docs", "diagnostics", "LAM001.md"), address.LocalPath);
        Assert.StartsWith("# LAM001: ", await File.ReadAllTextAsync(address.LocalPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_HelpLinkBaseOfTheProject_GoesBefore()
    {
        Consumer app = feed.NewConsumer().WithApp("<LaminaHelpLinkBase>https://docs.example/lamina</LaminaHelpLinkBase>")
            .Write("Reader.cs", """
                internal static class Reader
                {
                    public static int Read(Lamina.MmapManager manager, Lamina.LayerId id) => manager.Acquire(id).Length;
                }
                """);

        DotnetResult result = await app.BuildAsync();

        Assert.Contains("LAM104", result.Output, StringComparison.Ordinal);
        Assert.Contains("(https://docs.example/lamina/LAM104.md)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_WarningOfTheSourceSwitchedOff_IsNotSaid()
    {
        Consumer app = feed.NewConsumer().WithApp("<NoWarn>$(NoWarn);LAM024</NoWarn>")
            .Write("dimensions.json", Consumer.Source().Replace("[\"joy\"]", "[\"joy\", \"joy\"]", StringComparison.Ordinal));

        DotnetResult result = (await app.BuildAsync()).Succeeded();

        Assert.DoesNotContain("LAM024", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_WarningOfTheSource_IsSaidOnce()
    {
        const string warning = "warning LAM022: ";
        Consumer app = feed.NewConsumer().WithApp();
        app.Write("dimensions.json", Consumer.Source().Replace(
                "\"name\": \"Emotion\"", "\"name\": \"Emotion\", \"frequency_max\": 1", StringComparison.Ordinal)
            .Replace("\"keywords\"", "\"frequency\": 2, \"keywords\"", StringComparison.Ordinal));

        DotnetResult lenient = await app.DotnetAsync("build", app.Path("App.csproj"), "-c", "Release");
        app.Write("App.csproj", app.Project("""<LaminaDataSet Include="dimensions.json" Strict="true" />"""));
        DotnetResult strict = await app.DotnetAsync("build", app.Path("App.csproj"), "-c", "Release");

        Assert.Equal(0, lenient.ExitCode);
        string line = Assert.Single(lenient.Lines, static line => line.Contains(warning, StringComparison.Ordinal));
        Assert.Contains("dimensions.json(4,", line, StringComparison.Ordinal);
        Assert.Equal("D01:L0 Room for more of it.\n", await app.RunBuiltAsync());
        Assert.NotEqual(0, strict.ExitCode);
        string error = Assert.Single(strict.Lines, static line => line.Contains(" LAM", StringComparison.Ordinal));
        Assert.Contains("error LAM022: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_FSharp_ConvertsWarnsAndReads()
    {
        // The core library that the SDK brings: no feed has to have it.
        const string core = """
            <OutputType>Exe</OutputType><DisableImplicitFSharpCoreReference>true</DisableImplicitFSharpCoreReference>
            """;
        Consumer app = feed.NewConsumer();
        app.Write("App.fsproj", app.Project("""
                <LaminaDataSet Include="dimensions.json" />
                <Reference Include="$(MSBuildToolsPath)/FSharp/FSharp.Core.dll" />
                <Compile Include="Program.fs" />
                """, core))
            .Write("dimensions.json", Consumer.Source().Replace("[\"joy\"]", "[\"joy\", \"joy\"]", StringComparison.Ordinal))
            .Write("Program.fs", """
                open System
                open System.IO
                open Lamina

                [<EntryPoint>]
                let main _ =
                    use manager = MmapManager.Open(Path.Combine(AppContext.BaseDirectory, "dimensions"))
                    Console.WriteLine(manager.ReadText(LayerId(1us, 0u)))
                    0
                """);

        DotnetResult result = (await app.DotnetAsync("build", app.Path("App.fsproj"), "-c", "Release")).Succeeded();

        // No generator runs, so that the conversion says what is to be said.
        Assert.Single(result.Lines, static line => line.Contains("warning LAM024: ", StringComparison.Ordinal));
        Assert.Equal("Room for more of it.\n", await app.RunBuiltAsync());
    }

    [Fact]
    public async Task Build_EveryRuleOfTheAnalyzers_FindsNothingInWhatIsGenerated()
    {
        const string everything = """
            <OutputType>Library</OutputType><AnalysisMode>All</AnalysisMode><AnalysisLevel>latest</AnalysisLevel>
            <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><GenerateDocumentationFile>true</GenerateDocumentationFile>
            """;
        Consumer library = feed.NewConsumer();
        library.Write("App.csproj", library.Project("""<LaminaDataSet Include="dimensions.json" Members="all" />""", everything))
            .Write("dimensions.json", Consumer.Source())
            .Write("Assembly.cs", "[assembly: System.CLSCompliant(false)]");

        DotnetResult result = (await library.BuildAsync()).Succeeded();

        Assert.Contains("0 Warning(s)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_SpanUsedAfterItsLease_IsWarnedOf()
    {
        Consumer app = feed.NewConsumer().WithApp().Write("Reader.cs", """
            using Lamina;

            internal static class Reader
            {
                public static byte Read(MmapManager manager, LayerId id)
                {
                    LayerLease lease = manager.Acquire(id);
                    ReadOnlySpan<byte> content = lease.Span;
                    lease.Dispose();
                    return content[0];
                }
            }
            """);

        DotnetResult result = await app.BuildAsync();

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Reader.cs(10,16): error LAM103: ", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_AppThatRefersToALibraryWithADataSet_BringsItAlong()
    {
        Consumer app = feed.NewConsumer();
        const string library = "<OutputType>Library</OutputType>";
        app.Write("Words/Words.csproj", app.Project("""<LaminaDataSet Include="words.json" />""", library))
            .Write("Words/words.json", Consumer.Source())
            .Write("Words/Words.cs", """
                using Lamina;

                namespace Words;

                public static class Reader
                {
                    public static MmapManager Open() => MmapManager.Open(Path.Combine(AppContext.BaseDirectory, "words"));
                }
                """)
            .Write("App/App.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
                  <ItemGroup><ProjectReference Include="../Words/Words.csproj" /></ItemGroup>
                </Project>
                """)
            .Write("App/Program.cs", """
                using Lamina;
                using Words;

                using MmapManager manager = Reader.Open();
                Console.WriteLine(manager.ReadText(Emotion.Layers.Joy));
                """);

        (await app.PublishAsync("App/App.csproj")).Succeeded();

        Assert.Equal("Room for more of it.\n", (await app.DotnetAsync(app.Path("out", "App.dll"))).Succeeded().Output);
        Assert.Equal("Room for more of it.\n", await app.RunBuiltAsync("App"));

        // A new generation takes the place of the old one wherever it was copied to.
        app.Write("Words/words.json", Consumer.Source("More of it."));
        (await app.PublishAsync("App/App.csproj", "--no-restore")).Succeeded();

        Assert.Equal("More of it.\n", (await app.DotnetAsync(app.Path("out", "App.dll"))).Succeeded().Output);
        Assert.Equal(2, app.Files("App", "bin", "Release", "net10.0", "words").Length);
        Assert.Equal(2, app.Files("out", "words").Length);
    }
}
