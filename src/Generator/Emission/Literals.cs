using System.Globalization;
using System.Text;

namespace Lamina.Generator.Emission;

/// <summary>Writes values as C# does.</summary>
internal static class Literals
{
    /// <summary>A string literal with what cannot be seen, or would end a line, escaped.</summary>
    public static string String(string value)
    {
        StringBuilder literal = new(value.Length + 2);
        literal.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    literal.Append('\\').Append(c);
                    break;
                case '\n':
                    literal.Append("\\n");
                    break;
                case '\r':
                    literal.Append("\\r");
                    break;
                case '\t':
                    literal.Append("\\t");
                    break;
                default:
                    if (NeedsEscape(c))
                        literal.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    else
                        literal.Append(c);
                    break;
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A literal of type <c>double</c> that reads back as the same value.</summary>
    public static string Double(double value)
    {
        string text = Shortest(value);
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text;
    }

    /// <summary>The shortest text of a number that reads back as the same value.</summary>
    public static string Shortest(double value)
    {
        // "R" is not true to its word on .NET Framework, where development environments run the compiler.
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double back) && back == value
            ? text
            : value.ToString("G17", CultureInfo.InvariantCulture);
    }

    /// <summary>A literal of type <c>ulong</c>.</summary>
    public static string Hexadecimal(ulong value) => "0x" + value.ToString("X16", CultureInfo.InvariantCulture);

    private static bool NeedsEscape(char c) => c < 0x7F
        ? c < ' '
        : char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;
}
