using System.Text;
using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Commands;

public sealed class InspectHtmlTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Inspect_HtmlOfAWholeDataSet_WritesThePageAndSaysSo()
    {
        string folder = await _workspace.ConvertAsync();
        string page = _workspace.Path("page.html");

        CliRun run = await CliRun.OfAsync("inspect", folder, "--html", page);

        Assert.Equal((0, $"{page}: 3 files checked, 0 damaged.\n", string.Empty), (run.Code, run.Output, run.Error));
        string text = await File.ReadAllTextAsync(page);
        Assert.StartsWith("<!DOCTYPE html>", text, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", text, StringComparison.Ordinal);
        Assert.Contains("Emotion", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_HtmlOfADamagedDataSet_WritesThePageAndEndsWithOne()
    {
        string folder = await _workspace.ConvertAsync();
        Workspace.Damage(Workspace.RegionOf(folder, "D01"), 600);
        string page = _workspace.Path("page.html");

        CliRun run = await CliRun.OfAsync("inspect", folder, "--html", page);

        Assert.Equal((1, $"{page}: 3 files checked, 1 damaged.\n"), (run.Code, run.Output));
        Assert.Contains("BlockChecksum", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_HtmlToStandardOutput_WritesThePageAlone()
    {
        string folder = await _workspace.ConvertAsync();

        CliRun run = await CliRun.OfAsync("inspect", folder, "--html", "-");
        CliRun file = await CliRun.OfAsync("inspect", folder, "--html", _workspace.Path("page.html"));

        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Equal(0, file.Code);
        Assert.Equal(await File.ReadAllTextAsync(_workspace.Path("page.html")), Encoding.UTF8.GetString(run.Bytes));
    }

    [Fact]
    public async Task Inspect_HtmlAndJson_IsAWrongCall()
    {
        string folder = await _workspace.ConvertAsync();
        string page = _workspace.Path("page.html");

        CliRun run = await CliRun.OfAsync("inspect", folder, "--html", page, "--json");

        Assert.Equal(2, run.Code);
        Assert.Contains("Leave one of them out.", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(page));
    }

    [Fact]
    public async Task Inspect_HtmlOfNothing_WritesNoPage()
    {
        string page = _workspace.Path("page.html");

        CliRun run = await CliRun.OfAsync("inspect", _workspace.Path("nothing"), "--html", page);

        Assert.Equal(2, run.Code);
        Assert.False(File.Exists(page));
    }
}
