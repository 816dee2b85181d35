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
        if (text.Length != Length)
            return false;
        for (int i = 0; i < Length; i++)
        {
            uint character = text[i];
            uint digit = character - '0' <= 9 ? character - '0' : character - 'a' <= 5 ? character - 'a' + 10 : 16;
            if (digit > 15)
                return false;
            value = (value << 4) | digit;
        }

        return true;
    }
}
