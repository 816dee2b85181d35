using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Lamina.Format.Input;

/// <summary>Copies the inside of a JSON string and undoes its one-letter escapes, 64 bytes at a time.</summary>
/// <remarks>
/// Contents are most of the input, and JSON in JSON has an escape every few bytes; a search from escape to escape spends its
/// time on finding them. Here a block is copied as a whole, and what stands behind an escape is moved up.
/// </remarks>
internal static class StringKernel
{
    /// <summary>Bytes looked at together.</summary>
    public const int Block = 64;

    /// <summary>Room behind the end of what is copied that lets blocks be copied as a whole.</summary>
    public const int Slack = 2 * Block + 2;

    /// <summary>What stands for a one-letter escape, by its letter; 0 if the letter makes none.</summary>
    public static ReadOnlySpan<byte> Escapes =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, (byte)'"', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'/', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)'\\', 0, 0, 0,
        0, 0, (byte)'\b', 0, 0, 0, (byte)'\f', 0, 0, 0, 0, 0, 0, 0, (byte)'\n', 0,
        0, 0, (byte)'\r', 0, (byte)'\t', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>
    /// Copies until the text or the room ends, or a byte that is its caller's to judge: a quote, a control character, or a
    /// backslash with which no whole one-letter escape begins.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="from">Where to begin in it; moved to what comes next.</param>
    /// <param name="target">Takes the bytes; those behind the last one are overwritten.</param>
    /// <param name="to">Where to begin in it; moved behind the last byte.</param>
    /// <returns>Whether there may be a byte that is not ASCII among those copied.</returns>
    public static bool Copy(ReadOnlySpan<byte> source, ref int from, Span<byte> target, ref int to)
    {
        bool nonAscii = false;
        if (source.Length - from >= Slack)
        {
            bool isJudged = StringKernel512.IsSupported
                ? StringKernel512.CopyBlocks(source, ref from, target, ref to, ref nonAscii)
                : CopyBlocks(source, ref from, target, ref to, ref nonAscii);
            if (isJudged || source.Length - from >= Slack)
                return nonAscii;
        }

        return nonAscii | CopyRest(source, ref from, target, ref to);
    }

    /// <summary>Copies whole blocks.</summary>
    /// <returns>Whether it stopped at a byte that is the caller's to judge.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool CopyBlocks(ReadOnlySpan<byte> source, ref int from, Span<byte> target, ref int to, ref bool nonAscii)
    {
        int i = from;
        int o = to;
        bool isJudged = false;
        Vector256<byte> seen = Vector256<byte>.Zero;
        while (source.Length - i >= Slack && target.Length - o >= Slack)
        {
            Vector256<byte> low = Vector256.Create(source.Slice(i, 32));
            Vector256<byte> high = Vector256.Create(source.Slice(i + 32, 32));
            low.CopyTo(target[o..]);
            high.CopyTo(target[(o + 32)..]);
            seen |= low | high;
            ulong specials = Specials(low) | ((ulong)Specials(high) << 32);
            if (specials == 0)
            {
                i += Block;
                o += Block;
                continue;
            }

            // Each escape shifts what follows it left by one. The shifted rest is loaded anew, from a place that comes from
            // the mask alone, so that one escape need not wait for the one before.
            int done = 0;
            do
            {
                int next = BitOperations.TrailingZeroCount(specials);
                o += next - done;
                done = next;
                byte character = source[i + next] == '\\' ? Escapes[source[i + next + 1]] : (byte)0;
                isJudged = character == 0;
                if (isJudged)
                    break;

                target[o++] = character;
                done = next + 2;
                specials &= specials - 1;
                specials &= ~(2UL << next);
                Vector256.Create(source.Slice(i + done, 32)).CopyTo(target[o..]);
                Vector256.Create(source.Slice(i + done + 32, 32)).CopyTo(target[(o + 32)..]);
            }
            while (specials != 0);

            if (isJudged)
            {
                i += done;
                break;
            }

            o += Math.Max(Block - done, 0);
            i += Math.Max(Block, done);
        }

        from = i;
        to = o;
        nonAscii |= seen.ExtractMostSignificantBits() != 0;
        return isJudged;
    }

    /// <summary>Copies what is too short for a block.</summary>
    /// <returns>Whether there is a byte that is not ASCII among those copied.</returns>
    internal static bool CopyRest(ReadOnlySpan<byte> source, ref int from, Span<byte> target, ref int to)
    {
        int i = from;
        int o = to;
        byte seen = 0;
        for (; i < source.Length && o < target.Length; i++)
        {
            byte b = source[i];
            if (b is < 0x20 or (byte)'"')
                break;
            if (b == '\\')
            {
                if (source.Length - i < 2 || (b = Escapes[source[i + 1]]) == 0)
                    break;
                i++;
            }

            seen |= b;
            target[o++] = b;
        }

        from = i;
        to = o;
        return seen >= 0x80;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Specials(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes, Vector256.Create((byte)0x20))).ExtractMostSignificantBits();
}
