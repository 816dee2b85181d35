using System.Runtime.CompilerServices;

namespace Lamina.Format.Writing;

/// <summary>A growable list of plain values whose memory comes from the shared pool. Not thread-safe.</summary>
internal sealed class PooledList<T> : IDisposable
    where T : unmanaged
{
    private const int FirstCapacity = 16;

    private T[] _items = [];

    public int Count { get; private set; }

    /// <summary>The array behind the list, longer than <see cref="Count"/>; valid until the list grows.</summary>
    public T[] Items => _items;

    public Span<T> Span => _items.AsSpan(0, Count);

    public ref T this[int index] => ref Span[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T item)
    {
        if (Count == _items.Length)
            Grow(1);
        _items[Count++] = item;
    }

    public void AddRange(ReadOnlySpan<T> items)
    {
        if (items.Length > _items.Length - Count)
            Grow(items.Length);
        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    /// <summary>Forgets the items from <paramref name="count"/> on.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Forgets the items and gives their memory back; the list can be used again.</summary>
    public void Dispose()
    {
        if (_items.Length > 0)
            TablePool<T>.Return(_items);
        _items = [];
        Count = 0;
    }

    private void Grow(int more)
    {
        long wanted = Math.Max(Math.Max((long)Count + more, 2L * Count), FirstCapacity);
        T[] grown = TablePool<T>.Rent((int)Math.Min(wanted, Math.Max((long)Count + more, Array.MaxLength)));
        Span.CopyTo(grown);
        if (_items.Length > 0)
            TablePool<T>.Return(_items);
        _items = grown;
    }
}
