using System.Globalization;

namespace Lamina.Format.Inspection.Html;

/// <summary>Figures as people read them.</summary>
internal static class Figures
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Three digits or more and a unit of 1,024: <c>512 B</c>, <c>1.50 MiB</c>.</summary>
    public static string Size(double bytes)
    {
        int unit = 0;
        while (bytes >= 1024 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        string format = unit == 0 || bytes >= 100 ? "F0" : bytes >= 10 ? "F1" : "F2";
        return $"{bytes.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>A count with a comma after each thousand.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 layer</c>, <c>1,204 layers</c>.</summary>
    public static string Count(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? string.Empty : "s")}";

    /// <summary>Content bytes for each stored byte: <c>2.50:1</c>.</summary>
    public static string Ratio(double content, double stored) =>
        string.Create(CultureInfo.InvariantCulture, $"{(stored == 0 ? 1 : content / stored):F2}:1");

    /// <summary>A place in a file, in hexadecimal digits.</summary>
    public static string Offset(long offset) => offset.ToString("x", CultureInfo.InvariantCulture);
}
