using System.Globalization;
using System.Text;

namespace Lamina.Cli.Output;

/// <summary>Makes text from files harmless to a terminal.</summary>
internal static class Printable
{
    /// <summary>
    /// <paramref name="text"/> with control and direction characters as <c>\u001b</c>, so that a name in a file can neither
    /// steer the terminal nor pass for another one. Line ends count as controls.
    /// </summary>
    public static string Of(string text)
    {
        int at = 0;
        while (at < text.Length && IsHarmless(text[at]))
            at++;
        if (at == text.Length)
            return text;

        StringBuilder result = new(text.Length + 16);
        result.Append(text, 0, at);
        foreach (char c in text.AsSpan(at))
        {
            if (IsHarmless(c))
                result.Append(c);
            else
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return result.ToString();
    }

    private static bool IsHarmless(char c) =>
        c < 0x7F ? c >= 0x20 : c > 0x9F && c is not (>= '\u200E' and <= '\u200F' or >= '\u2028' and <= '\u202E' or >= '\u2066' and <= '\u2069');
}
