using System.Buffers.Binary;
using System.IO.Hashing;

namespace Lamina.Format.Writing;

/// <summary>
/// The different keywords of a dimension: their UTF-8 in one arena, found through an open-addressed hash table of indexes, so
/// that a keyword costs its bytes and some thirty more. Not thread-safe.
/// </summary>
internal sealed class DimensionKeywords : IDisposable
{
    private const int FirstBuckets = 32;
    private const int Growth = 4;

    // Fresh in each process, so that nobody can prepare an input whose keywords all fall into one bucket. The output does not
    // depend on it: keywords are written in the order of their bytes.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);
    private static readonly ulong OtherSeed = (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);

    private readonly PooledList<byte> _text = new();
    private readonly PooledList<TextSpan> _spans = new();

    // In each the keyword's index plus one, 0 if it is free, and above it the hash: most look-ups touch nothing else.
    private ulong[] _buckets = [];
    private int _mask;

    public int Count => _spans.Count;

    public int TextLength => _text.Count;

    public ReadOnlySpan<TextSpan> Spans => _spans.Span;

    /// <summary>The array behind <see cref="Spans"/>, longer than <see cref="Count"/>.</summary>
    public TextSpan[] SpanItems => _spans.Items;

    public byte[] Text => _text.Items;

    public ReadOnlySpan<byte> this[int keyword] => _text.Span.Slice(_spans[keyword].Offset, _spans[keyword].Length);

    /// <summary>The index of <paramref name="keyword"/>, which is taken if it is new.</summary>
    public int Intern(ReadOnlySpan<byte> keyword)
    {
        if (4L * Count >= 3L * _mask)
            Rehash();

        uint hash = Hash(keyword);
        int bucket = (int)hash & _mask;
        for (; _buckets[bucket] != 0; bucket = (bucket + 1) & _mask)
        {
            int known = (int)(uint)_buckets[bucket] - 1;
            if ((uint)(_buckets[bucket] >> 32) == hash && keyword.SequenceEqual(this[known]))
                return known;
        }

        _spans.Add(new TextSpan(_text.Count, keyword.Length));
        _text.AddRange(keyword);
        _buckets[bucket] = ((ulong)hash << 32) | (uint)Count;
        return Count - 1;
    }

    /// <summary>Forgets the keywords and gives their memory back; the table can be used again.</summary>
    public void Dispose()
    {
        _text.Dispose();
        _spans.Dispose();
        if (_buckets.Length > 0)
            TablePool<ulong>.Return(_buckets);
        _buckets = [];
        _mask = 0;
    }

    // Most keywords are that short, and the general hash takes longer to find out than to hash them.
    private static uint Hash(ReadOnlySpan<byte> keyword)
    {
        ulong first;
        ulong last;
        switch (keyword.Length)
        {
            case > 2 * sizeof(ulong):
                return (uint)XxHash3.HashToUInt64(keyword, (long)Seed);
            case >= sizeof(ulong):
                first = BinaryPrimitives.ReadUInt64LittleEndian(keyword);
                last = BinaryPrimitives.ReadUInt64LittleEndian(keyword[^sizeof(ulong)..]);
                break;
            case >= sizeof(uint):
                first = BinaryPrimitives.ReadUInt32LittleEndian(keyword);
                last = BinaryPrimitives.ReadUInt32LittleEndian(keyword[^sizeof(uint)..]);
                break;
            case > 0:
                first = keyword[0] | ((uint)keyword[keyword.Length / 2] << 8) | ((uint)keyword[^1] << 16);
                last = 0;
                break;
            default:
                first = last = 0;
                break;
        }

        // The seeds are not known outside, nor is what is multiplied: the two halves of the product depend on all of it.
        ulong high = Math.BigMul(first ^ Seed, last ^ OtherSeed ^ (ulong)keyword.Length, out ulong low);
        return (uint)(high ^ low);
    }

    private static void Put(ulong[] buckets, int mask, ulong entry)
    {
        int bucket = (int)(entry >> 32) & mask;
        while (buckets[bucket] != 0)
            bucket = (bucket + 1) & mask;
        buckets[bucket] = entry;
    }

    private void Rehash()
    {
        int size = _mask == 0 ? FirstBuckets : Growth * (_mask + 1);
        int mask = size - 1;
        ulong[] buckets = TablePool<ulong>.Rent(size);
        buckets.AsSpan(0, size).Clear();
        foreach (ulong entry in _buckets.AsSpan(0, _mask == 0 ? 0 : _mask + 1))
        {
            if (entry != 0)
                Put(buckets, mask, entry);
        }

        if (_buckets.Length > 0)
            TablePool<ulong>.Return(_buckets);
        _buckets = buckets;
        _mask = mask;
    }
}
