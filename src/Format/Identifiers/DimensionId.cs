using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Lamina;

/// <summary>
/// The number of a dimension, 1 to 65,535. Its text form is <c>D</c> and at least two digits: <c>D01</c>, <c>D14</c>, <c>D1024</c>.
/// </summary>
/// <remarks>
/// Two bytes, immutable, safe to share between threads. <c>default(DimensionId)</c> is no dimension: it has the value zero,
/// compares below every dimension, prints as <c>D00</c>, and no data set contains it. Spec: ID-1.
/// </remarks>
[JsonConverter(typeof(DimensionIdJsonConverter))]
public readonly record struct DimensionId
    : IComparable<DimensionId>, ISpanFormattable, IUtf8SpanFormattable, ISpanParsable<DimensionId>
{
    /// <summary>The longest text form, <c>D65535</c>, in characters and in UTF-8 bytes.</summary>
    internal const int MaxTextLength = 6;

    /// <summary>Names the dimension with number <paramref name="value"/>.</summary>
    /// <param name="value">1 to 65,535.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is zero.</exception>
    public DimensionId(ushort value)
    {
        if (value == 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A dimension's number is 1 to 65535.");
        Value = value;
    }

    /// <summary>The number, 1 to 65,535; zero only in <c>default</c>.</summary>
    public ushort Value { get; private init; }

    /// <summary>The dimension with a number that was one's already, or <c>default</c>.</summary>
    internal static DimensionId OfValue(ushort value) => new() { Value = value };

    /// <summary>Whether both have the same number.</summary>
    // Written out, here and in a layer's identifier: what the compiler makes of it takes a comparer that a first read would wait for.
    public bool Equals(DimensionId other) => Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value;

    /// <inheritdoc/>
    public int CompareTo(DimensionId other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> has the smaller number.</summary>
    public static bool operator <(DimensionId left, DimensionId right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> has the larger number.</summary>
    public static bool operator >(DimensionId left, DimensionId right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> has the smaller number or both have the same.</summary>
    public static bool operator <=(DimensionId left, DimensionId right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> has the larger number or both have the same.</summary>
    public static bool operator >=(DimensionId left, DimensionId right) => left.Value >= right.Value;

    /// <summary>The text form, <c>D01</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"D{Value:D2}");

    /// <summary>The text form, <c>D01</c>; the arguments are not used.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"D{Value:D2}", out charsWritten);

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Utf8.TryWrite(utf8Destination, CultureInfo.InvariantCulture, $"D{Value:D2}", out bytesWritten);

    /// <summary>Reads a text form such as <c>D01</c>; leading zeros may be there or not.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is not <c>D</c> followed by 1 to 65,535.</exception>
    public static DimensionId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out DimensionId result)
            ? result
            : throw new FormatException($"'{s}' is not a dimension; write D and its number, 1 to 65535, such as D01.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    /// <exception cref="ArgumentNullException"><paramref name="s"/> is null.</exception>
    public static DimensionId Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <summary>Reads a text form such as <c>D01</c>; false if <paramref name="s"/> is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out DimensionId result)
    {
        if (s is ['D' or 'd', _, ..]
            && ushort.TryParse(s[1..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort value) && value != 0)
        {
            result = new DimensionId(value);
            return true;
        }

        result = default;
        return false;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, IFormatProvider?, out DimensionId)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DimensionId result) =>
        TryParse(s.AsSpan(), provider, out result);
}
