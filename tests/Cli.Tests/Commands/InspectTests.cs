using System.Text.Json;
using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Commands;

public sealed class InspectTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Inspect_DataSet_HasARowForEachDimensionAndASum()
    {
        string folder = await _workspace.ConvertAsync();

        CliRun run = await CliRun.OfAsync("inspect", folder);

        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Matches("^Dimension +Name +Layers +Keywords +Content +File +Ratio +Blocks$", run.OutputLines[0]);
        Assert.Matches("^D01 +Emotion +4 +3 +35 B +[0-9.]+ KiB +[0-9.]+:1 +1 stored$", run.OutputLines[1]);
        Assert.Matches("^D02 +Cognition +1 +1 +0 B +[0-9]+ B +1.00:1$", run.OutputLines[2]);
        Assert.StartsWith($"{folder}: 2 dimensions, 5 layers, 35 B of content in ", run.OutputLines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_Region_SaysItsFacts()
    {
        string folder = await _workspace.ConvertAsync();

        CliRun run = await CliRun.OfAsync("inspect", Workspace.RegionOf(folder, "D01"));

        Assert.Equal(0, run.Code);
        Assert.Contains("dimension    D01 Emotion", run.OutputLines);
        Assert.Contains("reserved     20.0 MiB", run.OutputLines);
        Assert.Contains("frequency    0.5 to 2.5 Hz", run.OutputLines);
        Assert.Contains("layers       4 (L0 to L9 with gaps), 4 named, 0 empty, depth up to 2", run.OutputLines);
        Assert.Contains("keywords     3 different, 3 uses", run.OutputLines);
        Assert.Contains("alignment    1 B", run.OutputLines);
        Assert.Matches("fingerprint  [0-9a-f]{32}", run.Output);
        Assert.Matches("\ncontent +576 +35 +35 B\n", run.Output);
        Assert.Matches("\nD01:L0 +15  Root\n", run.Output);
    }

    [Fact]
    public async Task Inspect_Simulated_SaysSo()
    {
        const string Source = """{"dimensions": [{"id": 1}], "layers": [{"dimension_id": 1, "layer_num": 0}]}""";
        string folder = await _workspace.ConvertAsync(Source, "data", "--simulate");

        Assert.Contains("(1 layers simulated)", (await CliRun.OfAsync("inspect", folder)).Output, StringComparison.Ordinal);
        CliRun json = await CliRun.OfAsync("inspect", folder, "--json");
        Assert.Equal(1, json.Json.GetProperty("simulated_layers").GetInt64());
    }

    [Fact]
    public async Task Inspect_Json_HasTheseProperties()
    {
        JsonElement json = (await CliRun.OfAsync("inspect", await _workspace.ConvertAsync(), "--json")).Json;

        Assert.Equal(
            """
            path
            layers
            content_bytes
            stored_bytes
            file_bytes
            simulated_layers
            regions
            regions[].path
            regions[].dimension
            regions[].name
            regions[].version
            regions[].digest
            regions[].fingerprint
            regions[].file_bytes
            regions[].content_bytes
            regions[].stored_bytes
            regions[].ratio
            regions[].size_bytes
            regions[].frequency_min
            regions[].frequency_max
            regions[].block_size
            regions[].alignment
            regions[].layers
            regions[].first_number
            regions[].last_number
            regions[].dense
            regions[].named_layers
            regions[].simulated_layers
            regions[].empty_layers
            regions[].max_depth
            regions[].keywords
            regions[].keyword_uses
            regions[].blocks
            regions[].blocks[].codec
            regions[].blocks[].count
            regions[].blocks[].stored_bytes
            regions[].blocks[].decoded_bytes
            regions[].sections
            regions[].sections[].kind
            regions[].sections[].name
            regions[].sections[].offset
            regions[].sections[].bytes
            regions[].largest_layers
            regions[].largest_layers[].id
            regions[].largest_layers[].name
            regions[].largest_layers[].bytes
            regions[].smallest_layers
            regions[].smallest_layers[].id
            regions[].smallest_layers[].name
            regions[].smallest_layers[].bytes
            """.ReplaceLineEndings("\n"),
            CliRun.ShapeOf(json));
        JsonElement first = json.GetProperty("regions")[0];
        Assert.Equal(20971520, first.GetProperty("size_bytes").GetInt64());
        Assert.Equal(0.5, first.GetProperty("frequency_min").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("regions")[1].GetProperty("size_bytes").ValueKind);
    }

    [Fact]
    public async Task Inspect_NameThatSteersATerminal_IsShownHarmless()
    {
        const string Source = """
            {"dimensions": [{"id": 1, "name": "a\u001b[2Jb\u202ec\u0007"}], "layers": [{"dimension_id": 1, "layer_num": 0, "content": ""}]}
            """;
        string folder = await _workspace.ConvertAsync(Source);

        CliRun run = await CliRun.OfAsync("inspect", folder);

        Assert.Contains("a\\u001b[2Jb\\u202ec\\u0007", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u202e', run.Output);
    }

    [Fact]
    public async Task Inspect_OnATerminal_HasColoursUnlessTheyAreOff()
    {
        string folder = await _workspace.ConvertAsync();

        CliRun color = await CliRun.OfAsync(["verify", folder], [], isTerminal: true);
        CliRun plain = await CliRun.OfAsync(["verify", folder], [], isTerminal: true, useColor: false);
        CliRun piped = await CliRun.OfAsync("verify", folder);

        Assert.Contains("\u001b[32mwhole", color.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[32m", plain.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', piped.Output);
    }
}
