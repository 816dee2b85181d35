using System.Globalization;

namespace Lamina.Cli.Output;

/// <summary>Sizes as people write them.</summary>
internal static class ByteSize
{
    /// <summary>The shortest form that <see cref="TryParse"/> reads: <c>64K</c>, <c>1M</c>, <c>4097</c>.</summary>
    public static string Short(int bytes) =>
        bytes >= 1 << 20 && bytes % (1 << 20) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20}M")
        : bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{bytes >> 10}K")
        : bytes.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads <c>65536</c>, <c>64K</c>, <c>64KiB</c> or <c>1M</c>; K and M are 1,024 and 1,048,576.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out int bytes)
    {
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> unit = digits < 0 ? [] : text[digits..];
        int factor = unit switch
        {
            "" => 1,
            _ when Is(unit, "K") || Is(unit, "KB") || Is(unit, "KiB") => 1024,
            _ when Is(unit, "M") || Is(unit, "MB") || Is(unit, "MiB") => 1024 * 1024,
            _ => 0,
        };
        bytes = 0;
        if (factor == 0 || !int.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            return false;
        if (value > int.MaxValue / factor)
            return false;
        bytes = value * factor;
        return true;

        static bool Is(ReadOnlySpan<char> unit, string name) => unit.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
