using System.Text;
using Lamina.Cli.Output;

namespace Lamina.Cli;

/// <summary>Where a command reads and writes, and what it may assume of it.</summary>
internal sealed class CliHost
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A host on three streams; none of them is a terminal unless set.</summary>
    public CliHost(Stream input, Stream output, Stream error)
    {
        Input = input;
        Output = output;
        Out = new StreamWriter(output, Utf8, bufferSize: 16 * 1024) { NewLine = "\n" };
        Error = new StreamWriter(error, Utf8, bufferSize: 1024) { NewLine = "\n", AutoFlush = true };
    }

    /// <summary>Standard input.</summary>
    public Stream Input { get; }

    /// <summary>Standard output, for results that are bytes.</summary>
    public Stream Output { get; }

    /// <summary>Standard output, for results that are text; UTF-8 on every system, flushed when the command has ended.</summary>
    public TextWriter Out { get; }

    /// <summary>Standard error: what is wrong, warnings, progress.</summary>
    public TextWriter Error { get; }

    public bool IsOutputTerminal { get; init; }

    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether a terminal may be sent colours.</summary>
    public bool UseColor { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Says what a command has not to say otherwise: <c>lamina: error: …</c>.</summary>
    public void WriteError(string message) => Error.WriteLine($"lamina: error: {Printable.Of(message)}");
}
