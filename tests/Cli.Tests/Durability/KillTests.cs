using Lamina.Cli.Tests.Process;
using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Durability;

/// <summary>Conversions that are killed, at what can be seen of their work from outside and then at random.</summary>
public sealed class KillTests : IDisposable
{
    private const string Old = "before";
    private const string New = "behind";
    private const int MostSpins = 2_000_000;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory, Trait("Spec", "PUB-2"), Trait("Spec", "PUB-4")]
    [InlineData(".lamina-lock", 4)] // at work
    [InlineData("D09-*.lamina", 4)] // the first region that the old data set has not has its name
    [InlineData("manifest.json", 3)] // there is a manifest from the start, so this is at any instant, the process's start included
    public async Task Convert_Killed_LeavesTheOldDataSetOrTheNewOneAndTheNextConversionClearsUp(string seen, int times)
    {
        string old = await _workspace.ConvertAsync(Source(Old, dimensions: 8), "old");
        string expected = await _workspace.ConvertAsync(Source(New, dimensions: 40), "new");
        string source = _workspace.Path("new.json");
        for (int i = 0; i < times; i++)
        {
            string folder = _workspace.Path($"killed-{i}");
            Copy(old, folder);
            using LaminaProcess process = new("convert", source, "-o", folder, "--quiet");
            await UntilSeenAsync(process, folder, seen);
            Thread.SpinWait(Random.Shared.Next(MostSpins));
            await process.KillAsync();

            Assert.Equal(0, (await CliRun.OfAsync("verify", folder)).Code);
            Assert.Contains(ManifestOf(folder), (string[])[ManifestOf(old), ManifestOf(expected)]);

            CliRun next = await CliRun.OfAsync("convert", source, "-o", folder, "--quiet", "--no-previous");
            Assert.Equal((0, string.Empty), (next.Code, next.Error));
            Assert.Equal(Workspace.Snapshot(expected), Workspace.Snapshot(folder));
        }
    }

    /// <summary>Dimensions of which every other one does not depend on <paramref name="content"/>.</summary>
    private static string Source(string content, int dimensions)
    {
        IEnumerable<int> ids = Enumerable.Range(1, dimensions);
        return "{\"dimensions\":[" + string.Join(',', ids.Select(id => $$"""{"id":{{id}}}""")) + "],\"layers\":["
            + string.Join(',', ids.SelectMany(id => Enumerable.Range(0, 20).Select(number =>
                $$"""{"dimension_id":{{id}},"layer_num":{{number}},"content":"{{(id % 2 == 0 ? "same" : content)}} {{number}}"}""")))
            + "]}";
    }

    private static string ManifestOf(string folder) => File.ReadAllText(Path.Combine(folder, "manifest.json"));

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    /// <summary>Waits, without a clock, until a file is there, or the process has ended because it was faster.</summary>
    private static async Task UntilSeenAsync(LaminaProcess process, string folder, string pattern)
    {
        using CancellationTokenSource patience = new(LaminaProcess.Patience);
        while (!process.HasExited && !Directory.EnumerateFiles(folder, pattern).Any())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
