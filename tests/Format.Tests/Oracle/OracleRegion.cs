using System.Globalization;
using System.Text;

namespace Lamina.Format.Tests.Oracle;

/// <summary>A dimension as its author sees it: what a region file says, without how it says it.</summary>
public sealed record OracleRegion
{
    public required ushort Dimension { get; init; }

    public string? Name { get; init; }

    public ulong? SizeBytes { get; init; }

    public double? FrequencyMin { get; init; }

    public double? FrequencyMax { get; init; }

    /// <summary>Strictly ascending by number.</summary>
    public IReadOnlyList<OracleLayer> Layers { get; init; } = [];

    /// <summary>ID-1: the dimension's text form.</summary>
    public string Id => "D" + (Dimension < 10 ? "0" : "") + Dimension.ToString(CultureInfo.InvariantCulture);

    /// <summary>Everything in it as text: two regions are the same if and only if their texts are, and a test's message
    /// shows where they differ.</summary>
    public string ToText()
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Id} name={Quote(Name)} size={SizeBytes?.ToString(CultureInfo.InvariantCulture) ?? "-"}");
        text.Append(CultureInfo.InvariantCulture, $" min={Bits(FrequencyMin)} max={Bits(FrequencyMax)}\n");
        foreach (OracleLayer layer in Layers)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"L{layer.Number} name={Quote(layer.Name)} frequency={Bits(layer.Frequency)}");
            text.Append(CultureInfo.InvariantCulture, $" parent={layer.Parent?.ToString(CultureInfo.InvariantCulture) ?? "-"}");
            text.Append(CultureInfo.InvariantCulture, $" simulated={layer.Simulated}");
            text.Append(CultureInfo.InvariantCulture, $" keywords=[{string.Join(", ", layer.Keywords.Select(Quote))}]");
            text.Append(CultureInfo.InvariantCulture, $" content={Convert.ToHexString(layer.Content)}\n");
        }

        return text.ToString();
    }

    public override string ToString() => ToText();

    private static string Bits(double? value) =>
        value is null
            ? "-"
            : value.Value.ToString("R", CultureInfo.InvariantCulture) + (double.IsNegative(value.Value) ? "(negative)" : "");

    private static string Quote(string? text) =>
        text is null
            ? "-"
            : "'" + string.Concat(text.Select(c => c is < ' ' or '\'' or > '~' ? $"\\u{(int)c:x4}" : c.ToString())) + "'";
}
