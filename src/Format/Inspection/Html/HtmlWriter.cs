using System.Runtime.CompilerServices;
using System.Text;

namespace Lamina.Format.Inspection.Html;

/// <summary>Writes markup to a stream as UTF-8. Not thread-safe.</summary>
internal sealed class HtmlWriter : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly StreamWriter _output;

    /// <summary>Writes to <paramref name="destination"/>, which stays open.</summary>
    public HtmlWriter(Stream destination) =>
        _output = new StreamWriter(destination, Utf8, BufferSize, leaveOpen: true);

    /// <summary>Where a template puts its parts.</summary>
    public StringBuilder Markup { get; } = new(1024);

    /// <summary>Writes a template and a line end.</summary>
    public void Line([InterpolatedStringHandlerArgument("")] HtmlTemplate markup)
    {
        _ = markup;
        Markup.Append('\n');
        Send();
    }

    /// <summary>Writes a template.</summary>
    public void Write([InterpolatedStringHandlerArgument("")] HtmlTemplate markup)
    {
        _ = markup;
        Send();
    }

    /// <summary>Writes markup of the program's own.</summary>
    public void Raw(string markup) => _output.Write(markup);

    public void Dispose() => _output.Dispose();

    private void Send()
    {
        _output.Write(Markup);
        Markup.Clear();
    }
}
