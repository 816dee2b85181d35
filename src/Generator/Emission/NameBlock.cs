using System.Globalization;
using Lamina.Generator.Model;

namespace Lamina.Generator.Emission;

/// <summary>
/// Writes the names of a dimension's layers as one raw literal of UTF-8, a line each: the compiler takes it as it takes a
/// short one, where a literal for each of ten thousand names costs it seconds.
/// </summary>
internal static class NameBlock
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
        string quotes = new('"', Math.Max(3, LongestQuotes(layers) + 1));
        writer.Line(quotes);
        foreach (LayerModel layer in layers)
        {
            if (layer.Name is null)
                writer.Line();
            else
                writer.Line(layer.Name);
        }

        writer.Line(quotes + "u8" + end);
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
