using Lamina.Cli.Output;
using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests;

public sealed class CliApplicationTests
{
    [Theory]
    [InlineData("convert")]
    [InlineData("verify")]
    [InlineData("inspect")]
    [InlineData("get")]
    [InlineData("find")]
    [InlineData("export")]
    [InlineData("diff")]
    public async Task Help_OfACommand_SaysHowToCallItWithExamples(string command)
    {
        CliRun run = await CliRun.OfAsync(command, "--help");

        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        Assert.Contains($"  lamina {command} <", run.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  ", run.Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, (await CliRun.OfAsync(command, "-h")).Output);
    }

    [Fact]
    public async Task Help_NamesEveryCommandAndExitCode()
    {
        CliRun run = await CliRun.OfAsync("--help");

        Assert.Equal(0, run.Code);
        foreach (string command in (IEnumerable<string>)["convert <IN>", "verify <PATH>", "inspect <PATH>", "get <DIR> <LAYER>", "find <DIR> <WORD>", "export <DIR>", "diff <A> <B>"])
            Assert.Contains($"\n  {command} ", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 done, 1 the data is bad (diff: differs), 2 the call is wrong, 3 the system failed, 130 interrupted", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsThatOfTheProgramAndTheFormat()
    {
        CliRun run = await CliRun.OfAsync("--version");

        Assert.Equal(0, run.Code);
        Assert.Matches("^lamina [0-9]+\\.[0-9]+\\.[0-9]+ \\(format 1\\.0\\)\n$", run.Output);
    }

    [Theory]
    [InlineData("conver", "'conver' is not a command. Did you mean 'convert'? Commands are convert, verify, inspect, get, find, export, diff.")]
    [InlineData("--jso", "'--jso' is not a command. Commands are convert, verify, inspect, get, find, export, diff.")]
    [InlineData(null, "There is no command in the call. Commands are convert, verify, inspect, get, find, export, diff.")]
    public async Task Call_WithoutACommand_SaysWhichThereAre(string? argument, string message)
    {
        CliRun run = await CliRun.OfAsync(argument is null ? [] : [argument]);

        Assert.Equal((2, string.Empty), (run.Code, run.Output));
        Assert.Equal([$"lamina: error: {message}", "Try 'lamina --help'."], run.ErrorLines);
    }

    [Fact]
    public async Task Output_ReaderHasGone_EndsQuietly()
    {
        using Workspace workspace = new();
        string folder = await workspace.ConvertAsync();
        using MemoryStream error = new();
        CliHost host = new(Stream.Null, new StandardOutput(new GonePipe()), error);

        int code = await CliApplication.RunAsync(["export", folder, "-o", "-", "-q"], host, CancellationToken.None);

        Assert.Equal(0, code);
        Assert.Equal(0, error.Length);
    }

    [Fact]
    public async Task Output_DiskIsFull_IsAFailureOfTheSystemThatSaysWhatToDo()
    {
        using Workspace workspace = new();
        string folder = await workspace.ConvertAsync();
        using MemoryStream error = new();
        CliHost host = new(Stream.Null, new FullDisk(), error);

        int code = await CliApplication.RunAsync(["get", folder, "D01:L3"], host, CancellationToken.None);

        Assert.Equal(3, code);
        Assert.Equal("lamina: error: No space left on device. Free some space, or write to another disk.\n", System.Text.Encoding.UTF8.GetString(error.ToArray()));
    }

    private sealed class GonePipe : FailingStream
    {
        protected override IOException Failure => new("Broken pipe", OperatingSystem.IsWindows() ? unchecked((int)0x8007006D) : 32);
    }

    private sealed class FullDisk : FailingStream
    {
        protected override IOException Failure => new("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
    }

    private abstract class FailingStream : MemoryStream
    {
        protected abstract IOException Failure { get; }

        public override void Write(byte[] buffer, int offset, int count) => throw Failure;

        public override void Write(ReadOnlySpan<byte> buffer) => throw Failure;
    }
}
