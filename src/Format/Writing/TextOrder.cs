using System.Buffers;
using System.Buffers.Binary;

namespace Lamina.Format.Writing;

/// <summary>
/// The order of strings in a region: as unsigned bytes, a prefix first. Spec: chapter "Keywords, names, strings".
/// </summary>
internal static class TextOrder
{
    private const int FewItems = 256;
    private const int Digits = 256;

    /// <summary>Sorts <paramref name="items"/>, indexes of <paramref name="texts"/>; equal strings by index.</summary>
    /// <param name="items">Whose first <paramref name="count"/> items are sorted.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="texts">The strings.</param>
    /// <param name="arena">The bytes that the strings stand in.</param>
    public static void Sort(int[] items, int count, ReadOnlySpan<TextSpan> texts, byte[] arena)
    {
        // Most strings differ in their first eight bytes, which sort as one number; the rest is compared in full.
        ulong[] prefixes = ArrayPool<ulong>.Shared.Rent(count);
        for (int i = 0; i < count; i++)
            prefixes[i] = Prefix(arena, texts[items[i]]);
        if (count < FewItems)
            Array.Sort(prefixes, items, 0, count);
        else
            SortByDigits(prefixes, items, count);

        TextSpan[] spans = [];
        Comparison<int>? byText = null;
        for (int start = 0; start < count;)
        {
            int end = start + 1;
            while (end < count && prefixes[end] == prefixes[start])
                end++;
            if (end - start > 1)
            {
                if (spans.Length == 0)
                {
                    spans = ArrayPool<TextSpan>.Shared.Rent(texts.Length);
                    texts.CopyTo(spans);
                }

                byText ??= (a, b) =>
                {
                    int order = arena.AsSpan(spans[a].Offset, spans[a].Length)
                        .SequenceCompareTo(arena.AsSpan(spans[b].Offset, spans[b].Length));
                    return order != 0 ? order : a.CompareTo(b);
                };
                items.AsSpan(start, end - start).Sort(byText);
            }

            start = end;
        }

        ArrayPool<ulong>.Shared.Return(prefixes);
        if (spans.Length > 0)
            ArrayPool<TextSpan>.Shared.Return(spans);
    }

    /// <summary>Sorts by one byte after the other, from the last to the first: for many items that is a third of the time.</summary>
    private static void SortByDigits(ulong[] prefixes, int[] items, int count)
    {
        int[] counts = ArrayPool<int>.Shared.Rent(sizeof(ulong) * Digits);
        Span<int> starts = counts.AsSpan(0, sizeof(ulong) * Digits);
        starts.Clear();
        for (int i = 0; i < count; i++)
        {
            ulong prefix = prefixes[i];
            for (int digit = 0; digit < starts.Length; digit += Digits, prefix >>= 8)
                starts[digit + (byte)prefix]++;
        }

        ulong[] fromPrefixes = prefixes;
        int[] fromItems = items;
        ulong[] toPrefixes = ArrayPool<ulong>.Shared.Rent(count);
        int[] toItems = ArrayPool<int>.Shared.Rent(count);
        for (int shift = 0; shift < 64; shift += 8)
        {
            Span<int> next = starts.Slice(shift / 8 * Digits, Digits);
            if (next[(byte)(fromPrefixes[0] >> shift)] == count)
                continue;
            int sum = 0;
            foreach (ref int start in next)
                (start, sum) = (sum, sum + start);
            for (int i = 0; i < count; i++)
            {
                int place = next[(byte)(fromPrefixes[i] >> shift)]++;
                toPrefixes[place] = fromPrefixes[i];
                toItems[place] = fromItems[i];
            }

            (fromPrefixes, toPrefixes) = (toPrefixes, fromPrefixes);
            (fromItems, toItems) = (toItems, fromItems);
        }

        if (fromItems != items)
        {
            fromPrefixes.AsSpan(0, count).CopyTo(prefixes);
            fromItems.AsSpan(0, count).CopyTo(items);
            (toPrefixes, toItems) = (fromPrefixes, fromItems);
        }

        ArrayPool<int>.Shared.Return(counts);
        ArrayPool<ulong>.Shared.Return(toPrefixes);
        ArrayPool<int>.Shared.Return(toItems);
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
