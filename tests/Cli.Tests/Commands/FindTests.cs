using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Commands;

public sealed class FindTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Find_Word_ListsTheLayersOfAllDimensions()
    {
        CliRun run = await CliRun.OfAsync("find", await _workspace.ConvertAsync(), "joy");

        Assert.Equal((0, "D01:L3\tJoy\tjoy\nD02:L0\t\tjoy\n", string.Empty), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public async Task Find_Prefix_ListsLongerKeywordsToo()
    {
        CliRun run = await CliRun.OfAsync("find", await _workspace.ConvertAsync(), "jo", "--prefix");

        Assert.Equal((0, "D01:L3\tJoy\tjoy\nD01:L4\tTwin\tjoyful\nD02:L0\t\tjoy\n"), (run.Code, run.Output));
    }

    [Fact]
    public async Task Find_NoLayer_IsDoneAndSaidOnStandardError()
    {
        string folder = await _workspace.ConvertAsync();

        CliRun word = await CliRun.OfAsync("find", folder, "jo");
        CliRun prefix = await CliRun.OfAsync("find", folder, "x", "-p");

        Assert.Equal((0, string.Empty, "No layer has the keyword 'jo'. Use --prefix to find longer ones.\n"), (word.Code, word.Output, word.Error));
        Assert.Equal((0, string.Empty, "No layer has a keyword that begins with 'x'.\n"), (prefix.Code, prefix.Output, prefix.Error));
    }

    [Fact]
    public async Task Find_Json_HasTheseProperties()
    {
        CliRun run = await CliRun.OfAsync("find", await _workspace.ConvertAsync(), "joy", "--json");

        Assert.Equal(
            "word\nprefix\nlayers\nlayers[].id\nlayers[].dimension\nlayers[].name\nlayers[].bytes\nlayers[].keywords", CliRun.ShapeOf(run.Json));
        Assert.Equal("D01:L3", run.Json.GetProperty("layers")[0].GetProperty("id").GetString());
        Assert.Equal("Emotion", run.Json.GetProperty("layers")[0].GetProperty("dimension").GetString());
        Assert.Equal("joy", run.Json.GetProperty("layers")[0].GetProperty("keywords")[0].GetString());
    }

    [Fact]
    public async Task Find_WordThatLooksLikeAnOptionOrAResponseFile_IsAWord()
    {
        string folder = await _workspace.ConvertAsync();

        CliRun at = await CliRun.OfAsync("find", folder, "@joy");
        CliRun dash = await CliRun.OfAsync("find", folder, "--", "-joy");

        Assert.Equal("No layer has the keyword '@joy'. Use --prefix to find longer ones.\n", at.Error);
        Assert.Equal("No layer has the keyword '-joy'. Use --prefix to find longer ones.\n", dash.Error);
    }

    [Fact]
    public async Task Find_DamagedDescriptionsOfALaterRegion_LeavesNoHalfOfAJson()
    {
        string folder = await _workspace.ConvertAsync();
        string damaged = Workspace.RegionOf(folder, "D02");
        Workspace.Damage(damaged, (int)new FileInfo(damaged).Length - 1);

        CliRun run = await CliRun.OfAsync("find", folder, "joy", "--json");

        Assert.Equal((1, string.Empty), (run.Code, run.Output));
        Assert.Contains(damaged, run.Error, StringComparison.Ordinal);
    }
}
