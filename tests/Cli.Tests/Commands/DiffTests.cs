using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Commands;

public sealed class DiffTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    private static string Edited => Workspace.Sample
        .Replace("everything felt", "everything seen", StringComparison.Ordinal)
        .Replace("\"joyful\"", "\"joyful\", \"glad\"", StringComparison.Ordinal)
        .Replace("\"layer_num\": 9", "\"layer_num\": 8", StringComparison.Ordinal)
        .Replace("\"name\": \"Cognition\"", "\"name\": \"Thought\"", StringComparison.Ordinal);

    [Fact]
    public async Task Diff_SameContentPackedInTwoWays_EndsWith0()
    {
        string first = await _workspace.ConvertAsync(name: "first");
        string second = await _workspace.ConvertAsync(Workspace.Sample, "second", "--codec", "none", "--block-size", "1K");

        CliRun run = await CliRun.OfAsync("diff", first, second);

        Assert.Equal((0, "The data sets are the same.\n", string.Empty), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public async Task Diff_Changes_AreListedAndEndWith1()
    {
        string first = await _workspace.ConvertAsync(name: "first");
        string second = await _workspace.ConvertAsync(Edited, "second");

        CliRun run = await CliRun.OfAsync("diff", first, second);

        Assert.Equal((1, string.Empty), (run.Code, run.Error));
        Assert.Equal(
            [
                "~ D01:L0\tRoot\tcontent",
                "~ D01:L4\tTwin\tkeywords",
                "+ D01:L8\tTwin",
                "- D01:L9\tTwin",
                "~ D02\tThought\tname",
                "Layers: 1 added, 1 removed, 2 changed. Dimensions: 0 added, 0 removed, 1 changed.",
            ],
            run.OutputLines);
    }

    [Fact]
    public async Task Diff_Json_HasTheseProperties()
    {
        string first = await _workspace.ConvertAsync(name: "first");
        string second = await _workspace.ConvertAsync(Edited, "second");

        CliRun changed = await CliRun.OfAsync("diff", first, second, "--json");
        CliRun same = await CliRun.OfAsync("diff", first, first, "--json");

        Assert.Equal((1, 0), (changed.Code, same.Code));
        Assert.Equal(
            """
            differences
            differences[].kind
            differences[].id
            differences[].name
            differences[].aspects
            layers
            layers.added
            layers.removed
            layers.changed
            dimensions
            dimensions.added
            dimensions.removed
            dimensions.changed
            same
            """.ReplaceLineEndings("\n"),
            CliRun.ShapeOf(changed.Json));
        Assert.Equal("changed", changed.Json.GetProperty("differences")[0].GetProperty("kind").GetString());
        Assert.Equal("content", changed.Json.GetProperty("differences")[0].GetProperty("aspects")[0].GetString());
        Assert.False(changed.Json.GetProperty("same").GetBoolean());
        Assert.True(same.Json.GetProperty("same").GetBoolean());
    }

    [Fact]
    public async Task Diff_NothingAtOneOfThePaths_IsAWrongCall()
    {
        string folder = await _workspace.ConvertAsync();

        Assert.Equal(2, (await CliRun.OfAsync("diff", folder, _workspace.Path("nothing"))).Code);
        Assert.Equal(2, (await CliRun.OfAsync("diff", _workspace.Path("nothing"), folder)).Code);
    }

    [Fact]
    public async Task Diff_DamagedDataSet_IsBadData()
    {
        string first = await _workspace.ConvertAsync(name: "first");
        string second = await _workspace.ConvertAsync(Edited, "second");
        Workspace.Damage(Workspace.RegionOf(second, "D01"), 576);

        CliRun run = await CliRun.OfAsync("diff", first, second);

        Assert.Equal(1, run.Code);
        Assert.StartsWith("lamina: error: ", run.Error, StringComparison.Ordinal);
    }
}
