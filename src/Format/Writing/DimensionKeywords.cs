using System.Buffers;
using System.IO.Hashing;

namespace Lamina.Format.Writing;

/// <summary>
/// The different keywords of a dimension: their UTF-8 in one arena, found through an open-addressed hash table of indexes, so
/// that a keyword costs its bytes and sixteen more. Not thread-safe.
/// </summary>
internal sealed class DimensionKeywords : IDisposable
{
    private const int FirstBuckets = 32;

    // Fresh in each process, so that nobody can prepare an input whose keywords all fall into one bucket. The output does not
    // depend on it: keywords are written in the order of their bytes.
    private static readonly long Seed = Random.Shared.NextInt64();

    private readonly PooledList<byte> _text = new();
    private readonly PooledList<TextSpan> _spans = new();
    private readonly PooledList<uint> _hashes = new();
    private int[] _buckets = [];
    private int _mask;

    public int Count => _spans.Count;

    public int TextLength => _text.Count;

    public ReadOnlySpan<TextSpan> Spans => _spans.Span;

    public byte[] Text => _text.Items;

    public ReadOnlySpan<byte> this[int keyword] => _text.Span.Slice(_spans[keyword].Offset, _spans[keyword].Length);

    /// <summary>The index of <paramref name="keyword"/>, which is taken if it is new.</summary>
    public int Intern(ReadOnlySpan<byte> keyword)
    {
        if (2 * Count >= _mask)
            Rehash();

        uint hash = (uint)XxHash3.HashToUInt64(keyword, Seed);
        int bucket = (int)hash & _mask;
        for (; _buckets[bucket] != 0; bucket = (bucket + 1) & _mask)
        {
            int known = _buckets[bucket] - 1;
            if (_hashes[known] == hash && keyword.SequenceEqual(this[known]))
                return known;
        }

        _spans.Add(new TextSpan(_text.Count, keyword.Length));
        _hashes.Add(hash);
        _text.AddRange(keyword);
        _buckets[bucket] = Count;
        return Count - 1;
    }

    public void Dispose()
    {
        _text.Dispose();
        _spans.Dispose();
        _hashes.Dispose();
        if (_buckets.Length > 0)
            ArrayPool<int>.Shared.Return(_buckets);
        _buckets = [];
        _mask = 0;
    }

    private void Rehash()
    {
        int size = _mask == 0 ? FirstBuckets : 2 * (_mask + 1);
        int[] buckets = ArrayPool<int>.Shared.Rent(size);
        buckets.AsSpan(0, size).Clear();
        if (_buckets.Length > 0)
            ArrayPool<int>.Shared.Return(_buckets);
        _buckets = buckets;
        _mask = size - 1;

        ReadOnlySpan<uint> hashes = _hashes.Span;
        for (int keyword = 0; keyword < hashes.Length; keyword++)
        {
            int bucket = (int)hashes[keyword] & _mask;
            while (_buckets[bucket] != 0)
                bucket = (bucket + 1) & _mask;
            _buckets[bucket] = keyword + 1;
        }
    }
}
