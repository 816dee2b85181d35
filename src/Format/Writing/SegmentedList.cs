using System.Runtime.CompilerServices;

namespace Lamina.Format.Writing;

/// <summary>
/// A list of plain values in segments from the shared pool, which stay where they are: however long it gets, growing copies nothing and
/// leaves nothing behind but, once, a short first segment. Not thread-safe.
/// </summary>
internal sealed class SegmentedList<T> : IDisposable
    where T : unmanaged
{
    private const int FirstCapacity = 16;
    private const int SegmentLog2 = 14;
    private const int SegmentLength = 1 << SegmentLog2;

    private T[][] _segments = [];

    // The segment that is being filled, how many items it has, and how many it has room for.
    private T[] _last = [];
    private int _used;
    private int _room;

    public int Count { get; private set; }

    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return ref _segments[index >> SegmentLog2][index & (SegmentLength - 1)];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T item)
    {
        if (_used == _room)
            Grow();
        _last[_used++] = item;
        Count++;
    }

    /// <summary>The items from <paramref name="start"/> on that stand together, at least one; valid until the list grows.</summary>
    public Span<T> From(int start)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)start, (uint)Count, nameof(start));
        int at = start & (SegmentLength - 1);
        return _segments[start >> SegmentLog2].AsSpan(at, Math.Min(SegmentLength - at, Count - start));
    }

    /// <summary>Some of the items, for a <c>foreach</c> by reference; valid until the list grows.</summary>
    public Part Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)Count, nameof(start));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Count - start), nameof(length));
        return new Part(this, start, length);
    }

    public Part GetEnumerator() => new(this, 0, Count);

    /// <summary>Takes the items in the order that <paramref name="order"/> gives.</summary>
    public void Reorder(ReadOnlySpan<int> order)
    {
        SegmentedList<T> ordered = new();
        foreach (int index in order)
            ordered.Add(this[index]);
        Dispose();
        (_segments, _last, _used, _room, Count) = (ordered._segments, ordered._last, ordered._used, ordered._room, ordered.Count);
    }

    public void Dispose()
    {
        for (int i = 0; (long)i << SegmentLog2 < Count; i++)
            TablePool<T>.Return(_segments[i]);
        _segments = [];
        _last = [];
        _used = 0;
        _room = 0;
        Count = 0;
    }

    private void Grow()
    {
        int segment = Count >> SegmentLog2;
        if (segment == _segments.Length)
            Array.Resize(ref _segments, Math.Max(1, 2 * segment));
        bool isFirstTooShort = segment == 0 && Count > 0;
        T[] grown = TablePool<T>.Rent(segment > 0 ? SegmentLength : Math.Clamp(2 * Count, FirstCapacity, SegmentLength));
        if (isFirstTooShort)
        {
            _last.AsSpan(0, _used).CopyTo(grown);
            TablePool<T>.Return(_last);
        }
        else
        {
            _used = 0;
        }

        _segments[segment] = _last = grown;
        _room = Math.Min(grown.Length, SegmentLength);
    }

    /// <summary>Items one after the other.</summary>
    public ref struct Part
    {
        private readonly SegmentedList<T> _list;
        private readonly int _end;
        private Span<T> _segment;
        private int _next;
        private int _at;

        internal Part(SegmentedList<T> list, int start, int length)
        {
            _list = list;
            _next = start;
            _end = start + length;
            _at = -1;
        }

        public readonly ref T Current => ref _segment[_at];

        public readonly Part GetEnumerator() => this;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            if (++_at < _segment.Length)
                return true;
            return MoveToNextSegment();
        }

        private bool MoveToNextSegment()
        {
            if (_next >= _end)
                return false;
            _segment = _list.From(_next);
            _segment = _segment[..Math.Min(_segment.Length, _end - _next)];
            _next += _segment.Length;
            _at = 0;
            return true;
        }
    }
}
