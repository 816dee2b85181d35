using System.Runtime.CompilerServices;
using Lamina.Protection;

namespace Lamina.Memory;

/// <summary>
/// Memory for decoded blocks: blocks of a few sizes, cut from slabs; what is larger than the largest size is taken by itself, and a little
/// of that is kept for the next. Everything is charged to the budget as slabs and single blocks, before it is taken. Thread-safe.
/// </summary>
internal sealed class PoolAllocator
{
    // A large page, where the system has them: random reads then miss the processor's page cache less. Only where a slab is
    // a small part of the budget.
    private const int LargeSlabSize = 2 << 20;
    private const long LargeSlabBudget = 64L << 20;

    // What was taken by itself and came back is kept for the next of about the same length: new pages cost more than to decode into them.
    // So much of the budget, and so many; and what a block may take more than it needs.
    private const int BudgetForSpare = 8;
    private const int MostSpare = 16;
    private const int SpareOverLength = 8;

    private readonly object _gate = new();
    private readonly MemoryBudget _budget;
    private readonly int[] _sizes;
    private readonly long _slabSize;

    // The slabs with a free block, by size, each linked to the next. Made when there is something in it, as what follows: what reads
    // stored blocks alone never needs any of it.
    private Slab?[]? _available;

    // One of the slabs, and the others by their address. Many programs never have a second, and the first read waits for none of what
    // finds it.
    private Slab? _first;
    private Dictionary<nint, Slab>? _others;
    private Dictionary<nint, NativePages>? _large;

    // The oldest first.
    private List<NativePages>? _spare;

    private readonly long[] _slabBytes;
    private readonly long[] _used;
    private readonly long[] _peak;
    private readonly long[] _content;
    private readonly long[] _failures;
    private long _largeBytes;
    private long _spareBytes;
    private bool _closed;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="budget">What its memory is charged to.</param>
    /// <param name="sizes">Bytes of the blocks: powers of two, ascending. Not changed any more.</param>
    public PoolAllocator(MemoryBudget budget, int[] sizes)
    {
        _budget = budget;
        _sizes = sizes;
        _slabSize = Math.Max(budget.Total >= LargeSlabBudget ? LargeSlabSize : Environment.SystemPageSize, _sizes[^1]);
        _slabBytes = new long[_sizes.Length];
        _used = new long[_sizes.Length];
        _peak = new long[_sizes.Length];
        _content = new long[_sizes.Length];
        _failures = new long[_sizes.Length];
    }

    /// <summary>How many sizes of blocks there are.</summary>
    public int SizeCount => _sizes.Length;

    /// <summary>Bytes that a block for <paramref name="length"/> bytes takes.</summary>
    public long SizeFor(int length) =>
        SizeIndex(length) is int index and >= 0 ? _sizes[index] : NativePages.RoundUp(length);

    /// <summary>Takes a block of at least <paramref name="length"/> bytes; zero if the budget has no room for it.</summary>
    /// <remarks>Its bytes are what they were. Slabs without a block in use are given up where that makes room.</remarks>
    /// <exception cref="OutOfMemoryException">The system has no more memory; nothing has changed.</exception>
    public nint TryAllocate(int length)
    {
        int index = SizeIndex(length);
        lock (_gate)
        {
            return index >= 0 ? AllocateBlock(index, length) : AllocateLarge(length);
        }
    }

    /// <summary>Takes pages for <paramref name="length"/> bytes alone, for what stays long: in a slab it would keep all of it.</summary>
    /// <returns>Zero if the budget has no room for it.</returns>
    /// <exception cref="OutOfMemoryException">The system has no more memory; nothing has changed.</exception>
    public nint TryAllocateAlone(int length)
    {
        lock (_gate)
            return AllocateLarge(length);
    }

    /// <summary>Takes back a block.</summary>
    /// <exception cref="InvalidOperationException">It is not one of this pool, or was returned before.</exception>
    public void Release(nint address)
    {
        lock (_gate)
        {
            if (_large is not null && _large.Remove(address, out NativePages? pages))
            {
                _largeBytes -= pages.Length;
                KeepOrFree(pages);
                return;
            }

            Slab slab = FindSlab(address & -(nint)_slabSize)
                ?? throw new InvalidOperationException("The memory is not of this pool, or was returned before.");
            bool wasFull = slab.FreeCount == 0;
            _content[slab.SizeIndex] -= slab.Release(address);
            _used[slab.SizeIndex]--;
            if (wasFull)
                Link(slab);
            if (_closed && slab.IsEmpty)
                Drop(slab);
        }
    }

    /// <summary>Gives back all memory that is not in use.</summary>
    /// <returns>The bytes given back.</returns>
    public long Trim()
    {
        lock (_gate)
            return TrimLocked();
    }

    /// <summary>Gives back what is free now, and from now on whatever becomes free.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            TrimLocked();
        }
    }

    /// <summary>Adds what the pool holds to <paramref name="stats"/>.</summary>
    public void AddTo(ref MemoryStats stats)
    {
        lock (_gate)
        {
            for (int i = 0; i < _sizes.Length; i++)
            {
                stats.SetPool(i, new PoolStats(
                    _sizes[i], _used[i], (_slabBytes[i] / _sizes[i]) - _used[i], _slabBytes[i], _peak[i], _content[i], _failures[i]));
                stats.PoolBytes += _slabBytes[i];
                stats.PoolUsedBytes += _used[i] * _sizes[i];
            }

            stats.PoolBytes += _largeBytes + _spareBytes;
            stats.PoolUsedBytes += _largeBytes;
        }
    }

    private int SizeIndex(int length)
    {
        for (int i = 0; i < _sizes.Length; i++)
        {
            if (length <= _sizes[i])
                return i;
        }

        return -1;
    }

    private nint AllocateBlock(int index, int length)
    {
        _available ??= new Slab?[_sizes.Length];
        if (_available[index] is not { } slab)
        {
            NativePages? pages = TakeSlab(_sizes[index]);
            if (pages is null)
            {
                _failures[index]++;
                return 0;
            }

            slab = new Slab(pages, index, _sizes[index]);
            if (_first is null)
                _first = slab;
            else
                AddOther(slab);
            _slabBytes[index] += slab.Length;
            Link(slab);
        }

        nint address = slab.Allocate(length);
        _used[index]++;
        _peak[index] = Math.Max(_peak[index], _used[index]);
        _content[index] += length;
        if (slab.FreeCount == 0)
            Unlink(slab);
        return address;
    }

    // Apart: nothing of it is loaded for the first.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddOther(Slab slab) => (_others ??= []).Add(slab.Start, slab);

    private Slab? FindSlab(nint start)
    {
        if (_first is not null && _first.Start == start)
            return _first;
        return _others is not null && _others.TryGetValue(start, out Slab? slab) ? slab : null;
    }

    private void Link(Slab slab)
    {
        Slab? next = _available![slab.SizeIndex];
        slab.Next = next;
        if (next is not null)
            next.Previous = slab;
        _available[slab.SizeIndex] = slab;
    }

    private void Unlink(Slab slab)
    {
        if (slab.Previous is null)
            _available![slab.SizeIndex] = slab.Next;
        else
            slab.Previous.Next = slab.Next;
        if (slab.Next is not null)
            slab.Next.Previous = slab.Previous;
        slab.Next = slab.Previous = null;
    }

    private unsafe nint AllocateLarge(int length)
    {
        NativePages? pages = (_spare is null ? null : TakeSpare(NativePages.RoundUp(length))) ?? Take(length, 0);
        if (pages is null)
            return 0;
        nint address = (nint)pages.Start;
        (_large ??= []).Add(address, pages);
        _largeBytes += pages.Length;
        return address;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private NativePages? TakeSpare(long length)
    {
        int best = -1;
        for (int i = 0; i < _spare!.Count; i++)
        {
            long over = _spare[i].Length - length;
            if (over >= 0 && over <= length / SpareOverLength && (best < 0 || _spare[i].Length < _spare[best].Length))
                best = i;
        }

        if (best < 0)
            return null;
        NativePages pages = _spare[best];
        _spare.RemoveAt(best);
        _spareBytes -= pages.Length;
        return pages;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe void KeepOrFree(NativePages pages)
    {
        long most = _budget.Total / BudgetForSpare;
        if (_closed || pages.Length <= _sizes[^1] || pages.Length > most)
        {
            pages.Free();
            return;
        }

        // SAFETY: taken back; nobody else has it.
        TestHooks.Overwrite(pages.Start, pages.Length);
        _spare ??= [];
        while (_spare.Count == MostSpare || _spareBytes + pages.Length > most)
            FreeSpare(0);
        _spare.Add(pages);
        _spareBytes += pages.Length;
    }

    private long FreeSpare(int index)
    {
        NativePages pages = _spare![index];
        _spare.RemoveAt(index);
        _spareBytes -= pages.Length;
        pages.Free();
        return pages.Length;
    }

    // Near the budget's end a smaller slab takes what is left. All are aligned as the largest, so that a block's address
    // tells its slab.
    private NativePages? TakeSlab(int blockSize)
    {
        // A large page is cleared as a whole when it is first touched, half a millisecond that a program's first block would wait for. So
        // the first slab is a small one.
        long size = _first is null ? _sizes[^1] : _slabSize;
        NativePages? pages = NativePages.TryTake(_budget, size, _slabSize) ?? TakeEmpty(size) ?? Take(size, _slabSize);
        if (pages is not null && size >= LargeSlabSize)
            pages.PreferLargePages();
        long least = NativePages.RoundUp(blockSize);
        for (long bytes = _slabSize / 2; pages is null && bytes >= least; bytes /= 2)
            pages = NativePages.TryTake(_budget, bytes, _slabSize);
        return pages;
    }

    // The pages of a slab of any size that has no block in use: to be cut anew.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private NativePages? TakeEmpty(long length)
    {
        foreach (Slab? first in _available!)
        {
            for (Slab? slab = first; slab is not null; slab = slab.Next)
            {
                if (slab.IsEmpty && slab.Length == length)
                {
                    Forget(slab);
                    return slab.Pages;
                }
            }
        }

        return null;
    }

    private NativePages? Take(long bytes, long alignment)
    {
        NativePages? pages = NativePages.TryTake(_budget, bytes, alignment);
        if (pages is null && TrimLocked() > 0)
            pages = NativePages.TryTake(_budget, bytes, alignment);
        return pages;
    }

    private long TrimLocked()
    {
        long given = 0;
        while (_spareBytes > 0)
            given += FreeSpare(_spare!.Count - 1);
        foreach (Slab? first in _available ?? [])
        {
            for (Slab? slab = first; slab is not null;)
            {
                Slab? next = slab.Next;
                if (slab.IsEmpty)
                {
                    given += slab.Length;
                    Drop(slab);
                }

                slab = next;
            }
        }

        return given;
    }

    private void Drop(Slab slab)
    {
        Forget(slab);
        slab.Pages.Free();
    }

    private void Forget(Slab slab)
    {
        Unlink(slab);
        if (slab == _first)
            _first = null;
        else
            _others!.Remove(slab.Start);
        _slabBytes[slab.SizeIndex] -= slab.Length;
    }
}
