using System.Numerics;
using System.Runtime.Intrinsics;

namespace Lamina.Format.Input;

/// <summary>Copies the inside of a JSON string and undoes its one-letter escapes, 64 bytes at a time.</summary>
internal static class StringKernel
{
    /// <summary>Room behind the end of what is copied that lets it copy blocks as a whole.</summary>
    public const int Slack = 2 * Block + 2;

    private const int Block = 64;

    /// <summary>What stands for a one-letter escape, by its letter; 0 if the letter makes none.</summary>
    private static ReadOnlySpan<byte> Escapes =>
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

    /// <summary>The character that a backslash and <paramref name="letter"/> stand for; 0 if for none.</summary>
    public static byte Unescape(byte letter) => Escapes[letter];

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
        int i = from;
        int o = to;
        byte high = 0;
        bool nonAscii = false;

        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<byte> seen = Vector256<byte>.Zero;
            while (source.Length - i >= Slack && target.Length - o >= Slack)
            {
                ReadOnlySpan<byte> block = source.Slice(i, Block);
                Vector256<byte> low = Vector256.Create(block);
                Vector256<byte> up = Vector256.Create(block[32..]);
                low.CopyTo(target[o..]);
                up.CopyTo(target[(o + 32)..]);
                seen |= low | up;
                ulong specials = Specials(low) | ((ulong)Specials(up) << 32);
                if (specials == 0)
                {
                    i += Block;
                    o += Block;
                    continue;
                }

                // Each escape shifts what follows it left by one; the shifted rest is loaded anew, by a place that
                // comes from the mask alone, so that one escape need not wait for the one before.
                int done = 0;
                do
                {
                    int next = BitOperations.TrailingZeroCount(specials);
                    o += next - done;
                    done = next;
                    byte letter = source[i + next] == '\\' ? Escapes[source[i + next + 1]] : (byte)0;
                    if (letter == 0)
                        goto Judged;

                    target[o++] = letter;
                    done = next + 2;
                    specials &= specials - 1;
                    specials &= ~(2UL << next);
                    Vector256.Create(source.Slice(i + done, 32)).CopyTo(target[o..]);
                    Vector256.Create(source.Slice(i + done + 32, 32)).CopyTo(target[(o + 32)..]);
                }
                while (specials != 0);

                o += Math.Max(Block - done, 0);
                i += Math.Max(Block, done);
                continue;

            Judged:
                from = i + done;
                to = o;
                return seen.ExtractMostSignificantBits() != 0;
            }

            nonAscii = seen.ExtractMostSignificantBits() != 0;
            if (source.Length - i >= Slack)
                goto RoomUsed;
        }

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

            high |= b;
            target[o++] = b;
        }

    RoomUsed:
        from = i;
        to = o;
        return nonAscii || high >= 0x80;
    }

    private static uint Specials(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes, Vector256.Create((byte)0x20))).ExtractMostSignificantBits();
}
