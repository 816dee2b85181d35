using System.Buffers.Binary;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Lamina.Format.Writing;

/// <summary>
/// The different keywords of a dimension: their UTF-8 in one arena, found through a hash table of indexes, so
/// that a keyword costs its bytes and some twenty more. Not thread-safe.
/// </summary>
internal sealed class DimensionKeywords : IDisposable
{
    private const int FirstSlots = 32;
    private const int Growth = 4;
    private const byte Taken = 0x80;
    private const int TagShift = 25;

    // Fresh in each process, so that nobody can prepare an input whose keywords all fall into one bucket. The output does not
    // depend on it: keywords are written in the order of their bytes.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);
    private static readonly ulong OtherSeed = (ulong)Random.Shared.NextInt64(long.MinValue, long.MaxValue);

    private readonly PooledList<byte> _text = new();
    private readonly PooledList<TextSpan> _spans = new();

    // Open addressing, by groups of as many slots as a vector has bytes. A slot that is taken has a tag, seven bits of the hash, so that
    // nearly all look-ups of a new keyword touch one vector of an array that is small enough for the processor's first caches.
    private byte[] _tags = [];
    private int[] _slots = [];
    private int _size;

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
        if (Count == _size / 4 * 3)
            Rehash();

        uint hash = Hash(keyword);
        for (int group = GroupOf(hash); ; group = NextGroup(group))
        {
            Vector128<byte> tags = Vector128.Create(_tags.AsSpan(group, Vector128<byte>.Count));
            uint alike = Vector128.Equals(tags, Vector128.Create(TagOf(hash))).ExtractMostSignificantBits();
            for (; alike != 0; alike &= alike - 1)
            {
                int known = _slots[group + BitOperations.TrailingZeroCount(alike)];
                if (keyword.SequenceEqual(this[known]))
                    return known;
            }

            if (TryTake(group, tags, hash, Count))
                break;
        }

        _spans.Add(new TextSpan(_text.Count, keyword.Length));
        _text.AddRange(keyword);
        return Count - 1;
    }

    /// <summary>Forgets the keywords and gives their memory back; the table can be used again.</summary>
    public void Dispose()
    {
        _text.Dispose();
        _spans.Dispose();
        ReturnSlots();
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

    private static byte TagOf(uint hash) => (byte)(Taken | (hash >> TagShift));

    private int GroupOf(uint hash) => (int)(hash * (uint)Vector128<byte>.Count) & (_size - 1);

    private int NextGroup(int group) => (group + Vector128<byte>.Count) & (_size - 1);

    /// <summary>Gives <paramref name="keyword"/> the first free slot of a group; false if there is none.</summary>
    private bool TryTake(int group, Vector128<byte> tags, uint hash, int keyword)
    {
        int slot = BitOperations.TrailingZeroCount(~tags.ExtractMostSignificantBits());
        if (slot >= Vector128<byte>.Count)
            return false;
        _tags[group + slot] = TagOf(hash);
        _slots[group + slot] = keyword;
        return true;
    }

    private void Rehash()
    {
        int size = _size == 0 ? FirstSlots : checked(Growth * _size);
        ReturnSlots();
        _tags = TablePool<byte>.Rent(size);
        _tags.AsSpan(0, size).Clear();
        _slots = TablePool<int>.Rent(size);
        _size = size;
        for (int keyword = 0; keyword < Count; keyword++)
        {
            uint hash = Hash(this[keyword]);
            int group = GroupOf(hash);
            while (!TryTake(group, Vector128.Create(_tags.AsSpan(group, Vector128<byte>.Count)), hash, keyword))
                group = NextGroup(group);
        }
    }

    private void ReturnSlots()
    {
        if (_size > 0)
        {
            TablePool<byte>.Return(_tags);
            TablePool<int>.Return(_slots);
        }

        _tags = [];
        _slots = [];
        _size = 0;
    }
}
