namespace Lamina.Format;

/// <summary>Sixteen hexadecimal digits in lower case, as the format writes checksums.</summary>
internal static class LowerHex
{
    /// <summary>Digits of a number.</summary>
    public const int Length = 16;

    /// <summary>Reads exactly sixteen digits, the most significant first.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        return text.Length == Length && TryParse(text, 0, out value);
    }

    /// <summary>Reads the sixteen digits from <paramref name="start"/>, which are there.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int start, out ulong value)
    {
        value = 0;
        for (int i = 0; i < Length; i++)
        {
            uint character = text[start + i];
            uint digit = character - '0' <= 9 ? character - '0' : character - 'a' <= 5 ? character - 'a' + 10 : 16;
            if (digit > 15)
                return false;
            value = (value << 4) | digit;
        }

        return true;
    }
}
