using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Lamina;

/// <summary>A layer of a dimension: the dimension and the layer's number in it. Its text form is <c>D01:L3</c>.</summary>
/// <remarks>
/// Eight bytes, immutable, safe to share between threads; ordered by dimension, then number. Layer numbers begin where
/// the author lets them begin, usually at zero, and need not be dense. Spec: ID-2.
/// </remarks>
/// <param name="Dimension">The dimension.</param>
/// <param name="Number">The layer's number in the dimension, 0 to 4,294,967,295.</param>
[JsonConverter(typeof(LayerIdJsonConverter))]
public readonly record struct LayerId(DimensionId Dimension, uint Number)
    : IComparable<LayerId>, ISpanFormattable, IUtf8SpanFormattable, ISpanParsable<LayerId>
{
    // One number, and not two fields, for readers: a subtraction tells them a layer's index, and that it is of the dimension.
    private readonly ulong _value = Pack(Dimension.Value, Number);

    /// <summary>The longest text form, <c>D65535:L4294967295</c>, in characters and in UTF-8 bytes.</summary>
    internal const int MaxTextLength = DimensionId.MaxTextLength + 12;

    /// <summary>Names the layer <paramref name="number"/> of the dimension with number <paramref name="dimension"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dimension"/> is zero.</exception>
    public LayerId(ushort dimension, uint number)
        : this(new DimensionId(dimension), number)
    {
    }

    /// <summary>The dimension.</summary>
    public DimensionId Dimension
    {
        get => DimensionId.OfValue((ushort)(_value >> 32));
        init => _value = Pack(value.Value, (uint)_value);
    }

    /// <summary>The layer's number in the dimension, 0 to 4,294,967,295.</summary>
    public uint Number
    {
        get => (uint)_value;
        init => _value = Pack((ushort)(_value >> 32), value);
    }

    /// <summary>The dimension's number in the upper half, the layer's in the lower.</summary>
    internal ulong Value => _value;

    /// <summary>Whether both have the same dimension and number.</summary>
    public bool Equals(LayerId other) => _value == other._value;

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked(((int)(_value >> 32) * -1521134295) + (int)_value);

    /// <inheritdoc/>
    public int CompareTo(LayerId other) => _value.CompareTo(other._value);

    /// <summary><see cref="Value"/> of a dimension's number and a layer's.</summary>
    internal static ulong Pack(uint dimension, uint number) => ((ulong)dimension << 32) | number;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(LayerId left, LayerId right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(LayerId left, LayerId right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/> or is the same.</summary>
    public static bool operator <=(LayerId left, LayerId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/> or is the same.</summary>
    public static bool operator >=(LayerId left, LayerId right) => left.CompareTo(right) >= 0;

    /// <summary>The text form, <c>D01:L3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Dimension}:L{Number}");

    /// <summary>The text form, <c>D01:L3</c>; the arguments are not used.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"{Dimension}:L{Number}", out charsWritten);

    /// <inheritdoc/>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null) =>
        Utf8.TryWrite(utf8Destination, CultureInfo.InvariantCulture, $"{Dimension}:L{Number}", out bytesWritten);

    /// <summary>Reads a text form such as <c>D01:L3</c>.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is not a dimension, <c>:L</c> and a number.</exception>
    public static LayerId Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out LayerId result)
            ? result
            : throw new FormatException($"'{s}' is not a layer; write its dimension and its number, such as D01:L3.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    /// <exception cref="ArgumentNullException"><paramref name="s"/> is null.</exception>
    public static LayerId Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <summary>Reads a text form such as <c>D01:L3</c>; false if <paramref name="s"/> is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out LayerId result)
    {
        int colon = s.IndexOf(':');
        if (colon > 0 && s[(colon + 1)..] is ['L' or 'l', _, ..] number
            && DimensionId.TryParse(s[..colon], provider, out DimensionId dimension)
            && uint.TryParse(number[1..], NumberStyles.None, CultureInfo.InvariantCulture, out uint value))
        {
            result = new LayerId(dimension, value);
            return true;
        }

        result = default;
        return false;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, IFormatProvider?, out LayerId)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LayerId result) =>
        TryParse(s.AsSpan(), provider, out result);
}
