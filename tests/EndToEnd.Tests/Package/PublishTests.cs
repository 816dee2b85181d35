using System.Runtime.InteropServices;

namespace Lamina.EndToEnd.Tests.Package;

/// <summary>Programs without the code that they do not use, and without the runtime's compiler.</summary>
[Collection(PackageGroup.Name)]
public sealed class PublishTests(PackageFeed feed)
{
    /// <summary>An upper bound: systems and patches of the runtime differ.</summary>
    private const double MaxTrimmedMegabytes = 20;

    private const double MaxNativeMegabytes = 5;

    private const string Expected = "D01:L0 Room for more of it.\nD01:L299\n";

    private static readonly string[] ForThisSystem =
        ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-p:TrimmerSingleWarn=false"];

    [Fact]
    public async Task Publish_TrimmedToOneFile_RunsWithoutAWarningAndStaysSmall()
    {
        Consumer app = WithManyLayers("<PublishTrimmed>true</PublishTrimmed><PublishSingleFile>true</PublishSingleFile>");

        (await app.PublishAsync("App.csproj", ForThisSystem)).Succeeded();

        Assert.Equal(Expected, (await app.RunAsync(app.Path("out", "App"))).Succeeded().Output);
        AssertSmall(app, MaxTrimmedMegabytes);
    }

    [Fact]
    public async Task Publish_TrimmedHost_BindsItsOptionsAndRunsWithoutAWarning()
    {
        Consumer app = feed.NewConsumer();
        app.Write("dimensions.json", Consumer.Source())
            .Write("App.csproj", app.Project(
                $"""
                <PackageReference Include="Lamina.Hosting" Version="{feed.Version}" />
                <PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.10" />
                <LaminaDataSet Include="dimensions.json" />
                """,
                "<OutputType>Exe</OutputType><PublishTrimmed>true</PublishTrimmed>"))
            .Write("Program.cs", """
                using App;
                using Lamina;
                using Microsoft.Extensions.Configuration;
                using Microsoft.Extensions.DependencyInjection;
                using Microsoft.Extensions.Diagnostics.HealthChecks;
                using Microsoft.Extensions.Hosting;

                HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
                builder.Configuration.AddInMemoryCollection(
                    [new("Lamina:Folder", "dimensions"), new("Lamina:LoadMode", "Eager"), new("Lamina:PoolBlockSizes:0", "8192")]);
                builder.Services.AddLamina(builder.Configuration.GetSection("Lamina"));
                builder.Services.AddHealthChecks().AddLamina();
                using IHost host = builder.Build();
                await host.StartAsync();
                MmapManager manager = host.Services.GetRequiredService<MmapManager>();
                HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
                Console.WriteLine($"{manager.ReadText(Emotion.Layers.Joy)} {manager.GetStats().EagerBytes > 0} {manager.GetStats().Pool[0].BlockSize} {report.Status}");
                """);

        (await app.PublishAsync("App.csproj", ForThisSystem)).Succeeded();

        Assert.Equal("Room for more of it. True 8192 Healthy\n", (await app.RunAsync(app.Path("out", "App"))).Succeeded().Output);
    }

    [NativeFact, Trait("Category", "Slow")]
    public async Task Publish_Native_RunsWithoutAWarningAndStaysSmall()
    {
        Consumer app = WithManyLayers("<PublishAot>true</PublishAot>");

        (await app.PublishAsync("App.csproj", ForThisSystem)).Succeeded();

        Assert.Equal(Expected, (await app.RunAsync(app.Path("out", "App"))).Succeeded().Output);
        Assert.False(File.Exists(app.Path("out", "Lamina.Runtime.dll")));
        AssertSmall(app, MaxNativeMegabytes);
    }

    [NativeFact, Trait("Category", "Slow")]
    public async Task Publish_CommandNative_ConvertsAndVerifiesWithoutAWarning()
    {
        Consumer app = feed.NewConsumer();
        app.Write("dimensions.json", Consumer.Source());

        // Into a folder of its own: the repository's is what the other tests were built in.
        (await PackageFeed.RunInRepositoryAsync([
            "publish", "src/Cli/Lamina.Cli.csproj", "-c", "Release", .. ForThisSystem, "-p:PublishAot=true", "-warnaserror",
            "--artifacts-path", app.Path("artifacts"), "-o", app.Path("out")])).Succeeded();

        string command = app.Path("out", "lamina");
        (await app.RunAsync(command, "convert", app.Path("dimensions.json"), "-o", app.Path("data"))).Succeeded();
        (await app.RunAsync(command, "verify", app.Path("data"))).Succeeded();
        Assert.False(File.Exists(app.Path("out", "lamina.dll")));
    }

    /// <summary>
    /// The program, with a dimension whose members are fields of a structure: trimming may take none of them away.
    /// </summary>
    private Consumer WithManyLayers(string properties)
    {
        IEnumerable<string> layers = Enumerable.Range(0, 300).Select(static i => $$"""{ "dimension_id": 1, "layer_num": {{i}} }""");
        Consumer app = feed.NewConsumer().WithApp(properties);
        return app
            .Write("App.csproj", app.Project(
                """
                <LaminaDataSet Include="dimensions.json" />
                <LaminaDataSet Include="many.json" Namespace="Many" Convert="false" />
                """,
                "<OutputType>Exe</OutputType>" + properties))
            .Write("many.json", $$"""{ "dimensions": [ { "id": 1, "name": "Word" } ], "layers": [ {{string.Join(", ", layers)}} ] }""")
            .Write("Program.cs", Consumer.Program + "\nConsole.WriteLine(Many.Word.Layers.L299);\n");
    }

    private static void AssertSmall(Consumer app, double maxMegabytes)
    {
        string program = app.Path("out", OperatingSystem.IsWindows() ? "App.exe" : "App");
        Assert.InRange(new FileInfo(program).Length / 1e6, 0.5, maxMegabytes);
    }
}
