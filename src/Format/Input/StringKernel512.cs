using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Lamina.Format.Input;

/// <summary>
/// <see cref="StringKernel"/> where the processor can drop bytes out of a vector: a block takes the same few instructions
/// however many escapes it has.
/// </summary>
internal static class StringKernel512
{
    private const ulong OddBits = 0xAAAA_AAAA_AAAA_AAAA;

    public static bool IsSupported => Avx512Vbmi2.IsSupported && Avx512Vbmi.IsSupported && Vector512.IsHardwareAccelerated;

    /// <inheritdoc cref="StringKernel.CopyBlocks"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool CopyBlocks(ReadOnlySpan<byte> source, ref int from, Span<byte> target, ref int to, ref bool nonAscii)
    {
        Vector512<byte> lowEscapes = Vector512.Create(StringKernel.Escapes[..64]);
        Vector512<byte> highEscapes = Vector512.Create(StringKernel.Escapes[64..128]);
        Vector512<byte> seen = Vector512<byte>.Zero;
        bool isJudged = false;
        int i = from;
        int o = to;
        while (source.Length - i >= StringKernel.Slack && target.Length - o >= StringKernel.Slack)
        {
            Vector512<byte> bytes = Vector512.Create(source.Slice(i, StringKernel.Block));
            seen |= bytes;
            ulong backslashes = Vector512.Equals(bytes, Vector512.Create((byte)'\\')).ExtractMostSignificantBits();
            ulong ends = (Vector512.Equals(bytes, Vector512.Create((byte)'"'))
                | Vector512.LessThan(bytes, Vector512.Create((byte)0x20))).ExtractMostSignificantBits();

            // No escape before the first end, if there is one: the bytes are as they are.
            if ((backslashes & (ends ^ (ends - 1))) == 0)
            {
                bytes.CopyTo(target[o..]);
                int length = BitOperations.TrailingZeroCount(ends);
                i += length;
                o += length;
                if (ends == 0)
                    continue;
                isJudged = true;
                break;
            }

            // In a run of backslashes every second one is escaped; subtracting the run from the bits behind it carries to
            // its end, and the parity of the place tells which is which.
            ulong pairs = (((backslashes << 1) | OddBits) - backslashes) ^ OddBits;
            ulong escapes = pairs & backslashes;
            ulong escaped = pairs ^ backslashes;

            Vector512<byte> characters = Avx512Vbmi.PermuteVar64x8x2(lowEscapes, bytes, highEscapes);
            ulong wrong = (Vector512.Equals(characters, Vector512<byte>.Zero).ExtractMostSignificantBits()
                | bytes.ExtractMostSignificantBits()) & escaped;

            // An escape that the block's end cuts is left for the next block.
            ulong stops = (ends & ~escaped) | (wrong >> 1) | (escapes & (1UL << 63));
            ulong kept = ~escapes & (stops ^ (stops - 1)) & ~stops;
            Vector512<byte> text = Vector512.ConditionalSelect(ToVector(escaped), characters, bytes);
            Avx512Vbmi2.Compress(Vector512<byte>.Zero, ToVector(kept), text).CopyTo(target[o..]);
            o += BitOperations.PopCount(kept);
            i += BitOperations.TrailingZeroCount(stops);
            if ((stops & ~(1UL << 63)) != 0 || (stops != 0 && (escapes >> 63) == 0))
            {
                isJudged = true;
                break;
            }
        }

        from = i;
        to = o;
        nonAscii |= seen.ExtractMostSignificantBits() != 0;
        return isJudged;
    }

    /// <summary>A byte of ones for each bit.</summary>
    // Asked for, since where there is no profile the compiler calls it, twice for each block and in its first, slow form.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> ToVector(ulong bits)
    {
        Vector512<byte> spread = Avx512BW.Shuffle(
            Vector512.Create(bits).AsByte(),
            Vector512.Create(
                0x0000_0000_0000_0000UL, 0x0101_0101_0101_0101UL, 0x0202_0202_0202_0202UL, 0x0303_0303_0303_0303UL,
                0x0404_0404_0404_0404UL, 0x0505_0505_0505_0505UL, 0x0606_0606_0606_0606UL, 0x0707_0707_0707_0707UL).AsByte());
        Vector512<byte> bit = Vector512.Create(0x8040_2010_0804_0201UL).AsByte();
        return Vector512.Equals(spread & bit, bit);
    }
}
