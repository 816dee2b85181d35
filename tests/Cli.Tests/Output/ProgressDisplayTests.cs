using System.Text;
using Lamina.Cli.Output;

namespace Lamina.Cli.Tests.Output;

public sealed class ProgressDisplayTests
{
    [Fact]
    public async Task Run_WorkThatFails_ThrowsWhatItThrewAndShowsTheCursorAgain()
    {
        using MemoryStream error = new();
        CliHost host = new(Stream.Null, Stream.Null, error) { IsErrorTerminal = true };

        await Assert.ThrowsAsync<InvalidDataException>(() => ProgressDisplay.RunAsync<int>(host, wanted: true, "Working", tell =>
        {
            tell(new ProgressDisplay.Step(1, 10, "(1 of 2)"));
            throw new InvalidDataException();
        }));

        string text = Encoding.UTF8.GetString(error.ToArray());
        Assert.True(text.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) > text.LastIndexOf("\u001b[?25l", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_UnknownTotalAndMarkupInTheNote_AreShownAsTheyAre()
    {
        using MemoryStream error = new();
        CliHost host = new(Stream.Null, Stream.Null, error) { IsErrorTerminal = true, Width = 160 };

        int result = await ProgressDisplay.RunAsync(host, wanted: true, "Reading", tell =>
        {
            tell(new ProgressDisplay.Step(0, null));
            tell(new ProgressDisplay.Step(2048, null, "[red]note"));
            return Task.FromResult(7);
        });

        Assert.Equal(7, result);
        Assert.Contains("Reading [red]note", Encoding.UTF8.GetString(error.ToArray()), StringComparison.Ordinal);
        Assert.Contains("2.00 KiB", Encoding.UTF8.GetString(error.ToArray()), StringComparison.Ordinal);
        Assert.DoesNotContain("**", Encoding.UTF8.GetString(error.ToArray()), StringComparison.Ordinal);
    }
}
