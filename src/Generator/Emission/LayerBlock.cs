using System.Globalization;
using System.Text;
using Lamina.Generator.Model;

namespace Lamina.Generator.Emission;

/// <summary>
/// Writes the layers of a dimension as one literal of UTF-8, a line each with number, parent and name: the compiler takes it as
/// it takes a short one, where tables of ten thousand numbers and names cost it seconds. It is a verbatim literal, whose text the
/// compiler looks at once; a raw one of the same lines costs it four times that. It is short, because the compiler makes an
/// element of an array of each byte, before it makes a constant of them.
/// </summary>
internal static class LayerBlock
{
    /// <summary>Whether every name reads in a literal as it is.</summary>
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
        StringBuilder text = writer.Indent().Append("@\"");
        for (int i = 0; i < layers.Count; i++)
        {
            LayerModel layer = layers[i];
            if (i > 0)
                text.Append('\n');
            if (i > 0 && layer.Number == layers[i - 1].Number + 1)
                text.Append('+');
            else
                Append(layer.Number);
            text.Append(' ');
            if (layer.Parent < 0)
                text.Append('-');
            else
                Append(layers[layer.Parent].Number);
            if (layer.Name is not null)
                text.Append(' ').Append(layer.Name.Replace("\"", "\"\""));
        }

        text.Append("\"u8").Append(end).Append('\n');

        StringBuilder Append(uint number) => text.Append(number.ToString(CultureInfo.InvariantCulture));
    }

    // The joiners shape emoji and scripts; other formatting characters could make code read as it is not.
    private static bool IsPlain(char c) => c < 0x7F
        ? c >= ' '
        : c is '\u200C' or '\u200D'
        || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
