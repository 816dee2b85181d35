namespace Lamina.Format;

/// <summary>
/// 128 bits of a digest or fingerprint. Two numbers and not a <see cref="UInt128"/>: whatever has one as a field or parameter
/// cannot be compiled before it is run, since how a processor's convention passes it is not settled.
/// </summary>
/// <param name="Upper">The more significant half.</param>
/// <param name="Lower">The less significant half.</param>
internal readonly record struct Digest128(ulong Upper, ulong Lower)
{
    /// <summary>Hexadecimal digits of the text form.</summary>
    public const int TextLength = 32;

    public bool Equals(Digest128 other) => Upper == other.Upper && Lower == other.Lower;

    public override int GetHashCode() => HashCode.Combine(Upper, Lower);

    public static Digest128 From(UInt128 number) => new((ulong)(number >> 64), (ulong)number);

    /// <summary>Reads the first 16 of <paramref name="bytes"/>, the first of them the most significant.</summary>
    public static Digest128 ReadBigEndian(ReadOnlySpan<byte> bytes) =>
        new(ReadBigEndian(bytes, 0), ReadBigEndian(bytes, sizeof(ulong)));

    // A loop: what the framework has for it loads an assembly more.
    private static ulong ReadBigEndian(ReadOnlySpan<byte> bytes, int offset)
    {
        ulong number = 0;
        for (int i = 0; i < sizeof(ulong); i++)
            number = (number << 8) | bytes[offset + i];
        return number;
    }

    public UInt128 ToUInt128() => new(Upper, Lower);

    /// <summary>The text form: 32 hexadecimal digits in lower case, the most significant first. Spec: CHK-5.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Upper:x16}{Lower:x16}");

    /// <summary>Reads exactly the text form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Digest128 digest)
    {
        Span<byte> ascii = stackalloc byte[TextLength];
        digest = default;
        if (text.Length != TextLength)
            return false;
        for (int i = 0; i < TextLength; i++)
            ascii[i] = text[i] <= 'f' ? (byte)text[i] : (byte)0;
        return TryParse(ascii, out digest);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Digest128)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out Digest128 digest)
    {
        digest = default;
        if (text.Length != TextLength
            || !LowerHex.TryParse(text, 0, out ulong upper)
            || !LowerHex.TryParse(text, LowerHex.Length, out ulong lower))
        {
            return false;
        }

        digest = new Digest128(upper, lower);
        return true;
    }
}
