using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Lamina.Format.Inspection.Html;

/// <summary>
/// Makes an interpolated string markup: what stands in the program's text is taken as it is, and every value in it is
/// escaped. So no text from a file becomes markup, wherever a value is put.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlTemplate
{
    private readonly StringBuilder _markup;

    public HtmlTemplate(int literalLength, int formattedCount, HtmlWriter writer)
    {
        _ = formattedCount;
        _markup = writer.Markup;
        _markup.EnsureCapacity(_markup.Length + literalLength);
    }

    public void AppendLiteral(string markup) => _markup.Append(markup);

    public void AppendFormatted(string? text) => HtmlText.Append(_markup, text);

    public void AppendFormatted<T>(T value)
        where T : IFormattable => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format)
        where T : IFormattable => HtmlText.Append(_markup, value.ToString(format, CultureInfo.InvariantCulture));
}
