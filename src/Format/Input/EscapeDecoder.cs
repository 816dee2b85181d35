using System.Text;

namespace Lamina.Format.Input;

/// <summary>Decodes one escape of a JSON string; two that are a surrogate pair count as one.</summary>
internal static class EscapeDecoder
{
    /// <summary>The longest escape, a surrogate pair.</summary>
    public const int MaxLength = 12;

    /// <summary>The most bytes of UTF-8 that an escape makes.</summary>
    public const int MaxDecodedLength = 4;

    private const int UnitLength = 6;

    /// <summary>The value of a hexadecimal digit; 255 of any other byte.</summary>
    private static ReadOnlySpan<byte> HexDigits =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 255, 255, 255, 255, 255,
        255, 10, 11, 12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 10, 11, 12, 13, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    /// <summary>
    /// Decodes escapes of four digits that follow each other, or have one plain character between them, as in text that is
    /// written without a character beyond ASCII. Leaves halves of surrogate pairs, and what is wrong, to <see cref="Decode"/>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin in it; moved behind the last escape.</param>
    /// <param name="target">Takes the UTF-8, as far as there is room.</param>
    /// <param name="to">Where to begin in it; moved behind the last byte.</param>
    /// <returns>Whether there was one.</returns>
    public static bool DecodeRun(ReadOnlySpan<byte> text, ref int from, Span<byte> target, ref int to)
    {
        int i = from;
        int o = to;
        while (text.Length - i > UnitLength && target.Length - o > MaxDecodedLength)
        {
            ReadOnlySpan<byte> unit = text.Slice(i, UnitLength + 1);
            if (unit[0] != '\\')
            {
                if (unit[1] != '\\' || unit[0] is < 0x20 or (byte)'"' or >= 0x80)
                    break;
                target[o++] = unit[0];
                i++;
                continue;
            }

            (int a, int b, int c, int d) = (HexDigits[unit[2]], HexDigits[unit[3]], HexDigits[unit[4]], HexDigits[unit[5]]);
            int value = (a << 12) | (b << 8) | (c << 4) | d;
            if (unit[1] != 'u' || (a | b | c | d) > 0xF || (value & 0xF800) == 0xD800)
                break;

            Span<byte> room = target.Slice(o, 3);
            if (value < 0x80)
            {
                room[0] = (byte)value;
                o++;
            }
            else if (value < 0x800)
            {
                room[0] = (byte)(0xC0 | (value >> 6));
                room[1] = (byte)(0x80 | (value & 0x3F));
                o += 2;
            }
            else
            {
                room[0] = (byte)(0xE0 | (value >> 12));
                room[1] = (byte)(0x80 | ((value >> 6) & 0x3F));
                room[2] = (byte)(0x80 | (value & 0x3F));
                o += 3;
            }

            i += UnitLength;
        }

        bool isAny = i > from;
        from = i;
        to = o;
        return isAny;
    }

    /// <summary>Decodes the escape that <paramref name="text"/> begins with.</summary>
    /// <param name="text">At least the backslash.</param>
    /// <param name="target">Takes the character's UTF-8; at least <see cref="MaxDecodedLength"/> bytes.</param>
    /// <param name="length">Gets the escape's length, if it is a character or half of one.</param>
    /// <param name="written">Gets the character's bytes.</param>
    public static EscapeStatus Decode(ReadOnlySpan<byte> text, Span<byte> target, out int length, out int written)
    {
        length = written = 0;
        if (text.Length < 2)
            return EscapeStatus.NeedMore;

        if (text[1] != 'u')
        {
            byte character = StringKernel.Escapes[text[1]];
            if (character == 0)
                return EscapeStatus.Invalid;
            target[0] = character;
            length = 2;
            written = 1;
            return EscapeStatus.Done;
        }

        EscapeStatus status = ReadUnit(text, out int first);
        if (status != EscapeStatus.Done)
            return status;

        length = UnitLength;
        if (first is < 0xD800 or > 0xDFFF)
        {
            written = new Rune(first).EncodeToUtf8(target);
            return EscapeStatus.Done;
        }

        if (first >= 0xDC00)
            return EscapeStatus.LoneSurrogate;

        // The first half stands alone as soon as what follows cannot be the second.
        ReadOnlySpan<byte> rest = text[UnitLength..];
        if (rest.IsEmpty)
            return EscapeStatus.NeedMore;
        if (rest[0] != '\\')
            return EscapeStatus.LoneSurrogate;
        if (rest.Length == 1)
            return EscapeStatus.NeedMore;
        if (rest[1] != 'u')
            return EscapeStatus.LoneSurrogate;
        status = ReadUnit(rest, out int second);
        if (status == EscapeStatus.NeedMore)
            return EscapeStatus.NeedMore;
        if (status == EscapeStatus.Invalid || second is < 0xDC00 or > 0xDFFF)
            return EscapeStatus.LoneSurrogate;

        length = MaxLength;
        written = new Rune((char)first, (char)second).EncodeToUtf8(target);
        return EscapeStatus.Done;
    }

    /// <summary>Reads <c>\uXXXX</c>, whose first two bytes are known to be there.</summary>
    private static EscapeStatus ReadUnit(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        for (int i = 2; i < UnitLength; i++)
        {
            if (i == text.Length)
                return EscapeStatus.NeedMore;

            int digit = HexDigits[text[i]];
            if (digit > 0xF)
                return EscapeStatus.Invalid;
            value = (value << 4) | digit;
        }

        return EscapeStatus.Done;
    }
}
