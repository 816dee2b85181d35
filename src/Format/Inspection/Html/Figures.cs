using System.Globalization;

namespace Lamina.Format.Inspection.Html;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    /// <summary>A count with its noun: <c>1 layer</c>, <c>1,204 layers</c>.</summary>
    public static string Count(long value, string noun) => $"{SizeText.Count(value)} {noun}{(value == 1 ? string.Empty : "s")}";

    /// <summary>Content bytes for each stored byte: <c>2.50:1</c>.</summary>
    public static string Ratio(double content, double stored) =>
        string.Create(CultureInfo.InvariantCulture, $"{(stored == 0 ? 1 : content / stored):F2}:1");

    /// <summary>A place in a file, in hexadecimal digits.</summary>
    public static string Offset(long offset) => offset.ToString("x", CultureInfo.InvariantCulture);
}
