using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Commands;

public sealed class ExportTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    public static TheoryData<string> Sources => Fixtures.Sources();

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Export_ConvertedAgain_GivesTheSameFiles(string source)
    {
        string first = _workspace.Path("first");
        CliRun converted = await CliRun.OfAsync("convert", Path.Combine(Fixtures.Folder, source), "-o", first, "--simulate", "--quiet");
        Assert.Equal(0, converted.Code);

        foreach (string name in (IEnumerable<string>)["again.json", "again.jsonl"])
        {
            string again = _workspace.Path($"{name}-set");
            CliRun exported = await CliRun.OfAsync("export", first, "-o", _workspace.Path(name));
            CliRun back = await CliRun.OfAsync("convert", _workspace.Path(name), "-o", again, "--simulate", "--quiet");

            Assert.Equal((0, string.Empty), (exported.Code, exported.Output));
            Assert.Equal(0, back.Code);
            Assert.Equal(Workspace.Snapshot(first), Workspace.Snapshot(again));
        }
    }

    [Fact]
    public async Task Export_StandardOutput_IsTheTextAlone()
    {
        string folder = await _workspace.ConvertAsync();

        CliRun json = await CliRun.OfAsync("export", folder, "-o", "-");
        CliRun lines = await CliRun.OfAsync("export", folder, "-o", "-", "--jsonl", "--quiet");

        Assert.Equal((0, 0), (json.Code, lines.Code));
        Assert.Equal(2, json.Json.GetProperty("dimensions").GetArrayLength());
        Assert.Equal("/wAB", json.Json.GetProperty("layers")[3].GetProperty("content_base64").GetString());
        Assert.Equal("1 content as base64, not being UTF-8.\n", json.Error);
        Assert.Equal(7, lines.OutputLines.Count);
        Assert.Empty(lines.Error);
    }

    [Fact]
    public async Task Export_ToFile_SaysWhatWasWrittenOnStandardError()
    {
        const string Source = """{"dimensions": [{"id": 1}], "layers": [{"dimension_id": 1, "layer_num": 0}]}""";
        string folder = await _workspace.ConvertAsync(Source, "data", "--simulate");
        string file = _workspace.Path("out.json");

        CliRun run = await CliRun.OfAsync("export", folder, "-o", file);

        Assert.Equal((0, string.Empty), (run.Code, run.Output));
        Assert.StartsWith($"1 dimension, 1 layer in {file} (", run.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal("1 simulated content left out; convert with --simulate to get them again.", run.ErrorLines[1]);
    }

    [Fact]
    public async Task Export_DamagedDataSet_KeepsTheFileAndLeavesNothingBehind()
    {
        string folder = await _workspace.ConvertAsync();
        Workspace.Damage(Workspace.RegionOf(folder, "D01"), 576);
        string file = _workspace.Write("out.json", "before");
        int files = Directory.GetFileSystemEntries(_workspace.Path()).Length;

        CliRun run = await CliRun.OfAsync("export", folder, "-o", file);

        Assert.Equal(1, run.Code);
        Assert.Equal("before", await File.ReadAllTextAsync(file));
        Assert.Equal(files, Directory.GetFileSystemEntries(_workspace.Path()).Length);
    }

    [Fact]
    public async Task Export_Cancelled_KeepsTheFileAndLeavesNothingBehind()
    {
        string folder = await _workspace.ConvertAsync();
        string file = _workspace.Write("out.json", "before");
        int files = Directory.GetFileSystemEntries(_workspace.Path()).Length;
        using CancellationTokenSource source = new();
        await source.CancelAsync();

        CliRun run = await CliRun.OfAsync(["export", folder, "-o", file], [], cancellationToken: source.Token);

        Assert.Equal(130, run.Code);
        Assert.Equal("before", await File.ReadAllTextAsync(file));
        Assert.Equal(files, Directory.GetFileSystemEntries(_workspace.Path()).Length);
    }

    [Fact]
    public async Task Export_ToALink_ReplacesWhatItLeadsTo()
    {
        if (OperatingSystem.IsWindows())
            return; // making a link takes a privilege there

        string folder = await _workspace.ConvertAsync();
        string file = _workspace.Write("target.json", "before");
        File.CreateSymbolicLink(_workspace.Path("link.json"), file);

        CliRun run = await CliRun.OfAsync("export", folder, "-o", _workspace.Path("link.json"), "--quiet");

        Assert.Equal(0, run.Code);
        Assert.Equal(file, new FileInfo(_workspace.Path("link.json")).LinkTarget);
        Assert.StartsWith("{\n  \"dimensions\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }
}
