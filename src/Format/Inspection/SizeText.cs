using System.Globalization;

namespace Lamina.Format.Inspection;

/// <summary>Sizes and counts as people read them; the command compiles this file too.</summary>
internal static class SizeText
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
}
