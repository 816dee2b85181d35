using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Lamina.Cli.Output;

/// <summary>The process's own streams.</summary>
internal static class StandardStreams
{
    private const int UnixOutput = 1;
    private const int UnknownWidth = 80;

    /// <summary>A host on the process's streams that knows which of them are terminals.</summary>
    public static CliHost CreateHost()
    {
        bool outputIsTerminal = !Console.IsOutputRedirected;
        bool errorIsTerminal = !Console.IsErrorRedirected;
        if (OperatingSystem.IsWindows() && (outputIsTerminal || errorIsTerminal))
            Console.OutputEncoding = Encoding.UTF8;

        // https://no-color.org: set and not empty, whatever its value.
        bool isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        return new CliHost(
            new StandardInput(Console.OpenStandardInput()), new StandardOutput(OpenOutput()), Console.OpenStandardError())
        {
            IsOutputTerminal = outputIsTerminal && !isDumb,
            IsErrorTerminal = errorIsTerminal && !isDumb,
            UseColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = outputIsTerminal || errorIsTerminal ? TerminalWidth() : UnknownWidth,
        };
    }

    /// <summary>
    /// The console's stream says nothing when the reader of a pipe has gone, and a long export would write to nobody. A file
    /// stream says it; but it keeps a place of its own in a seekable file, which would break `(a; b) > file`.
    /// </summary>
    private static Stream OpenOutput()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
        {
            FileStream stream = new(new SafeFileHandle(UnixOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!stream.CanSeek)
                return stream;
        }

        return Console.OpenStandardOutput();
    }

    private static int TerminalWidth()
    {
        try
        {
            // Zero where the terminal does not say, and too narrow for anything below forty.
            return Console.WindowWidth is var width and > 0 ? Math.Max(width, 40) : UnknownWidth;
        }
        catch (IOException)
        {
            return UnknownWidth;
        }
    }
}
