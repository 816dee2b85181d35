using System.Text;
using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Process;

public sealed class ProcessTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Process_ConvertFromAPipe_WritesUtf8WithoutMarkOrColour()
    {
        string folder = _workspace.Path("dätä");
        using LaminaProcess process = new("convert", "-", "-o", folder);
        await process.Input.WriteAsync(Encoding.UTF8.GetBytes(Workspace.Sample));
        process.Input.Close();

        using StreamReader reader = new(process.Output, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        string output = await reader.ReadToEndAsync();

        Assert.Equal(0, await process.ExitCodeAsync());
        Assert.StartsWith($"2 dimensions, 5 layers in {folder}\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.Empty(await process.Error.ReadToEndAsync());
        Assert.True(File.Exists(Path.Combine(folder, "manifest.json")));
    }

    [Fact]
    public async Task Process_WrongCall_EndsWith2()
    {
        using LaminaProcess process = new("verify", _workspace.Path("nothing"));

        Assert.Equal(2, await process.ExitCodeAsync());
        Assert.StartsWith("lamina: error: ", await process.Error.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [InterruptFact]
    public async Task Process_InterruptedWhileItWaitsForInput_EndsWith130AndLeavesTheOldDataSet()
    {
        string folder = await _workspace.ConvertAsync();
        SortedDictionary<string, string> before = Workspace.Snapshot(folder);
        using LaminaProcess process = new("convert", "-", "-o", folder);

        // Once the lock is held, the command is at work; it never gets the end of its input.
        await process.Input.WriteAsync("""{"dimensions": [{"id": 1}], "layers": [{"dimension_id": 1, "layer_num": 0, "content": "x"},"""u8.ToArray());
        await process.Input.FlushAsync();
        await UntilLockedAsync(Path.Combine(folder, ".lamina-lock"));
        process.Interrupt();

        Assert.Equal(130, await process.ExitCodeAsync());
        Assert.Equal("lamina: interrupted; nothing half-written is left.\n", await process.Error.ReadToEndAsync());
        Assert.Equal(before, Workspace.Snapshot(folder));
    }

    [UnixFact]
    public async Task Process_ReaderGoesAway_EndsQuietlyAndAtOnce()
    {
        string content = new('x', 4 << 20);
        string source = $$"""
            {"dimensions": [{"id": 1}],
             "layers": [{"dimension_id": 1, "layer_num": 0, "content": "{{content}}"}, {"dimension_id": 1, "layer_num": 1}]}
            """;
        string folder = await _workspace.ConvertAsync(source, "data", "--simulate");

        // An export that went on to its end would say that it left out the simulated content.
        using LaminaProcess process = new("export", folder, "-o", "-");

        byte[] start = new byte[16];
        await process.Output.ReadExactlyAsync(start);
        process.Output.Close();

        Assert.Equal("{\n  \"dimensions\"", Encoding.ASCII.GetString(start));
        Assert.Equal(0, await process.ExitCodeAsync());
        Assert.Empty(await process.Error.ReadToEndAsync());
    }

    /// <summary>Waits, without a clock, until another process holds the lock: then it gives the file a length. To open the file
    /// would be to lock it, and to keep the other one out.</summary>
    private static async Task UntilLockedAsync(string path)
    {
        using CancellationTokenSource patience = new(LaminaProcess.Patience);
        while (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
