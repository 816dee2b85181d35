using System.Globalization;
using System.Text;
using Lamina.Generator.Model;

namespace Lamina.Generator.Emission;

/// <summary>
/// Writes the layers of a dimension as one raw literal of UTF-8, a line each with number, parent and name: the compiler takes
/// it as it takes a short one, where tables of ten thousand numbers and names cost it seconds.
/// </summary>
internal static class LayerBlock
{
    /// <summary>Whether every name reads in a raw literal as it is.</summary>
    public static bool CanHold(EquatableArray<LayerModel> layers)
    {
        foreach (LayerModel layer in layers)
        {
            foreach (char c in layer.Name ?? "")
            {
                if (!IsPlain(c))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Writes the literal.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="end">What comes right after it.</param>
    public static void Write(SourceWriter writer, EquatableArray<LayerModel> layers, string end)
    {
        if (layers.Count == 0)
        {
            writer.Line("\"\"u8" + end);
            return;
        }

        string quotes = new('"', Math.Max(3, LongestQuotes(layers) + 1));
        writer.Line(quotes);
        foreach (LayerModel layer in layers)
        {
            StringBuilder line = writer.Indent().Append(Text(layer.Number)).Append(' ')
                .Append(layer.Parent < 0 ? "-" : Text(layers[layer.Parent].Number));
            if (layer.Name is not null)
                line.Append(' ').Append(layer.Name);
            line.Append('\n');
        }

        writer.Line(quotes + "u8" + end);

        static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static int LongestQuotes(EquatableArray<LayerModel> layers)
    {
        int longest = 0;
        foreach (LayerModel layer in layers)
        {
            int run = 0;
            foreach (char c in layer.Name ?? "")
            {
                run = c == '"' ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }
        }

        return longest;
    }

    // The joiners shape emoji and scripts; other formatting characters could make code read as it is not.
    private static bool IsPlain(char c) => c < 0x7F
        ? c >= ' '
        : c is '\u200C' or '\u200D'
        || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
