using System.Buffers.Binary;

namespace Lamina.Format.Codec;

/// <summary>Looks at the sequences of an LZ4 block without decoding it. Spec: BLK-8, BLK-9.</summary>
internal static class SequenceChecker
{
    private const int MinMatch = 4;
    private const int LengthEscape = 15;

    /// <summary>Where the first sequence that breaks a rule begins, in bytes from the start of the block; -1 if none does.</summary>
    /// <param name="stored">The LZ4 block.</param>
    /// <param name="decodedLength">The bytes it must decode to.</param>
    /// <param name="dictionaryLength">The bytes that stand before it.</param>
    public static int FindFault(ReadOnlySpan<byte> stored, int decodedLength, int dictionaryLength)
    {
        int at = 0;
        int written = 0;
        while (true)
        {
            int sequence = at;
            if (at >= stored.Length)
                return sequence;
            int token = stored[at++];
            if (!TryReadLength(stored, ref at, token >> 4, decodedLength - written, out int literals)
                || literals > stored.Length - at)
            {
                return sequence;
            }

            at += literals;
            written += literals;
            if (at == stored.Length)
                return written == decodedLength ? -1 : sequence;

            if (stored.Length - at < sizeof(ushort))
                return sequence;
            int offset = BinaryPrimitives.ReadUInt16LittleEndian(stored[at..]);
            at += sizeof(ushort);
            if (offset == 0 || offset > written + dictionaryLength)
                return sequence;
            if (!TryReadLength(stored, ref at, token & LengthEscape, decodedLength - written - MinMatch, out int match))
                return sequence;
            written += match + MinMatch;
        }
    }

    private static bool TryReadLength(ReadOnlySpan<byte> stored, ref int at, int length, int most, out int total)
    {
        total = length;
        if (length == LengthEscape)
        {
            byte more;
            do
            {
                if (at >= stored.Length || total > most)
                    return false;
                more = stored[at++];
                total += more;
            }
            while (more == byte.MaxValue);
        }

        return total <= most;
    }
}
