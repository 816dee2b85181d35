using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Lamina.Format.Writing;

/// <summary>
/// The order of strings in a region: as unsigned bytes, a prefix first. Spec: chapter "Keywords, names, strings".
/// </summary>
internal static class TextOrder
{
    private const int FewItems = 256;
    private const int Digits = 256;

    // Strings that have the digits sorted by in common are sorted one by one, and with more of them as numbers.
    private const int MostDigits = 4;
    private const int FewAlike = 24;

    /// <summary>Sorts <paramref name="items"/>, indexes of <paramref name="texts"/>; equal strings by index.</summary>
    /// <param name="items">Whose first <paramref name="count"/> items are sorted.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="texts">The strings.</param>
    /// <param name="arena">The bytes that the strings stand in.</param>
    public static void Sort(int[] items, int count, TextSpan[] texts, byte[] arena)
    {
        // Most strings differ in their first eight bytes, which sort as one number; the rest is compared in full.
        ulong[] prefixes = TablePool<ulong>.Rent(count);
        for (int i = 0; i < count; i++)
            prefixes[i] = Prefix(arena, texts[items[i]]);
        if (count < FewItems)
            Array.Sort(prefixes, items, 0, count);
        else
            SortByDigits(prefixes, items, count);

        Comparison<int>? byText = null;
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            while (end < count && prefixes[end] == prefixes[start])
                end++;
            if (end - start > 1)
            {
                byText ??= (a, b) =>
                {
                    int order = arena.AsSpan(texts[a].Offset, texts[a].Length)
                        .SequenceCompareTo(arena.AsSpan(texts[b].Offset, texts[b].Length));
                    return order != 0 ? order : a.CompareTo(b);
                };
                items.AsSpan(start, end - start).Sort(byText);
            }

            start = end;
        }

        TablePool<ulong>.Return(prefixes);
    }

    /// <summary>Sorts by the first bytes in which the prefixes differ, from the last of these to the first, which for many items is
    /// much quicker than to compare them; and those that have these bytes in common by the whole.</summary>
    private static void SortByDigits(ulong[] prefixes, int[] items, int count)
    {
        ulong all = ulong.MaxValue;
        ulong any = 0;
        for (int i = 0; i < count; i++)
        {
            all &= prefixes[i];
            any |= prefixes[i];
        }

        if (any == all)
            return;

        // From the first byte that is not the same everywhere.
        int above = 64 - (BitOperations.LeadingZeroCount(any ^ all) & ~7);
        int below = Math.Max(above - (8 * MostDigits), 0);
        int digits = (above - below) / 8;

        // The digits to sort by, and below them where their string is: one number is moved, and counted once for all digits.
        ulong[] from = TablePool<ulong>.Rent(count);
        ulong[] to = TablePool<ulong>.Rent(count);
        int[] counts = ArrayPool<int>.Shared.Rent(MostDigits * Digits);
        Span<int> next = counts.AsSpan(0, MostDigits * Digits);
        next.Clear();
        for (int i = 0; i < count; i++)
        {
            uint key = (uint)(prefixes[i] >> below);
            from[i] = ((ulong)key << 32) | (uint)i;
            next[(byte)key]++;
            next[Digits + (byte)(key >> 8)]++;
            next[(2 * Digits) + (byte)(key >> 16)]++;
            next[(3 * Digits) + (byte)(key >> 24)]++;
        }

        for (int digit = 0; digit < digits; digit++)
        {
            Span<int> places = next.Slice(digit * Digits, Digits);
            int sum = 0;
            foreach (ref int start in places)
                (start, sum) = (sum, sum + start);
            int shift = 32 + (8 * digit);
            foreach (ulong entry in from.AsSpan(0, count))
                to[places[(byte)(entry >> shift)]++] = entry;
            (from, to) = (to, from);
        }

        TakeInOrder(from, prefixes, items, count, to);
        ArrayPool<int>.Shared.Return(counts);
        TablePool<ulong>.Return(from);
        TablePool<ulong>.Return(to);
        if (below > 0)
            SortAlike(prefixes, items, count, below);
    }

    /// <summary>Moves prefixes and items to where the lower halves of <paramref name="order"/> say that they come from.</summary>
    private static void TakeInOrder(ulong[] order, ulong[] prefixes, int[] items, int count, ulong[] spare)
    {
        for (int i = 0; i < count; i++)
            spare[i] = prefixes[(uint)order[i]];
        spare.AsSpan(0, count).CopyTo(prefixes);
        for (int i = 0; i < count; i++)
            spare[i] = (uint)items[(uint)order[i]];
        for (int i = 0; i < count; i++)
            items[i] = (int)spare[i];
    }

    /// <summary>Sorts, within each run of prefixes that agree above the bit <paramref name="below"/>, by all bits.</summary>
    private static void SortAlike(ulong[] prefixes, int[] items, int count, int below)
    {
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            while (end < count && prefixes[end] >> below == prefixes[start] >> below)
                end++;
            if (end - start > FewAlike)
                Array.Sort(prefixes, items, start, end - start);
            else
                InsertInOrder(prefixes.AsSpan(start, end - start), items.AsSpan(start, end - start));
            start = end;
        }
    }

    private static void InsertInOrder(Span<ulong> prefixes, Span<int> items)
    {
        for (int i = 1; i < prefixes.Length; i++)
        {
            ulong prefix = prefixes[i];
            int item = items[i];
            int place = i;
            for (; place > 0 && prefixes[place - 1] > prefix; place--)
            {
                prefixes[place] = prefixes[place - 1];
                items[place] = items[place - 1];
            }

            prefixes[place] = prefix;
            items[place] = item;
        }
    }

    private static ulong Prefix(byte[] arena, TextSpan span)
    {
        if (span.Offset <= arena.Length - sizeof(ulong))
        {
            ulong prefix = BinaryPrimitives.ReadUInt64BigEndian(arena.AsSpan(span.Offset));
            return span.Length >= sizeof(ulong) ? prefix
                : span.Length == 0 ? 0
                : prefix & (ulong.MaxValue << (8 * (sizeof(ulong) - span.Length)));
        }

        ReadOnlySpan<byte> text = arena.AsSpan(span.Offset, Math.Min(span.Length, sizeof(ulong)));
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        text.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}
