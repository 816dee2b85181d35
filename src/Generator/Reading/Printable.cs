using System.Globalization;
using System.Text;

namespace Lamina.Generator.Reading;

/// <summary>Makes text from a file fit for one line of a message or comment.</summary>
internal static class Printable
{
    private const int MaxBytes = 64;

    /// <summary>The text, cut to the bytes of UTF-8 that a message has room for.</summary>
    public static string Of(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MaxBytes)
            return Clean(text);
        int bytes = 0;
        int length = 0;
        while (true)
        {
            int size = char.IsSurrogatePair(text, length) ? 4 : text[length] < 0x80 ? 1 : text[length] < 0x800 ? 2 : 3;
            if (bytes + size > MaxBytes)
                return Clean(text.Substring(0, length)) + "…";
            bytes += size;
            length += size == 4 ? 2 : 1;
        }
    }

    /// <summary>The text, and an ellipsis for what passes <paramref name="maxLength"/>.</summary>
    public static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        int length = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return text.Substring(0, length).TrimEnd() + "…";
    }

    /// <summary>
    /// The text with a space for each character that a line cannot show as it is: controls, every line end that the compiler
    /// knows, and those that change the direction of text, which could make code read as it is not.
    /// </summary>
    public static string Clean(string text)
    {
        StringBuilder? cleaned = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (IsPlain(text[i]))
                continue;
            cleaned ??= new StringBuilder(text);
            cleaned[i] = ' ';
        }

        return cleaned?.ToString() ?? text;
    }

    private static bool IsPlain(char c) => c < 0x7F
        ? c >= ' '
        : char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator)
        && c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C'
            or '\uFEFF' or '\uFFFE' or '\uFFFF');
}
