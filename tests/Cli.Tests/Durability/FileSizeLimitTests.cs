using Lamina.Cli.Tests.Process;
using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Durability;

/// <summary>Writes that the system refuses, as a full disk does, in a process of their own.</summary>
public sealed class FileSizeLimitTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [UnixTheory, Trait("Spec", "PUB-2")]
    [InlineData(1, true)] // the lock's file
    [InlineData(1100, true)] // a region file
    [InlineData(1100, false)] // the file that holds what comes out of order
    public async Task Convert_FileThatMayNotGrow_EndsWith3AndLeavesTheOldDataSetAlone(int kibibytes, bool isInOrder)
    {
        string folder = await _workspace.ConvertAsync();
        SortedDictionary<string, string> before = Workspace.Snapshot(folder);
        string source = _workspace.Write("large.json", LargeSource(isInOrder));

        using LaminaProcess process = LaminaProcess.WithFileSizeLimit(kibibytes, "convert", source, "-o", folder, "--codec", "none", "--quiet");
        string error = await process.Error.ReadToEndAsync();

        Assert.Equal(3, await process.ExitCodeAsync());
        Assert.Equal(
            "lamina: error: A file would be longer than the file system, or a limit set for this process, allows. Write to another disk, "
            + "raise the limit (ulimit -f), or split the dimension.\n",
            error);
        Assert.Equal(before, Workspace.Snapshot(folder));
        Assert.Equal(0, (await CliRun.OfAsync("convert", source, "-o", folder, "--quiet")).Code);
        Assert.Equal(0, (await CliRun.OfAsync("verify", folder)).Code);
    }

    private static string LargeSource(bool isInOrder)
    {
        string content = new('x', 100_000);
        IEnumerable<int> numbers = Enumerable.Range(0, 40);
        return "{\"dimensions\":[{\"id\":1}],\"layers\":["
            + string.Join(',', (isInOrder ? numbers : numbers.Reverse()).Select(number =>
                $$"""{"dimension_id":1,"layer_num":{{number}},"content":"{{content}}"}"""))
            + "]}";
    }
}
