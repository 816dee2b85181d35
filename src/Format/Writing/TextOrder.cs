using System.Buffers;
using System.Buffers.Binary;

namespace Lamina.Format.Writing;

/// <summary>
/// The order of strings in a region: as unsigned bytes, a prefix first. Spec: chapter "Keywords, names, strings".
/// </summary>
internal static class TextOrder
{
    /// <summary>Sorts <paramref name="items"/>, indexes of <paramref name="texts"/>; equal strings by index.</summary>
    /// <param name="items">Whose first <paramref name="count"/> items are sorted.</param>
    /// <param name="count">How many items there are.</param>
    /// <param name="texts">The strings.</param>
    /// <param name="arena">The bytes that the strings stand in.</param>
    public static void Sort(int[] items, int count, ReadOnlySpan<TextSpan> texts, byte[] arena)
    {
        // Most strings differ in their first eight bytes, which sort as one number; the rest is compared in full.
        ulong[] prefixes = ArrayPool<ulong>.Shared.Rent(count);
        TextSpan[] spans = ArrayPool<TextSpan>.Shared.Rent(texts.Length);
        texts.CopyTo(spans);
        for (int i = 0; i < count; i++)
            prefixes[i] = Prefix(arena.AsSpan(spans[items[i]].Offset, spans[items[i]].Length));
        Array.Sort(prefixes, items, 0, count);

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
                    int order = arena.AsSpan(spans[a].Offset, spans[a].Length)
                        .SequenceCompareTo(arena.AsSpan(spans[b].Offset, spans[b].Length));
                    return order != 0 ? order : a.CompareTo(b);
                };
                items.AsSpan(start, end - start).Sort(byText);
            }

            start = end;
        }

        ArrayPool<ulong>.Shared.Return(prefixes);
        ArrayPool<TextSpan>.Shared.Return(spans);
    }

    private static ulong Prefix(ReadOnlySpan<byte> text)
    {
        if (text.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64BigEndian(text);
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        text.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}
