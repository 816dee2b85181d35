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
            byte character = StringKernel.Unescape(text[1]);
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

            int digit = text[i] switch
            {
                >= (byte)'0' and <= (byte)'9' => text[i] - '0',
                >= (byte)'a' and <= (byte)'f' => text[i] - 'a' + 10,
                >= (byte)'A' and <= (byte)'F' => text[i] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
                return EscapeStatus.Invalid;
            value = (value << 4) | digit;
        }

        return EscapeStatus.Done;
    }
}
