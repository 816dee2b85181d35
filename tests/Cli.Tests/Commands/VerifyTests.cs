using System.Text.Json;
using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Commands;

public sealed class VerifyTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    public static TheoryData<string> DataSets => Fixtures.DataSets();

    [Theory]
    [MemberData(nameof(DataSets))]
    public async Task Verify_FrozenDataSet_IsWhole(string name)
    {
        CliRun run = await CliRun.OfAsync("verify", Path.Combine(Fixtures.Folder, "valid", name));

        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.EndsWith("every bit is as it was written.", run.OutputLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FolderManifestAndRegion_CheckWhatTheyName()
    {
        string folder = await _workspace.ConvertAsync();

        JsonElement set = (await CliRun.OfAsync("verify", folder, "--json")).Json;
        JsonElement manifest = (await CliRun.OfAsync("verify", Path.Combine(folder, "manifest.json"), "--json")).Json;
        JsonElement region = (await CliRun.OfAsync("verify", Workspace.RegionOf(folder, "D02"), "--json")).Json;

        Assert.Equal(3, set.GetProperty("files").GetArrayLength());
        Assert.Equal(3, manifest.GetProperty("files").GetArrayLength());
        Assert.Equal("D02", Assert.Single(region.GetProperty("files").EnumerateArray()).GetProperty("dimension").GetString());
    }

    [Fact]
    public async Task Verify_DamagedRegion_SaysWhichFileAndWhereAndEndsWith1()
    {
        string folder = await _workspace.ConvertAsync();
        string damaged = Workspace.RegionOf(folder, "D01");
        Workspace.Damage(damaged, 576);

        CliRun text = await CliRun.OfAsync("verify", folder);
        CliRun json = await CliRun.OfAsync("verify", folder, "--json");

        Assert.Equal((1, 1), (text.Code, json.Code));
        Assert.Contains(text.OutputLines, line => line.StartsWith("damaged  D01", StringComparison.Ordinal));
        Assert.Contains(text.OutputLines, line => line.StartsWith($"BlockChecksum: {damaged} at byte 576: ", StringComparison.Ordinal));
        Assert.StartsWith("1 of 3 files checked", text.OutputLines[^1], StringComparison.Ordinal);
        Assert.EndsWith("is damaged.", text.OutputLines[^1], StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("ok").GetBoolean());
        JsonElement fault = json.Json.GetProperty("files")[1].GetProperty("fault");
        Assert.Equal("BlockChecksum", fault.GetProperty("kind").GetString());
        Assert.Equal(576, fault.GetProperty("offset").GetInt64());
        Assert.Contains(damaged, fault.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_MissingRegionOrManifest_IsBadData()
    {
        string folder = await _workspace.ConvertAsync();
        File.Delete(Workspace.RegionOf(folder, "D02"));
        string empty = Directory.CreateDirectory(_workspace.Path("empty")).FullName;

        CliRun region = await CliRun.OfAsync("verify", folder);
        CliRun manifest = await CliRun.OfAsync("verify", empty);

        Assert.Equal((1, 1), (region.Code, manifest.Code));
        Assert.Contains("RegionMissing: ", region.Output, StringComparison.Ordinal);
        Assert.Contains("ManifestMissing: ", manifest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FileThatIsNoRegion_IsBadData()
    {
        CliRun run = await CliRun.OfAsync("verify", _workspace.Write("poem.txt", "Roses are red, violets are blue."));

        Assert.Equal(1, run.Code);
        Assert.Contains("NotARegion: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Json_HasTheseProperties()
    {
        CliRun run = await CliRun.OfAsync("verify", await _workspace.ConvertAsync(), "--json");

        Assert.Equal(
            "ok\nfiles\nfiles[].path\nfiles[].dimension\nfiles[].bytes\nfiles[].layers\nfiles[].blocks\nfiles[].fault",
            CliRun.ShapeOf(run.Json));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("inspect")]
    [InlineData("get D01:L0")]
    [InlineData("find word")]
    [InlineData("export -o -")]
    public async Task AnyCommand_NothingAtPath_IsAWrongCall(string command)
    {
        string path = _workspace.Path("nothing");
        string[] parts = command.Split(' ');

        CliRun run = await CliRun.OfAsync([parts[0], path, .. parts[1..]]);

        Assert.Equal((2, string.Empty), (run.Code, run.Output));
        Assert.Equal(
            $"lamina: error: There is no data set or region file at '{path}'. Check the path, or make the data set with 'lamina convert'.\n",
            run.Error);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("get D01:L0")]
    [InlineData("find word")]
    [InlineData("export -o -")]
    public async Task AnyCommand_DamagedManifest_IsBadData(string command)
    {
        string folder = await _workspace.ConvertAsync();
        Workspace.Damage(Path.Combine(folder, "manifest.json"), 40);
        string[] parts = command.Split(' ');

        CliRun run = await CliRun.OfAsync([parts[0], folder, .. parts[1..]]);

        Assert.Equal((1, string.Empty), (run.Code, run.Output));
        Assert.StartsWith($"lamina: error: {Path.Combine(folder, "manifest.json")}", run.Error, StringComparison.Ordinal);
    }
}
