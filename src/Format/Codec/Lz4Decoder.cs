using System.Runtime.CompilerServices;

namespace Lamina.Format.Codec;

/// <summary>
/// Decodes LZ4 blocks, and refuses exactly what <see cref="SequenceChecker"/> finds fault with. Compiled with this library before it
/// runs, which a package of intermediate code is not. Spec: BLK-8, BLK-9.
/// </summary>
/// <remarks>
/// Short runs, which most are, are copied with stores of fixed width that may pass their end; the next run overwrites what is too
/// much. So they need some room behind them, and where there is less, runs are copied as they are.
/// </remarks>
internal static unsafe class Lz4Decoder
{
    private const int MinMatch = 4;
    private const uint LengthEscape = 15;
    private const int Wide = 16;

    // The longest match without more bytes of length: 14 and 4.
    private const int ShortMatch = 18;

    // Room that a short sequence takes: the literals' store and the offset; 14 literals and the match.
    private const int ShortSource = Wide + sizeof(ushort);
    private const int ShortTarget = 14 + ShortMatch;

    /// <summary>Decodes <paramref name="stored"/> into the whole of <paramref name="target"/>.</summary>
    /// <returns>False if the block breaks a rule; the target then holds anything.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> stored, Span<byte> target)
    {
        fixed (byte* from = stored, low = target)
            return TryDecode(from, from + stored.Length, low, low + target.Length);
    }

    /// <summary>Copies 16 bytes, all read before any is written. Not as a vector, the methods of which are not compiled ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyWide(byte* from, byte* to)
    {
        // SAFETY: the caller has room for 16 bytes on both sides.
        ulong first = Unsafe.ReadUnaligned<ulong>(from);
        ulong second = Unsafe.ReadUnaligned<ulong>(from + sizeof(ulong));
        Unsafe.WriteUnaligned(to, first);
        Unsafe.WriteUnaligned(to + sizeof(ulong), second);
    }

    // SAFETY: every run is compared with what remains of the source, of the target and of what a match may refer to before
    // it is copied; a store or load that passes a run's end has the room that the constants above tell.
    private static bool TryDecode(byte* from, byte* fromEnd, byte* low, byte* toEnd)
    {
        byte* to = low;
        while (from < fromEnd)
        {
            uint token = *from++;
            nuint literals = token >> 4;
            nuint match = token & LengthEscape;
            nuint offset;
            if (literals != LengthEscape && fromEnd - from >= ShortSource && toEnd - to >= ShortTarget)
            {
                CopyWide(from, to);
                from += literals;
                to += literals;
                offset = Unsafe.ReadUnaligned<ushort>(from);
                from += sizeof(ushort);
                if (match != LengthEscape && offset >= sizeof(ulong) && offset <= (nuint)(to - low))
                {
                    byte* source = to - offset;
                    Unsafe.WriteUnaligned(to, Unsafe.ReadUnaligned<ulong>(source));
                    Unsafe.WriteUnaligned(to + 8, Unsafe.ReadUnaligned<ulong>(source + 8));
                    Unsafe.WriteUnaligned(to + 16, Unsafe.ReadUnaligned<ushort>(source + 16));
                    to += match + MinMatch;
                    continue;
                }
            }
            else
            {
                if (literals == LengthEscape && !TryExtend(ref from, fromEnd, (nuint)(toEnd - to), ref literals))
                    return false;
                if (literals > (nuint)(fromEnd - from) || literals > (nuint)(toEnd - to))
                    return false;
                Buffer.MemoryCopy(from, to, literals, literals);
                from += literals;
                to += literals;
                if (from == fromEnd)
                    return to == toEnd;
                if (fromEnd - from < sizeof(ushort))
                    return false;
                offset = Unsafe.ReadUnaligned<ushort>(from);
                from += sizeof(ushort);
            }

            if (match == LengthEscape && !TryExtend(ref from, fromEnd, (nuint)(toEnd - to), ref match))
                return false;
            match += MinMatch;
            if (offset == 0 || offset > (nuint)(to - low) || match > (nuint)(toEnd - to))
                return false;
            to = CopyMatch(to, offset, match, toEnd);
        }

        return false;
    }

    /// <summary>Copies what begins <paramref name="offset"/> bytes before, and may end in what is copied.</summary>
    private static byte* CopyMatch(byte* to, nuint offset, nuint length, byte* toEnd)
    {
        byte* source = to - offset;
        byte* end = to + length;

        // Up to here a wide store ends in the target.
        byte* wideEnd = (nuint)(toEnd - to) < length + Wide ? toEnd - Wide : end;
        if (offset >= Wide)
        {
            for (; to < wideEnd; to += Wide, source += Wide)
                CopyWide(source, to);
        }
        else if (to < wideEnd)
        {
            if (offset < sizeof(ulong))
            {
                // What is repeated is shorter than a store: after the first one, a multiple of it is not.
                for (int i = 0; i < sizeof(ulong); i++)
                    to[i] = source[i];
                to += sizeof(ulong);
                source = to - ((sizeof(ulong) + offset - 1) / offset * offset);
            }

            for (; to < wideEnd; to += sizeof(ulong), source += sizeof(ulong))
                Unsafe.WriteUnaligned(to, Unsafe.ReadUnaligned<ulong>(source));
        }

        while (to < end)
            *to++ = *source++;
        return end;
    }

    /// <summary>Adds the bytes that go on with a length of <see cref="LengthEscape"/>.</summary>
    /// <param name="from">Where they begin; moved behind them.</param>
    /// <param name="fromEnd">The block's end.</param>
    /// <param name="most">What there is room for: a length beyond it is refused before its sum can pass what a number holds.</param>
    /// <param name="length">What they are added to.</param>
    /// <returns>False if the block ends within them, or the length has no room.</returns>
    public static bool TryExtend(ref byte* from, byte* fromEnd, nuint most, ref nuint length)
    {
        byte more;
        do
        {
            if (from >= fromEnd || length > most)
                return false;

            // SAFETY: before the end, as was just compared.
            more = *from++;
            length += more;
        }
        while (more == byte.MaxValue);
        return true;
    }
}
