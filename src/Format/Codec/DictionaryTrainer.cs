using System.Runtime.InteropServices;

namespace Lamina.Format.Codec;

/// <summary>Chooses the bytes of a dictionary out of sample contents, so that blocks can refer to what they have in common.</summary>
/// <remarks>
/// The contents are cut into as many stretches as the dictionary has segments; from each comes the segment that covers the
/// most occurrences of eight-byte strings not covered yet. Deterministic. After Liao, Petri, Moffat, Wirth, "Effective
/// construction of relative Lempel-Ziv dictionaries", WWW 2016.
/// </remarks>
internal static class DictionaryTrainer
{
    private const int StringLength = 8;
    private const int HashBits = 20;

    /// <summary>Chooses at most <paramref name="length"/> bytes out of <paramref name="sample"/>.</summary>
    /// <param name="sample">Contents, one after the other.</param>
    /// <param name="length">Bytes wanted; at most 64 KiB.</param>
    /// <param name="segmentLength">Bytes of a segment, at least eight.</param>
    /// <returns>The dictionary; what is worth most stands at its end, where the shortest offsets reach. Empty if there is
    /// too little to choose from.</returns>
    public static byte[] Train(ReadOnlySpan<byte> sample, int length, int segmentLength)
    {
        int segments = length / segmentLength;
        if (segments == 0 || sample.Length < length + StringLength)
            return [];

        ushort[] counts = Count(sample);
        int stretch = sample.Length / segments;
        List<(int Start, long Score)> chosen = new(segments);
        for (int i = 0; i < segments; i++)
        {
            ReadOnlySpan<byte> part = sample.Slice(i * stretch, Math.Min(stretch + segmentLength, sample.Length - (i * stretch)));
            (int start, long score) = Best(part, segmentLength, counts);
            if (score == 0)
                continue;
            chosen.Add(((i * stretch) + start, score));
            Cover(part.Slice(start, segmentLength), counts);
        }

        chosen.Sort(static (a, b) => a.Score != b.Score ? a.Score.CompareTo(b.Score) : a.Start.CompareTo(b.Start));
        byte[] dictionary = new byte[chosen.Count * segmentLength];
        for (int i = 0; i < chosen.Count; i++)
            sample.Slice(chosen[i].Start, segmentLength).CopyTo(dictionary.AsSpan(i * segmentLength));
        return dictionary;
    }

    private static ushort[] Count(ReadOnlySpan<byte> sample)
    {
        ushort[] counts = new ushort[1 << HashBits];
        for (int i = 0; i <= sample.Length - StringLength; i++)
        {
            ref ushort count = ref counts[Hash(sample, i)];
            if (count != ushort.MaxValue)
                count++;
        }

        return counts;
    }

    private static (int Start, long Score) Best(ReadOnlySpan<byte> part, int segmentLength, ushort[] counts)
    {
        int strings = segmentLength - StringLength + 1;
        long score = 0;
        long best = 0;
        int bestStart = 0;
        for (int i = 0; i <= part.Length - StringLength; i++)
        {
            score += Worth(counts[Hash(part, i)]);
            if (i >= strings)
                score -= Worth(counts[Hash(part, i - strings)]);
            if (i >= strings - 1 && score > best)
            {
                best = score;
                bestStart = i - strings + 1;
            }
        }

        return (bestStart, best);
    }

    // A string that occurs once is not worth a place: nothing else would refer to it.
    private static int Worth(ushort count) => count > 1 ? count : 0;

    private static void Cover(ReadOnlySpan<byte> segment, ushort[] counts)
    {
        for (int i = 0; i <= segment.Length - StringLength; i++)
            counts[Hash(segment, i)] = 0;
    }

    private static int Hash(ReadOnlySpan<byte> text, int at) =>
        (int)((MemoryMarshal.Read<ulong>(text[at..]) * 0x9E3779B97F4A7C15ul) >> (64 - HashBits));
}
