using System.Text;
using Lamina.Generator.Reading;

namespace Lamina.Generator.Emission;

/// <summary>Writes text into documentation comments.</summary>
internal static class XmlText
{
    /// <summary>The text on one line, with what XML gives a meaning escaped.</summary>
    public static string Of(string text)
    {
        text = Printable.Clean(text);
        if (text.IndexOfAny(['&', '<', '>']) < 0)
            return text;
        StringBuilder escaped = new(text.Length + 16);
        foreach (char c in text)
        {
            switch (c)
            {
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }

        return escaped.ToString();
    }
}
