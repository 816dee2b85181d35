using System.Runtime.CompilerServices;

namespace Lamina.Format.Codec;

/// <summary>Decodes LZ4 blocks whose matches may reach into a dictionary that is elsewhere in memory. Spec: BLK-8, BLK-9.</summary>
/// <remarks>
/// <see cref="Lz4Decoder"/> would need a copy of the dictionary right before its target. Here where a match comes from is computed
/// and not branched on, since no processor can guess it; where there is no dictionary, that makes it the slower one.
/// </remarks>
internal static unsafe class DictionaryDecoder
{
    private const int MinMatch = 4;
    private const int LengthEscape = 15;

    // What is copied at once; a match without a length byte takes one of them and two bytes.
    private const int Step = 16;
    private const int LongestShortMatch = LengthEscape - 1 + MinMatch;

    // What the loop for usual sequences may read, from a token on, and write without looking further.
    private const int ReadAhead = 1 + Step + sizeof(ushort);
    private const int WriteAhead = LengthEscape - 1 + LongestShortMatch;

    /// <summary>Decodes all of <paramref name="stored"/> into the whole of <paramref name="target"/>.</summary>
    /// <returns>Whether it is a block of exactly that length; if not, the target holds what it held, in part overwritten.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> dictionary, Span<byte> target)
    {
        // SAFETY: pinned for the call; Decode reads and writes inside the three spans alone.
        fixed (byte* from = stored, reach = dictionary, to = target)
            return Decode(from, from + stored.Length, reach + dictionary.Length, dictionary.Length, to, to + target.Length);
    }

    private static bool Decode(byte* input, byte* inputEnd, byte* dictionaryEnd, nint dictionaryLength, byte* target, byte* targetEnd)
    {
        byte* output = target;

        // From where a match would begin if the dictionary stood before the target to where it begins.
        nint shift = (nint)dictionaryEnd - (nint)target;
        while (true)
        {
            while (inputEnd - input >= ReadAhead && targetEnd - output >= WriteAhead)
            {
                nuint token = *input;
                nuint literals = token >> 4;
                nuint match = token & LengthEscape;
                if (literals == LengthEscape)
                    break;

                // SAFETY: ReadAhead and WriteAhead bytes are there: 14 literals at most, copied as 16 bytes, and an offset.
                Lz4Decoder.CopyWide(input + 1, output);
                byte* start = output + literals;
                byte* next = input + 1 + literals + sizeof(ushort);
                nint offset = Unsafe.ReadUnaligned<ushort>(next - sizeof(ushort));

                // Negative for a match that begins in the dictionary, that many bytes before its end.
                nint place = (nint)(start - target) - offset;
                nint inDictionary = place >> (sizeof(nint) * 8 - 1);
                byte* from = target + place + (inDictionary & shift);
                nint reach = offset - (inDictionary & (nint)(start - target));
                if (place < -dictionaryLength)
                    return false;
                if (match != LengthEscape)
                {
                    // An offset of zero reaches nothing, so it comes to the slow way as well.
                    if (reach < LongestShortMatch)
                        break;

                    // SAFETY: as many bytes may be written (WriteAhead); in the dictionary as many are there up to its end
                    // (reach), in the target they are written already, or by the first of the two copies.
                    Lz4Decoder.CopyWide(from, start);
                    Unsafe.WriteUnaligned(start + Step, Unsafe.ReadUnaligned<ushort>(from + Step));
                    output = start + match + MinMatch;
                    input = next;
                    continue;
                }

                byte* lengthEnd = next;
                nuint length = match + MinMatch;
                if (!Lz4Decoder.TryExtend(ref lengthEnd, inputEnd, (nuint)(targetEnd - start), ref length))
                    return false;
                nint whole = (nint)length + Step - 1;
                if (reach < Step || whole > targetEnd - start || (inDictionary != 0 && whole > reach))
                    break;

                // SAFETY: whole steps end inside the target, and inside the dictionary if the match is in it (whole); in the
                // target each step reads what is Step bytes or more behind, and so written.
                output = start + length;
                for (; start < output; start += Step, from += Step)
                    Lz4Decoder.CopyWide(from, start);
                input = lengthEnd;
            }

            // Copies, since what a reference is taken of does not stay in a register: input and output must.
            byte* one = input;
            byte* written = output;
            if (!TryDecodeOne(ref one, inputEnd, dictionaryEnd, dictionaryLength, target, ref written, targetEnd))
                return false;
            input = one;
            output = written;
            if (input == inputEnd)
                return output == targetEnd;
        }
    }

    /// <summary>Decodes one sequence of any kind, which is there to its last byte or refused.</summary>
    /// <remarks>At the end of the input the block is whole: a match is never the last thing in it.</remarks>
    private static bool TryDecodeOne(
        ref byte* input, byte* inputEnd, byte* dictionaryEnd, nint dictionaryLength, byte* target, ref byte* output, byte* targetEnd)
    {
        if (input == inputEnd)
            return false;

        // SAFETY: before the end, as was just compared.
        nuint token = *input++;
        nuint literals = token >> 4;
        if (literals == LengthEscape && !Lz4Decoder.TryExtend(ref input, inputEnd, (nuint)(targetEnd - output), ref literals))
            return false;
        if ((nint)literals > inputEnd - input || (nint)literals > targetEnd - output)
            return false;

        // SAFETY: as many bytes are there and may be written, as was just compared.
        Unsafe.CopyBlockUnaligned(output, input, (uint)literals);
        input += literals;
        output += literals;
        if (input == inputEnd)
            return true;

        if (inputEnd - input < sizeof(ushort))
            return false;
        nint offset = Unsafe.ReadUnaligned<ushort>(input);
        input += sizeof(ushort);
        nuint match = (token & LengthEscape) + MinMatch;
        if (match == LengthEscape + MinMatch && !Lz4Decoder.TryExtend(ref input, inputEnd, (nuint)(targetEnd - output), ref match))
            return false;
        nint behind = offset - (nint)(output - target);
        if (offset == 0 || behind > dictionaryLength || (nint)match > targetEnd - output || input == inputEnd)
            return false;

        // SAFETY: the match fits in the target; what of it is in the dictionary begins and ends there, and the rest begins in
        // what is written.
        byte* end = output + match;
        for (; behind > 0 && output < end; behind--)
            *output++ = *(dictionaryEnd - behind);
        for (; output < end; output++)
            *output = *(output - offset);
        return true;
    }
}
