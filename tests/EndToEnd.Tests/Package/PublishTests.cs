using System.Runtime.InteropServices;

namespace Lamina.EndToEnd.Tests.Package;

/// <summary>Programs without the code that they do not use, and without the runtime's compiler.</summary>
[Collection(PackageGroup.Name)]
public sealed class PublishTests(PackageFeed feed)
{
    private static readonly string[] ForThisSystem =
        ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "-p:TrimmerSingleWarn=false"];

    [Fact]
    public async Task Publish_Trimmed_RunsWithoutAWarning()
    {
        Consumer app = feed.NewConsumer().WithApp("<PublishTrimmed>true</PublishTrimmed>");

        (await app.PublishAsync("App.csproj", ForThisSystem)).Succeeded();

        Assert.Equal("D01:L0 Room for more of it.\n", (await app.RunAsync(app.Path("out", "App"))).Succeeded().Output);
    }

    [NativeFact, Trait("Category", "Slow")]
    public async Task Publish_Native_RunsWithoutAWarning()
    {
        Consumer app = feed.NewConsumer().WithApp("<PublishAot>true</PublishAot>");

        (await app.PublishAsync("App.csproj", ForThisSystem)).Succeeded();

        Assert.Equal("D01:L0 Room for more of it.\n", (await app.RunAsync(app.Path("out", "App"))).Succeeded().Output);
        Assert.False(File.Exists(app.Path("out", "Lamina.Runtime.dll")));
    }
}
