using System.Globalization;
using System.Text;

namespace Lamina.Format.Inspection.Html;

/// <summary>Makes text from anywhere harmless in markup.</summary>
internal static class HtmlText
{
    /// <summary>
    /// Appends <paramref name="text"/> so that it is text in content and in quoted attributes, of HTML as of XML. What neither
    /// may hold, and what would turn the direction of the text around it, is written as <c>\u001b</c>.
    /// </summary>
    public static void Append(StringBuilder markup, ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '&':
                    markup.Append("&amp;");
                    break;
                case '<':
                    markup.Append("&lt;");
                    break;
                case '>':
                    markup.Append("&gt;");
                    break;
                case '"':
                    markup.Append("&quot;");
                    break;
                case '\'':
                    markup.Append("&#39;");
                    break;
                case >= ' ' and < '\x7F':
                    markup.Append(c);
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                        markup.Append(c).Append(text[++i]);
                    else if (IsPlain(c))
                        markup.Append(c);
                    else
                        markup.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
            }
        }
    }

    private static bool IsPlain(char c) =>
        c > '\x9F' && !char.IsSurrogate(c) && c is not ('\u061C' or '\uFFFE' or '\uFFFF')
        && c is not (>= '\u200E' and <= '\u200F' or >= '\u2028' and <= '\u202E' or >= '\u2066' and <= '\u2069');
}
