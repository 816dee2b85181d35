using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lamina.Format.Codec;

/// <summary>
/// Encodes LZ4 blocks fast. The same bytes give the same block on every machine: what is searched depends on nothing else.
/// Spec: BLK-8.
/// </summary>
/// <remarks>
/// Four positions are looked up and entered at once, since four look-ups side by side take hardly longer than one; the first match
/// is taken. With 16 bits a position the table covers a window of 64 KiB and stays in the first level of the cache. The code is
/// compiled for the processor at hand, once, when it is first called: a conversion would be half over before a profile is made.
/// </remarks>
internal static unsafe class Lz4Encoder
{
    /// <summary>Bytes that the target has room for beyond the most that is encoded; they may be overwritten.</summary>
    public const int Margin = 32;

    private const int MinMatch = 4;
    private const int LastLiterals = 5;
    private const int LengthEscape = 15;
    private const int Group = 4;
    private const int Wide = 16;
    private const int Wider = 32;

    private const int TableBits = 13;
    private const int HashShift = 64 - TableBits;
    private const int Window = 1 << 16;

    // A match begins at least this far before the end: its literals are copied in steps of Wide. The format demands 12.
    private const int MatchFindLimit = Wide;

    // Literals after which the search begins to leave positions out, ever more.
    private const int SkipShift = 7;

    // The hash is of six bytes, which keeps away short matches that cost time and save next to nothing; where there is little to
    // refer to, of fewer. A factor is shifted so that the bytes above leave no trace in the product.
    private const ulong FactorOfSix = 227718039650203UL << 16;
    private const ulong FactorOfFive = 889523592379UL << 24;
    private const ulong FactorOfFour = 2654435761UL << 32;
    private const int LongestForFive = 16 * 1024;
    private const int LongestForFour = 4 * 1024;

    /// <summary>Encodes <paramref name="source"/> as one block of at most <paramref name="most"/> bytes.</summary>
    /// <param name="source">What is encoded.</param>
    /// <param name="target">Takes <see cref="Margin"/> bytes more than <paramref name="most"/>; behind the block it holds anything.</param>
    /// <param name="most">The most bytes that the block may take.</param>
    /// <returns>Bytes of the block; zero if it would take more.</returns>
    /// <exception cref="ArgumentException">The target is too short.</exception>
    [SkipLocalsInit]
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> target, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        if (target.Length - Margin < most)
            throw new ArgumentException($"The target has {target.Length} bytes, not {Margin} more than {most}.", nameof(target));

        // SAFETY: as many entries as the hash has values, all cleared; gone when this returns.
        ushort* table = stackalloc ushort[1 << TableBits];
        new Span<ushort>(table, 1 << TableBits).Clear();
        ulong factor = source.Length switch
        {
            <= LongestForFour => FactorOfFour,
            <= LongestForFive => FactorOfFive,
            _ => FactorOfSix,
        };

        // SAFETY: pinned for the call, which reads inside the source, and writes up to the limit and Margin bytes, checked above.
        fixed (byte* from = source, to = target)
        {
            byte* written = source.Length <= Window
                ? EncodeInWindow(from, from + source.Length, to, to + most, table, factor)
                : EncodeBeyondWindow(from, from + source.Length, to, to + most, table, factor);
            return written == null ? 0 : (int)(written - to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* EncodeInWindow(byte* source, byte* end, byte* to, byte* limit, ushort* table, ulong factor) =>
        Encode(source, end, to, limit, table, factor, isBeyond: false);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte* EncodeBeyondWindow(byte* source, byte* end, byte* to, byte* limit, ushort* table, ulong factor) =>
        Encode(source, end, to, limit, table, factor, isBeyond: true);

    // One body for both. The calls in it are rare, and what they do is not inlined, to leave the registers to the rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Encode(byte* source, byte* end, byte* to, byte* limit, ushort* table, ulong factor, bool isBeyond)
    {
        // Position zero is where an empty entry leads, so the first match can be to it and not of it.
        byte* anchor = source;
        byte* at = source + 1;
        while (end - at >= MatchFindLimit + Group - 1)
        {
            uint position = (uint)(at - source);
            nuint found = Exchange(table, at, position, factor, isBeyond);
            nuint second = Exchange(table, at + 1, position + 1, factor, isBeyond);
            nuint third = Exchange(table, at + 2, position + 2, factor, isBeyond);
            nuint fourth = Exchange(table, at + 3, position + 3, factor, isBeyond);

            // SAFETY: a place is before the position that it was found for, or at it, and not before the source (Exchange).
            if (Read4(at) != Read4(isBeyond ? at - found : source + found))
            {
                at++;
                found = second;
                if (Read4(at) != Read4(isBeyond ? at - found : source + found))
                {
                    at++;
                    found = third;
                    if (Read4(at) != Read4(isBeyond ? at - found : source + found))
                    {
                        at++;
                        found = fourth;
                        if (Read4(at) != Read4(isBeyond ? at - found : source + found))
                        {
                            at += 1 + ((nuint)(at - anchor) >> SkipShift);
                            continue;
                        }
                    }
                }
            }

            // An entry a whole window ago leads to the position itself.
            if (isBeyond && found == 0)
            {
                at = source + position + Group;
                continue;
            }

            byte* match = isBeyond ? at - found : source + found;
            nuint offset = isBeyond ? found : (nuint)(at - match);
            nint literals = (nint)(at - anchor);
            byte* start = at;

            // SAFETY: a wider load ends LastLiterals or more before the end; the match is before it.
            if (end - at >= Wider + LastLiterals)
            {
                uint differs = ~Vector256.Equals(Vector256.Load(at), Vector256.Load(match)).ExtractMostSignificantBits();
                at += (nuint)(uint)BitOperations.TrailingZeroCount(differs);
                if (differs == 0)
                    at = Measure(at, offset, end - LastLiterals);
            }
            else
            {
                at = Measure(at + MinMatch, offset, end - LastLiterals);
            }

            nint length = (nint)(at - start) - MinMatch;

            // SAFETY: from three before to five behind the match's end, which is at least as far before the source's.
            table[Hash(Read8(at - 3) >> 8, factor)] = (ushort)((uint)(at - source) - 2);

            // Up to eight literals may belong to the match as well. How many is no branch: no processor can guess it.
            // SAFETY: eight bytes are before the place of the match, so before its start as well.
            if (literals > 0 && match >= source + sizeof(ulong))
            {
                nint more = BitOperations.LeadingZeroCount(Read8(start - sizeof(ulong)) ^ Read8(match - sizeof(ulong))) >> 3;
                nint over = literals - more;
                more += over & (over >> (sizeof(nint) * 8 - 1));
                literals -= more;
                length += more;
            }

            if (to > limit)
                return null;
            byte* first = anchor;
            anchor = at;
            if (literals >= LengthEscape || length >= LengthEscape + byte.MaxValue)
            {
                // No more than what is left to write takes, so that nothing is refused that has room.
                if (literals + (literals / byte.MaxValue) + (length / byte.MaxValue) > limit - to)
                    return null;

                // SAFETY: what was just compared, token, offset, first length bytes and the last step make less than Margin beyond the
                // limit; the match begins Wide or more before the end, so the last step reads inside the source.
                byte* token = to++;
                if (literals >= LengthEscape)
                    to = WriteLength(to, literals - LengthEscape);
                for (nint i = 0; i < literals; i += Wide)
                    Lz4Decoder.CopyWide(first + i, to + i);
                to += literals;
                Unsafe.WriteUnaligned(to, (ushort)offset);
                to += sizeof(ushort);
                if (length >= LengthEscape)
                    to = WriteLength(to, length - LengthEscape);
                *token = (byte)((Math.Min(literals, LengthEscape) << 4) + Math.Min(length, LengthEscape));
                continue;
            }

            // The length byte that only a long match has is written always, and counted without a branch.
            // SAFETY: at most 17 bytes, or 14 literals and four, beyond the limit; read as above.
            nint rest = length - LengthEscape;
            nint isShort = rest >> (sizeof(nint) * 8 - 1);
            *to = (byte)((literals << 4) + LengthEscape + (rest & isShort));
            Lz4Decoder.CopyWide(first, to + 1);
            to += literals + 1;
            Unsafe.WriteUnaligned(to, (ushort)offset);
            to[sizeof(ushort)] = (byte)rest;
            to += sizeof(ushort) + 1 + isShort;
        }

        return WriteLast(anchor, end, to, limit);
    }

    /// <summary>Enters a position and gives the one that was there: from the source's start, or, with <paramref name="isBeyond"/>, how
    /// far before, modulo the window, and so never before the start.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Exchange(ushort* table, byte* at, uint position, ulong factor, bool isBeyond)
    {
        // SAFETY: eight bytes are before the end (MatchFindLimit); the table has an entry for each hash.
        nuint hash = Hash(Read8(at), factor);
        nuint before = table[hash];
        table[hash] = (ushort)position;
        return isBeyond ? (ushort)(position - (uint)before) : before;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Hash(ulong bytes, ulong factor) => (nuint)((bytes * factor) >> HashShift);

    // SAFETY: the callers say why the bytes are there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Read4(byte* at) => Unsafe.ReadUnaligned<uint>(at);

    // SAFETY: the callers say why the bytes are there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read8(byte* at) => Unsafe.ReadUnaligned<ulong>(at);

    // SAFETY: the callers have room for a byte, and one for each 255 of the length.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* WriteLength(byte* to, nint rest)
    {
        for (; rest >= byte.MaxValue; rest -= byte.MaxValue)
            *to++ = byte.MaxValue;
        *to = (byte)rest;
        return to + 1;
    }

    /// <summary>Where what begins at <paramref name="at"/> ceases to be what is <paramref name="offset"/> bytes before.</summary>
    // SAFETY: reads before the limit alone, which it compares with first.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static byte* Measure(byte* at, nuint offset, byte* limit)
    {
        for (; at <= limit - Wider; at += Wider)
        {
            uint differs = ~Vector256.Equals(Vector256.Load(at), Vector256.Load(at - offset)).ExtractMostSignificantBits();
            if (differs != 0)
                return at + BitOperations.TrailingZeroCount(differs);
        }

        for (; at <= limit - sizeof(ulong); at += sizeof(ulong))
        {
            ulong differs = Read8(at) ^ Read8(at - offset);
            if (differs != 0)
                return at + (BitOperations.TrailingZeroCount(differs) >> 3);
        }

        while (at < limit && *at == *(at - offset))
            at++;
        return at;
    }

    private static byte* WriteLast(byte* anchor, byte* end, byte* to, byte* limit)
    {
        nint literals = (nint)(end - anchor);
        nint lengthBytes = (literals + byte.MaxValue - LengthEscape) / byte.MaxValue;
        if (1 + lengthBytes + literals > limit - to)
            return null;

        // SAFETY: as many bytes as were just compared.
        *to++ = (byte)(Math.Min(literals, LengthEscape) << 4);
        if (literals >= LengthEscape)
            to = WriteLength(to, literals - LengthEscape);
        Unsafe.CopyBlockUnaligned(to, anchor, (uint)literals);
        return to + literals;
    }
}
