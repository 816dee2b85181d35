using System.Buffers;
using System.IO.Hashing;

namespace Lamina.Format.Writing;

/// <summary>
/// The different keywords of a dimension: their UTF-8 in one arena, found through an open-addressed hash table of indexes, so
/// that a keyword costs its bytes and some thirty more. Not thread-safe.
/// </summary>
internal sealed class DimensionKeywords : IDisposable
{
    private const int FirstBuckets = 32;

    // Fresh in each process, so that nobody can prepare an input whose keywords all fall into one bucket. The output does not
    // depend on it: keywords are written in the order of their bytes.
    private static readonly long Seed = Random.Shared.NextInt64();

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
            ArrayPool<ulong>.Shared.Return(_buckets);
        _buckets = [];
        _mask = 0;
    }

    private static uint Hash(ReadOnlySpan<byte> keyword) => (uint)XxHash3.HashToUInt64(keyword, Seed);

    private static void Put(ulong[] buckets, int mask, ulong entry)
    {
        int bucket = (int)(entry >> 32) & mask;
        while (buckets[bucket] != 0)
            bucket = (bucket + 1) & mask;
        buckets[bucket] = entry;
    }

    private void Rehash()
    {
        int size = _mask == 0 ? FirstBuckets : 2 * (_mask + 1);
        int mask = size - 1;
        ulong[] buckets = ArrayPool<ulong>.Shared.Rent(size);
        buckets.AsSpan(0, size).Clear();
        foreach (ulong entry in _buckets.AsSpan(0, _mask == 0 ? 0 : _mask + 1))
        {
            if (entry != 0)
                Put(buckets, mask, entry);
        }

        if (_buckets.Length > 0)
            ArrayPool<ulong>.Shared.Return(_buckets);
        _buckets = buckets;
        _mask = mask;
    }
}
