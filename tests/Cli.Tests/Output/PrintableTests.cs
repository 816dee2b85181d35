using FsCheck.Xunit;
using Lamina.Cli.Output;

namespace Lamina.Cli.Tests.Output;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text, äöü, 😀", "plain text, äöü, 😀")]
    [InlineData("", "")]
    [InlineData("a\u001b[31mb", "a\\u001b[31mb")]
    [InlineData("a\nb\r\t", "a\\u000ab\\u000d\\u0009")]
    [InlineData("\u007f\u0080\u009f\u00a0", "\\u007f\\u0080\\u009f\u00a0")]
    [InlineData("\u200e\u202e\u2066\u2069\u2028", "\\u200e\\u202e\\u2066\\u2069\\u2028")]
    public void Of_Text_EscapesWhatSteersATerminal(string text, string printable) => Assert.Equal(printable, Printable.Of(text));

    [Property]
    public bool Of_AnyText_HoldsNoControl(string? text) => !Printable.Of(text ?? "").Any(char.IsControl);
}
