using System.Text;
using System.Text.Json;
using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Commands;

public sealed class ConvertTests : IDisposable
{
    private const string OneLayer = """
        {"dimensions": [{"id": 1, "frequency_max": 1}], "layers": [{"dimension_id": 1, "layer_num": 0, "frequency": 9, "content": "x"}]}
        """;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Convert_File_MakesADataSetAndSumsItUp()
    {
        string source = _workspace.Write("dimensions.json", Workspace.Sample);

        CliRun run = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("data"));

        Assert.Equal(0, run.Code);
        Assert.Empty(run.Error);
        Assert.Equal($"2 dimensions, 5 layers in {_workspace.Path("data")}", run.OutputLines[0]);
        Assert.Matches("^  input    [0-9]+ B$", run.OutputLines[1]);
        Assert.Equal("  content  35 B", run.OutputLines[2]);
        Assert.Matches("^  blocks   [0-9]+ B \\([0-9.]+:1\\)$", run.OutputLines[3]);
        Assert.Matches("^  time     [0-9.]+ s \\([0-9.]+ [KM]?i?B/s\\)$", run.OutputLines[5]);
        Assert.Equal(0, (await CliRun.OfAsync("verify", _workspace.Path("data"))).Code);
    }

    [Fact]
    public async Task Convert_StandardInput_GivesTheSameFiles()
    {
        string fromFile = await _workspace.ConvertAsync();
        string fromInput = _workspace.Path("other");

        CliRun run = await CliRun.OfAsync(["convert", "-", "-o", fromInput, "--quiet"], Encoding.UTF8.GetBytes(Workspace.Sample));

        Assert.Equal((0, string.Empty, string.Empty), (run.Code, run.Output, run.Error));
        Assert.Equal(Workspace.Snapshot(fromFile), Workspace.Snapshot(fromInput));
    }

    [Fact]
    public async Task Convert_JsonLines_ByOptionOrByNameOfTheFile()
    {
        const string Lines = "{\"id\": 1}\n{\"dimension_id\": 1, \"layer_num\": 0, \"content\": \"x\"}\n";

        CliRun byOption = await CliRun.OfAsync(["convert", "-", "--jsonl", "-o", _workspace.Path("a")], Encoding.UTF8.GetBytes(Lines));
        CliRun byName = await CliRun.OfAsync("convert", _workspace.Write("x.jsonl", Lines), "-o", _workspace.Path("b"));
        CliRun neither = await CliRun.OfAsync(["convert", "-", "-o", _workspace.Path("c")], Encoding.UTF8.GetBytes(Lines));

        Assert.Equal(0, byOption.Code);
        Assert.Equal(0, byName.Code);
        Assert.Equal(Workspace.Snapshot(_workspace.Path("a")), Workspace.Snapshot(_workspace.Path("b")));
        Assert.Equal(1, neither.Code);
    }

    [Fact]
    public async Task Convert_BadInput_NamesEachErrorAsBuildToolsDoAndPublishesNothing()
    {
        string source = _workspace.Write("bad.json", """
            {"dimensions": [{"id": 1}],
             "layers": [{"dimension_id": 1, "layer_num": 0, "content": "x", "parent_layer": 7},
                        {"dimension_id": 2, "layer_num": 0, "content": "x"}]}
            """);

        CliRun run = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("data"));

        Assert.Equal(1, run.Code);
        Assert.Empty(run.Output);
        Assert.StartsWith($"{source}(2,81): error LAM014: ", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{source}(3,30): error LAM011: ", run.ErrorLines[1], StringComparison.Ordinal);
        Assert.Equal("2 errors; nothing was published.", run.ErrorLines[2]);
        Assert.False(File.Exists(_workspace.Path("data", "manifest.json")));
    }

    [Fact]
    public async Task Convert_BadInput_LeavesTheOldDataSetAsItWas()
    {
        string folder = await _workspace.ConvertAsync();
        SortedDictionary<string, string> before = Workspace.Snapshot(folder);

        CliRun run = await CliRun.OfAsync(["convert", "-", "-o", folder], "{"u8.ToArray());

        Assert.Equal(1, run.Code);
        Assert.StartsWith("stdin(1,", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, Workspace.Snapshot(folder));
    }

    [Fact]
    public async Task Convert_Warning_IsSaidAndFailsAStrictConversion()
    {
        string source = _workspace.Write("dimensions.json", OneLayer);

        CliRun run = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("data"), "--quiet");
        CliRun strict = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("strict"), "--strict");

        Assert.Equal((0, string.Empty), (run.Code, run.Output));
        Assert.Contains("): warning LAM022: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(1, strict.Code);
        Assert.Contains("): error LAM022: ", strict.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_workspace.Path("strict", "manifest.json")));
    }

    [Fact]
    public async Task Convert_NoWarn_SilencesTheCodesAlone()
    {
        string source = _workspace.Write("dimensions.json", OneLayer);

        CliRun silent = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("a"), "-q", "--no-warn", "LAM024;LAM022");
        CliRun other = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("b"), "-q", "--no-warn", "LAM024");
        CliRun strict = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("c"), "--no-warn", "LAM022", "--strict");
        CliRun wrong = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("d"), "--no-warn", "22");

        Assert.Equal((0, string.Empty), (silent.Code, silent.Error));
        Assert.Equal(0, other.Code);
        Assert.Contains("): warning LAM022: ", Assert.Single(other.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(1, strict.Code);
        Assert.Contains("): error LAM022: ", strict.Error, StringComparison.Ordinal);
        Assert.Equal(2, wrong.Code);
        Assert.Contains("not '22'", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_LayerWithoutContent_NeedsSimulate()
    {
        string source = _workspace.Write("d.json", """{"dimensions": [{"id": 1}], "layers": [{"dimension_id": 1, "layer_num": 0}]}""");

        CliRun without = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("data"));
        CliRun with = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("data"), "--simulate");

        Assert.Equal(1, without.Code);
        Assert.Contains("--simulate", without.Error, StringComparison.Ordinal);
        Assert.Equal(0, with.Code);
        Assert.Contains("1 dimension with simulated layers", with.Output, StringComparison.Ordinal);
        CliRun content = await CliRun.OfAsync("get", _workspace.Path("data"), "D01:L0");
        Assert.StartsWith("[simulated] D01:L0\n", content.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--codec none", "stored", 65536, 8)]
    [InlineData("--codec lz4 --level max --block-size 1M --alignment 64", "lz4", 1048576, 64)]
    [InlineData("--level high --block-size 4096 --jobs 3", "lz4", 4096, 1)]
    [InlineData("--codec none --alignment 1 --block-size 64KiB", "stored", 65536, 1)]
    public async Task Convert_Options_AreWhatTheFileSays(string options, string codec, int blockSize, int alignment)
    {
        string text = new('a', 3000);
        string source = $$"""{"dimensions": [{"id": 1}], "layers": [{"dimension_id": 1, "layer_num": 0, "content": "{{text}}"}]}""";
        string folder = await _workspace.ConvertAsync(source, "data", options.Split(' '));

        JsonElement region = (await CliRun.OfAsync("inspect", folder, "--json")).Json.GetProperty("regions")[0];

        Assert.Equal(codec, region.GetProperty("blocks")[0].GetProperty("codec").GetString());
        Assert.Equal(blockSize, region.GetProperty("block_size").GetInt32());
        Assert.Equal(alignment, region.GetProperty("alignment").GetInt32());
    }

    [Fact]
    public async Task Convert_Json_HasTheseProperties()
    {
        string source = _workspace.Write("dimensions.json", OneLayer);

        CliRun run = await CliRun.OfAsync("convert", source, "-o", _workspace.Path("data"), "--json");

        Assert.Equal(0, run.Code);
        Assert.Equal(
            """
            ok
            output
            layers
            input_bytes
            content_bytes
            stored_bytes
            file_bytes
            ratio
            elapsed_seconds
            reading_seconds
            finishing_seconds
            publishing_seconds
            dimensions
            dimensions[].dimension
            dimensions[].name
            dimensions[].file
            dimensions[].bytes
            dimensions[].layers
            dimensions[].simulated
            diagnostics
            diagnostics[].severity
            diagnostics[].code
            diagnostics[].file
            diagnostics[].line
            diagnostics[].column
            diagnostics[].message
            """.ReplaceLineEndings("\n"),
            CliRun.ShapeOf(run.Json));
        Assert.True(run.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(1, run.Json.GetProperty("content_bytes").GetInt64());
        Assert.Equal(
            run.Json.GetProperty("elapsed_seconds").GetDouble(),
            run.Json.GetProperty("reading_seconds").GetDouble() + run.Json.GetProperty("finishing_seconds").GetDouble()
                + run.Json.GetProperty("publishing_seconds").GetDouble(),
            0.00001);
        Assert.Equal("D01", run.Json.GetProperty("dimensions")[0].GetProperty("dimension").GetString());
        Assert.Equal("warning", run.Json.GetProperty("diagnostics")[0].GetProperty("severity").GetString());
    }

    [Fact]
    public async Task Convert_BadInputAsJson_SaysSoOnStandardOutput()
    {
        CliRun run = await CliRun.OfAsync(["convert", "-", "-o", _workspace.Path("data"), "--json"], """{"dimensions": []}"""u8.ToArray());

        Assert.Equal(1, run.Code);
        Assert.False(run.Json.GetProperty("ok").GetBoolean());
        JsonElement error = Assert.Single(run.Json.GetProperty("diagnostics").EnumerateArray());
        Assert.Equal("LAM010", error.GetProperty("code").GetString());
        Assert.Equal("error", error.GetProperty("severity").GetString());
        Assert.Equal("stdin", error.GetProperty("file").GetString());
    }

    [Theory]
    [InlineData("--codec zip", "--codec takes lz4 or none, not 'zip'.")]
    [InlineData("--level 9", "--level takes fast, high or max, not '9'.")]
    [InlineData("--codec none --level max", "--level has no meaning with --codec none. Leave one of them out.")]
    [InlineData("--block-size 3K", "--block-size takes a power of two from 1K to 16M, such as 4096 or 4K, not '3K'.")]
    [InlineData("--block-size 32M", "--block-size takes a power of two from 1K to 16M, such as 4096 or 4K, not '32M'.")]
    [InlineData("--block-size 99999999999M", "--block-size takes a power of two from 1K to 16M, such as 4096 or 4K, not '99999999999M'.")]
    [InlineData("--alignment 8192", "--alignment takes a power of two from 1 to 4K, such as 4096 or 4K, not '8192'.")]
    [InlineData("--alignment 0", "--alignment takes a power of two from 1 to 4K, such as 4096 or 4K, not '0'.")]
    [InlineData("--jobs 0", "--jobs takes a number from 1 to 1024, not '0'.")]
    [InlineData("--jobs 2K", "--jobs takes a number from 1 to 1024, not '2K'.")]
    [InlineData("--jsom", "'--jsom' is not an option. Did you mean '--json'?")]
    public async Task Convert_WrongOption_SaysWhatWouldBeRight(string options, string message)
    {
        CliRun run = await CliRun.OfAsync(["convert", _workspace.Write("d.json", OneLayer), "-o", _workspace.Path("data"), .. options.Split(' ')]);

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.Equal([$"lamina: error: {message}", "Try 'lamina convert --help'."], run.ErrorLines);
        Assert.False(Directory.Exists(_workspace.Path("data")));
    }

    [Fact]
    public async Task Convert_WrongPaths_AreWrongCalls()
    {
        string source = _workspace.Write("d.json", OneLayer);

        CliRun missing = await CliRun.OfAsync("convert", _workspace.Path("nothing.json"), "-o", _workspace.Path("data"));
        CliRun folder = await CliRun.OfAsync("convert", _workspace.Path(), "-o", _workspace.Path("data"));
        CliRun file = await CliRun.OfAsync("convert", source, "-o", source);
        CliRun noOutput = await CliRun.OfAsync("convert", source);

        Assert.Equal((2, 2, 2, 2), (missing.Code, folder.Code, file.Code, noOutput.Code));
        Assert.Contains("There is no file", missing.Error, StringComparison.Ordinal);
        Assert.Contains("is a folder. Name the dimensions.json", folder.Error, StringComparison.Ordinal);
        Assert.Contains("is a file. Name a folder", file.Error, StringComparison.Ordinal);
        Assert.Contains("'--output' is required", noOutput.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_WhileAnotherConversionHoldsTheFolder_IsAFailureOfTheSystem()
    {
        string folder = await _workspace.ConvertAsync();
        using FileStream held = new(Path.Combine(folder, ".lamina-lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        CliRun run = await CliRun.OfAsync(["convert", "-", "-o", folder], Encoding.UTF8.GetBytes(OneLayer));

        Assert.Equal(3, run.Code);
        Assert.StartsWith("lamina: error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_FolderBelowAFile_IsAFailureOfTheSystem()
    {
        string source = _workspace.Write("d.json", OneLayer);

        CliRun run = await CliRun.OfAsync("convert", source, "-o", Path.Combine(source, "data"));

        Assert.Equal(3, run.Code);
        Assert.Contains(source, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_Cancelled_EndsWith130AndLeavesTheOldDataSet()
    {
        string folder = await _workspace.ConvertAsync();
        SortedDictionary<string, string> before = Workspace.Snapshot(folder);
        using CancellationTokenSource source = new();
        await source.CancelAsync();

        CliRun run = await CliRun.OfAsync(
            ["convert", "-", "-o", folder], Encoding.UTF8.GetBytes(OneLayer), cancellationToken: source.Token);

        Assert.Equal(130, run.Code);
        Assert.Equal("lamina: interrupted; nothing half-written is left.\n", run.Error);
        Assert.Equal(before, Workspace.Snapshot(folder));
    }

    [Fact]
    public async Task Convert_OnATerminal_ShowsProgressUnlessQuietOrJson()
    {
        byte[] input = Encoding.UTF8.GetBytes(Workspace.Sample);
        string folder = _workspace.Path("data");

        CliRun shown = await CliRun.OfAsync(["convert", "-", "-o", folder], input, isTerminal: true);
        CliRun quiet = await CliRun.OfAsync(["convert", "-", "-o", folder, "--quiet"], input, isTerminal: true);
        CliRun json = await CliRun.OfAsync(["convert", "-", "-o", folder, "--json"], input, isTerminal: true);
        CliRun piped = await CliRun.OfAsync(["convert", "-", "-o", folder], input, isTerminal: false);

        Assert.Contains("Converting", shown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Converting", shown.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 0), (shown.Code, quiet.Code, json.Code, piped.Code));
        Assert.Equal((string.Empty, string.Empty, string.Empty), (quiet.Error, json.Error, piped.Error));
    }
}
