using System.Numerics;
using System.Runtime.CompilerServices;
using Lamina.Format;
using Lamina.Format.Layout;
using Lamina.Format.Reading;
using Lamina.Mapping;
using Lamina.Memory;
using Lamina.Protection;

namespace Lamina.Caching;

/// <summary>Decodes blocks into the pool, and evicts others when the budget has no room. Thread-safe.</summary>
/// <remarks>
/// <para>
/// The policy is 2Q (T. Johnson and D. Shasha, 1994). A block comes into a queue where it is on probation and where being
/// read does not count, since the layers of a block tend to be read one after the other. It leaves that queue in the order of coming. If it
/// is decoded again soon after, it has proved itself: it goes to the main queue, which evicts what was not read since the
/// hand of a clock passed it last. So a scan through the data passes through the probation alone.
/// </para>
/// <para>Order of locks: a block's, then that of its region's dictionary, then this cache's, then that of <see cref="Retirement"/>,
/// then the pool's.</para>
/// </remarks>
internal sealed unsafe class BlockCache : IRetirable
{
    // Evicting a few at once shares the cost of the process-wide fence.
    private const int MaxBatch = 16;
    private const int BudgetPerBatch = 32;

    // The part of resident bytes that is on probation before the main queue must give way. Against skewed reads with scans an eighth
    // hits as often as ARC, a quarter a point less.
    private const int ProbationDivisor = 8;

    private const int CacheLine = 64;

    // Its part of 2^32, by which neighbours are spread far apart.
    private const uint GoldenRatio = 0x9E37_79B9;

    // How often an allocation that found everything in use looks again; others' leases mostly last less than that.
    private const int Patience = 32;

    private readonly object _gate = new();
    private readonly object[] _locks = new object[64];
    private readonly MemoryBudget _budget;
    private readonly PoolAllocator _pool;
    private readonly BlockQueue _probation = new();
    private readonly BlockQueue _main = new();
    private readonly ICacheOwner _owner;

    // Made when somebody first has to give way.
    private HazardSnapshot? _hazards;
    private uint _probationEvictions;
    private int _decoding;
    private long _decoded;
    private long _evicted;
    private long _misses;
    private long _eagerBytes;
    private long _copiedBytes;
    private long _mappedBytes;
    private long _tableBytes;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="config">Its budget and the sizes of the pool.</param>
    /// <param name="owner">Whom it tells what happens.</param>
    public BlockCache(MemoryConfig config, ICacheOwner owner)
    {
        _budget = new MemoryBudget(config.TotalMemoryBytes, owner);
        _pool = new PoolAllocator(_budget, config.PoolSizes);
        _owner = owner;
        for (int i = 0; i < _locks.Length; i++)
            _locks[i] = new object();
    }

    /// <summary>What content memory is charged to.</summary>
    public MemoryBudget Budget => _budget;

    /// <summary>The lock that a block's first reader takes; other blocks may share it.</summary>
    public object LockOf(nint cell) => _locks[Cell.Spread(cell, 58)];

    /// <summary>
    /// Decodes a block and publishes it. The caller holds the block's lock and has published its cell, so the block stays
    /// for as long as that hazard does.
    /// </summary>
    /// <returns>What the cell now holds; zero if the region was retired meanwhile.</returns>
    /// <exception cref="LaminaFormatException">The block is damaged; nothing has changed.</exception>
    /// <exception cref="MemoryException">There is no room for it, and nothing more could be evicted.</exception>
    public nint Decode(MmapRegion region, int block, in BlockEntry entry)
    {
        // First, since whoever has memory for a block must not wait for more.
        ReadOnlySpan<byte> dictionary = entry.Codec == (uint)BlockCodec.Lz4WithDictionary ? region.GetDictionary() : default;
        int length = (int)entry.DecodedLength;
        nint memory = Allocate(region.Format.Dimension, length);
        bool published = false;
        try
        {
            // SAFETY: the pool's block has at least as many bytes from there on, and nobody else knows it.
            nint start = memory + Shift(block, (int)(_pool.SizeFor(length) - length), region.Format.ContentAlignment);
            nint value = MmapRegion.BaseOf(start, entry.ImageOffset);
            region.Format.DecodeBlock(block, new Span<byte>((void*)start, length), dictionary);
            TestHooks.At(HookPoint.BlockDecoded);
            lock (_gate)
            {
                if (region.IsRetired)
                    return 0;
                Enqueue(new ResidentBlock(region, block, memory, _pool.SizeFor(length)));
                Volatile.Write(ref region.Cells[block].Base, value);
                published = true;
                _decoded++;
            }

            return value;
        }
        finally
        {
            if (!published)
                _pool.Release(memory);
            Interlocked.Decrement(ref _decoding);
        }
    }

    /// <summary>Decodes a region's dictionary into memory that <see cref="Return"/> takes back.</summary>
    /// <exception cref="LaminaFormatException">The dictionary is damaged; nothing has changed.</exception>
    /// <exception cref="MemoryException">There is no room for it, and nothing more could be evicted.</exception>
    public nint DecodeDictionary(Region format)
    {
        nint memory = Allocate(format.Dimension, format.DictionaryLength, isDictionary: true);
        bool decoded = false;
        try
        {
            // SAFETY: as many pages were taken, and nobody else knows them.
            format.DecodeDictionary(new Span<byte>((void*)memory, format.DictionaryLength));
            decoded = true;
            return memory;
        }
        finally
        {
            if (!decoded)
                _pool.Release(memory);
            Interlocked.Decrement(ref _decoding);
        }
    }

    /// <summary>Takes memory for somebody else, evicting what must give way.</summary>
    /// <exception cref="MemoryException">There is no room for it, and nothing more could be evicted.</exception>
    public nint Rent(int length)
    {
        nint memory = Allocate(default, length);
        Interlocked.Decrement(ref _decoding);
        return memory;
    }

    /// <summary>Takes back what <see cref="Rent"/> or <see cref="DecodeDictionary"/> gave.</summary>
    public void Return(nint memory) => _pool.Release(memory);

    /// <summary>Bytes that <see cref="Rent"/> takes for so many.</summary>
    public long SizeFor(int length) => _pool.SizeFor(length);

    /// <summary>Takes pages, evicting what must give way; null if there is no room.</summary>
    public NativePages? TakePages(long bytes)
    {
        long needed = NativePages.RoundUp(bytes);
        if (needed > _budget.Total)
            return null;

        Waiting waiting = default;
        while (true)
        {
            if (NativePages.TryTake(_budget, needed) is { } pages)
                return pages;
            if (_pool.Trim() == 0 && !TryMakeRoom(needed, ref waiting))
                return null;
        }
    }

    /// <summary>Takes the blocks of <paramref name="region"/>, which is marked as retired, out of use.</summary>
    /// <returns>What to retire: the region and its blocks.</returns>
    public Retired[] Remove(MmapRegion region)
    {
        List<ResidentBlock> blocks = [];
        lock (_gate)
        {
            _probation.TakeAll(region, blocks);
            _main.TakeAll(region, blocks);
        }

        Retired[] retired = new Retired[blocks.Count + 1];
        for (int i = 0; i < blocks.Count; i++)
            retired[i] = Unlink(blocks[i]);
        retired[^1] = region.ToRetired();
        return retired;
    }

    /// <summary>Counts what <paramref name="region"/> holds.</summary>
    public void RegionLoaded(MmapRegion region) => Count(region, 1);

    /// <summary>Counts what <paramref name="region"/> has given back.</summary>
    public void RegionFreed(MmapRegion region) => Count(region, -1);

    /// <summary>Counts tables beside the files, as they are taken, and negative as they are given back.</summary>
    public void CountTables(long bytes) => Interlocked.Add(ref _tableBytes, bytes);

    /// <summary>Gives back the pool's memory, now and as it becomes free. Nothing is resident any more.</summary>
    public void Close() => _pool.Close();

    /// <summary>Gives back pool memory that holds nothing.</summary>
    /// <returns>The bytes given back.</returns>
    public long Trim() => _pool.Trim();

    /// <summary>Adds what the cache holds to <paramref name="stats"/>.</summary>
    public void AddTo(ref MemoryStats stats)
    {
        lock (_gate)
        {
            stats.ResidentBlocks = _probation.Count + _main.Count;
            stats.DecodedBlocks = _decoded;
            stats.EvictedBlocks = _evicted;
        }

        stats.Misses = Volatile.Read(ref _misses);
        stats.EagerBytes = Volatile.Read(ref _eagerBytes);
        stats.CopiedBytes = Volatile.Read(ref _copiedBytes);
        stats.MappedBytes = Volatile.Read(ref _mappedBytes);
        stats.BookkeepingBytes = Volatile.Read(ref _tableBytes);
        stats.TotalBytes = _budget.Total;
        stats.UsedBytes = _budget.Used;
        stats.PeakBytes = _budget.Peak;
        _pool.AddTo(ref stats);
    }

    /// <summary>Makes the error that says that <paramref name="bytes"/> more do not fit.</summary>
    public MemoryException LimitExceeded(DimensionId? dimension, long bytes, string what)
    {
        MemoryStats stats = _owner.GetStats();
        return new MemoryException(
            MemoryError.LimitExceeded,
            FormattableString.Invariant($"{NameOf(dimension)} needs {bytes} bytes for {what}; {stats.UsedBytes} of {stats.TotalBytes} bytes are ") +
            "taken and nothing more can be evicted. Raise MemoryConfig.TotalMemoryBytes, unload a dimension, or end leases and scopes sooner.",
            dimension,
            stats: stats);
    }

    /// <summary>Counts a read that found its block not ready.</summary>
    public void CountMiss() => Interlocked.Increment(ref _misses);

    /// <summary>Told that something of this cache could not be given back.</summary>
    public void ReleaseFailed(Exception exception) => _owner.ReleaseFailed(exception);

    void IRetirable.Free(nint address) => _pool.Release(address);

    void IRetirable.FreeFailed(Exception exception) => ReleaseFailed(exception);

    /// <summary>
    /// Where in its memory a block begins, as far as there is room. Memory of one size begins at equal distances, so that the beginnings of
    /// many blocks would contend for few places of the processor's caches: the coloring of slabs (J. Bonwick, "The Slab Allocator", 1994).
    /// </summary>
    private static nint Shift(int block, int room, int alignment)
    {
        uint unit = (uint)Math.Max(CacheLine, alignment);
        uint places = ((uint)room / unit) + 1;
        return (nint)(((uint)block * GoldenRatio >> 16) % places * unit);
    }

    private static string NameOf(DimensionId? dimension) => dimension is { } known ? known.ToString() : "A buffer";

    private void Count(MmapRegion region, int sign)
    {
        Interlocked.Add(ref _eagerBytes, sign * region.EagerBytes);
        Interlocked.Add(ref _copiedBytes, sign * region.CopiedBytes);
        Interlocked.Add(ref _mappedBytes, sign * region.MappedBytes);
    }

    // Without a dimension, which is what the default of one says, for a buffer.
    private nint Allocate(DimensionId dimension, int length, bool isDictionary = false)
    {
        nint memory = TryAllocate(dimension, length, isDictionary);
        if (memory == 0)
            memory = AllocateByEvicting(dimension, length, isDictionary);
        Interlocked.Increment(ref _decoding);
        return memory;
    }

    // Apart, as is what is thrown: nothing of it is loaded where there is room.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private nint AllocateByEvicting(DimensionId dimension, int length, bool isDictionary)
    {
        Waiting waiting = default;
        while (TryMakeRoom(isDictionary ? NativePages.RoundUp(length) : _pool.SizeFor(length), ref waiting))
        {
            if (TryAllocate(dimension, length, isDictionary) is nint memory and not 0)
                return memory;
        }

        DimensionId? known = KnownOf(dimension);
        throw LimitExceeded(known, length, isDictionary ? "its dictionary" : known is null ? "its block" : "a block");
    }

    private nint TryAllocate(DimensionId dimension, int length, bool isDictionary)
    {
        try
        {
            return isDictionary ? _pool.TryAllocateAlone(length) : _pool.TryAllocate(length);
        }
        catch (OutOfMemoryException exception)
        {
            throw NoMemory(dimension, length, exception);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MemoryException NoMemory(DimensionId dimension, int length, OutOfMemoryException exception) => new(
        MemoryError.SystemError,
        FormattableString.Invariant($"The system has no memory for {length} bytes of {NameOf(KnownOf(dimension))}."),
        KnownOf(dimension),
        inner: exception);

    private static DimensionId? KnownOf(DimensionId dimension) => dimension == default ? null : dimension;

    /// <summary>Evicts some blocks, or waits a little for memory that others are about to give back.</summary>
    /// <returns>Whether it is worth trying again.</returns>
    private bool TryMakeRoom(long needed, ref Waiting waiting)
    {
        RetiredBatch batch = default;
        Span<Retired> victims = batch;
        int count;
        lock (_gate)
        {
            _hazards ??= new HazardSnapshot();
            Retirement.TakeSnapshot(_hazards);
            count = SelectVictims(victims, needed);
        }

        if (count > 0)
        {
            waiting = default;
            Retirement.Retire(victims[..count]);
            return true;
        }

        // A block that is being decoded can be evicted soon; its decoder does not wait for anybody.
        if (waiting.Rounds++ >= Patience && Volatile.Read(ref _decoding) == 0)
            return false;
        if (waiting.Rounds > 1)
            waiting.Spin.SpinOnce(sleep1Threshold: -1);
        Retirement.Reclaim();
        return true;
    }

    private int SelectVictims(Span<Retired> victims, long needed)
    {
        long target = Math.Max(needed, _budget.Total / BudgetPerBatch);
        long freed = 0;
        int count = 0;

        // A block of the main queue is looked at twice at most: once to clear its mark, once to take it.
        int probationLooks = _probation.Count;
        int mainLooks = _main.Count * 2;
        while (count < victims.Length && freed < target)
        {
            // Blocks that were taken at the first look leave looks over.
            if (_main.Count == 0)
                mainLooks = 0;
            if (probationLooks + mainLooks == 0)
                break;
            bool probation = mainLooks == 0
                || (probationLooks > 0 && _probation.Bytes >= (_probation.Bytes + _main.Bytes) / ProbationDivisor);
            _ = probation ? probationLooks-- : mainLooks--;
            BlockQueue queue = probation ? _probation : _main;
            ResidentBlock block = queue.Dequeue();
            Cell* cell = block.Region.Cells + block.Block;
            if (_hazards!.Names((nint)cell, (nint)cell) || (!probation && cell->Touched != 0))
            {
                cell->Touched = 0;
                queue.Enqueue(block);
                continue;
            }

            if (probation)
                cell->Evicted = ++_probationEvictions;
            victims[count++] = Unlink(block);
            freed += block.Bytes;
        }

        // The numbers of digits differ where a power of two lies between, or at the second.
        if (BitOperations.LeadingZeroCount((ulong)_evicted) != BitOperations.LeadingZeroCount((ulong)(_evicted + count)))
            _owner.BlocksEvicted(_evicted + count);
        _evicted += count;
        return count;
    }

    private void Enqueue(in ResidentBlock block)
    {
        Cell* cell = block.Region.Cells + block.Block;
        uint remembered = (uint)(_probation.Count + _main.Count);
        bool proved = cell->Evicted != 0 && _probationEvictions - cell->Evicted <= remembered;
        cell->Touched = 0;
        (proved ? _main : _probation).Enqueue(block);
    }

    private Retired Unlink(in ResidentBlock block)
    {
        Cell* cell = block.Region.Cells + block.Block;
        Volatile.Write(ref cell->Base, 0);
        return new Retired(this, block.Address, (nint)cell, (nint)cell);
    }

    private struct Waiting
    {
        public int Rounds;
        public SpinWait Spin;
    }

    [InlineArray(MaxBatch)]
    private struct RetiredBatch
    {
        private Retired _first;
    }
}
