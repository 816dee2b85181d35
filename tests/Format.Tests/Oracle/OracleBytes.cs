namespace Lamina.Format.Tests.Oracle;

/// <summary>Little-endian numbers, one byte after the other (GEN-1, GEN-2), and what else chapter 1 defines.</summary>
internal static class OracleBytes
{
    public static ulong Get(byte[] bytes, long offset, int size)
    {
        ulong value = 0;
        for (int i = 0; i < size; i++)
            value |= (ulong)bytes[offset + i] << (8 * i);
        return value;
    }

    public static void Set(byte[] bytes, long offset, int size, ulong value)
    {
        for (int i = 0; i < size; i++)
            bytes[offset + i] = (byte)(value >> (8 * i));
    }

    public static void Add(List<byte> bytes, int size, ulong value)
    {
        for (int i = 0; i < size; i++)
            bytes.Add((byte)(value >> (8 * i)));
    }

    public static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);

    public static double Double(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    /// <summary>GEN-6.</summary>
    public static ulong Align(ulong x, ulong a) => (x + a - 1) / a * a;

    /// <summary>The order of strings (chapter 6): unsigned bytes, a prefix first.</summary>
    public static int Compare(byte[] a, byte[] b)
    {
        for (int i = 0; i < a.Length && i < b.Length; i++)
        {
            if (a[i] != b[i])
                return a[i] < b[i] ? -1 : 1;
        }

        return a.Length.CompareTo(b.Length);
    }

    /// <summary>STR-1: the place of the first byte that table 3-7 of Unicode 15 does not allow there, or -1.</summary>
    public static int InvalidUtf8(byte[] text)
    {
        int i = 0;
        while (i < text.Length)
        {
            (int length, byte low, byte high) = text[i] switch
            {
                <= 0x7F => (1, (byte)0, (byte)0),
                >= 0xC2 and <= 0xDF => (2, (byte)0x80, (byte)0xBF),
                0xE0 => (3, (byte)0xA0, (byte)0xBF),
                0xED => (3, (byte)0x80, (byte)0x9F),
                >= 0xE1 and <= 0xEF => (3, (byte)0x80, (byte)0xBF),
                0xF0 => (4, (byte)0x90, (byte)0xBF),
                >= 0xF1 and <= 0xF3 => (4, (byte)0x80, (byte)0xBF),
                0xF4 => (4, (byte)0x80, (byte)0x8F),
                _ => (0, (byte)0, (byte)0),
            };
            if (length == 0)
                return i;
            for (int k = 1; k < length; k++)
            {
                if (i + k >= text.Length || text[i + k] < (k == 1 ? low : 0x80) || text[i + k] > (k == 1 ? high : 0xBF))
                    return i;
            }

            i += length;
        }

        return -1;
    }
}
