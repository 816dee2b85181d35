using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Mapping;

namespace Lamina.Protection;

/// <summary>
/// The hazards of a scope: an open hash set of tokens that only grows while the scope lasts. Its own thread adds; whoever
/// reclaims reads. Native memory that is used again and never freed, but for large sets of items.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ScopeTable
{
    private const int FirstCapacityLog2 = 7;
    private const int GrowthLog2 = 2;
    private const int Levels = 12;

    // A scope rarely reads so many blocks; what it took for them is given back.
    private const int LevelsKept = 4;

    // To have each token at its place, the set may be that many times its tokens, and that large: 64 KiB, which the nearest caches have
    // room for, as only what is taken is looked at.
    private const int PlacesPerToken = 64;
    private const int MostForPlaces = 1 << 13;

    private const int FirstRegions = 16;

    // Dimensions are mostly numbered without large gaps, so a place of its own for each is cheap to have.
    private const int RegionsPerDimension = 16;
    private const int MostRegionsKept = 1024;

    // Stands where no region is at hand: it has no layers and no dimension.
    private static readonly RegionHead* NoRegion = MakeNoRegion();

    /// <summary>The items, of <c>2^(64 - Shift)</c> places. Only the scope's thread looks here.</summary>
    public nint* Items;

    /// <summary>How far to shift a hash to get a place.</summary>
    public int Shift;

    /// <summary>Counts ends, so that a scope knows whether the table is still its own.</summary>
    public uint Version;

    /// <summary><see cref="Slot.WantedFlag"/>, set by a reclaimer that this scope made wait: its end reclaims.</summary>
    public uint Flags;

    /// <summary>The next table of the thread; set before the table can be found.</summary>
    public ScopeTable* Next;

    /// <summary>The next free table of the thread. Only its own thread looks here.</summary>
    public ScopeTable* NextFree;

    /// <summary>The thread's record.</summary>
    public ReaderRecord* Owner;

    /// <summary>The regions at hand, by the last bits of the dimension's number; only the scope's thread looks here.</summary>
    public RegionHead** Regions;

    /// <summary>One less than the places in <see cref="Regions"/>.</summary>
    public uint RegionMask;

    /// <summary>
    /// What a walk through many layers has found ahead; null until there was one. Only the scope's thread looks here.
    /// </summary>
    public ReadAhead* Ahead;

    /// <summary>
    /// Counts the stretches that were noted in <see cref="Ahead"/>, and the begins and ends of scopes: what a walk noted is there
    /// for as long as it stays the same.
    /// </summary>
    public ulong Stamp;

    /// <summary>Which scope the statistics have seen here, and when first. Only they look here.</summary>
    public Sighting Seen;

    private DimensionView* _views;
    private DimensionView* _spareViews;
    private int _regionCount;
    private nint _pinned;
    private nint _published;
    private int _count;
    private int _level;
    private fixed ulong _levels[Levels];

    /// <summary>Whether <paramref name="token"/> is in the set, if it is near its place; <see cref="Add"/> knows for certain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Has(nint token)
    {
        nint place = Cell.Spread(token, Shift);

        // SAFETY: a place is below the capacity, which is even, and so is its neighbour.
        return Items[place] == token || Items[place ^ 1] == token;
    }

    /// <summary>The region that is at hand for a dimension, or another one. Its token is in the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly RegionHead* Recent(DimensionId dimension) => Regions[dimension.Value & RegionMask];

    /// <summary>The region that is at hand for a dimension, in use or not; null if there is none.</summary>
    public readonly RegionHead* FindKept(DimensionId dimension)
    {
        RegionHead* region = *PlaceOf(dimension.Value);
        return region == NoRegion ? null : region;
    }

    /// <summary>Keeps a region at hand whose token was added before the region was found live, in place of another of its dimension.</summary>
    public void Keep(RegionHead* region)
    {
        RegionHead** place = PlaceOf(region->Dimension);
        bool isNew = *place == NoRegion;
        *place = region;
        if (!isNew)
            return;

        // Each at its first place, if that can be had: only there the fast path looks. And never full.
        _regionCount++;
        while (_regionCount * 2 > RegionMask
            || (PlaceOf(region->Dimension) != Regions + (region->Dimension & RegionMask) && RegionMask < _regionCount * RegionsPerDimension))
        {
            GrowRegions();
        }
    }

    /// <summary>Pins a version of the data set; takes back the pin of another.</summary>
    public void Pin(nint version) => Volatile.Write(ref _pinned, version);

    /// <summary>Makes the empty set visible to reclaimers.</summary>
    public void Begin()
    {
        if (_levels[0] == 0)
        {
            _levels[0] = (ulong)Allocate(1 << FirstCapacityLog2);
            Regions = AllocateRegions(FirstRegions);
            RegionMask = FirstRegions - 1;
        }

        Stamp++;
        Use(0);
    }

    /// <summary>Makes sure that there is an <see cref="Ahead"/>.</summary>
    public void EnsureAhead()
    {
        // SAFETY: never freed, as the table is not.
        if (Ahead is null)
            Ahead = (ReadAhead*)NativeMemory.AlignedAlloc((nuint)sizeof(ReadAhead), 64);
    }

    /// <summary>The scope's view of a region whose token is in the set.</summary>
    public DimensionView* ViewOf(MmapRegion region)
    {
        // A protected region is not freed, so none of these is of another one at its address.
        for (DimensionView* kept = _views; kept is not null; kept = kept->Next)
        {
            if (kept->Region == region.Head)
                return kept;
        }

        DimensionView* view = _spareViews;
        if (view is null)
            view = DimensionView.Allocate();
        else
            _spareViews = view->Next;
        view->Next = _views;
        _views = view;
        DimensionView.Begin(view, region, Version);
        return view;
    }

    /// <summary>Adds <paramref name="token"/>. What the caller reads afterwards is protected as the protocol says.</summary>
    public void Add(nint token)
    {
        while (!Has(token))
        {
            int capacity = 1 << (64 - Shift);
            nint place = Cell.Spread(token, Shift);
            bool isCrowded = Items[place] != 0 && Items[place ^ 1] != 0;

            // At most a quarter full, and while that is cheap not even two others where one belongs: a token that is not at its place
            // or beside it is found on the slow way, each time.
            if ((_count >= capacity / 4 || (isCrowded && capacity < MostForPlaces && capacity < _count * PlacesPerToken))
                && _level + 1 < Levels)
            {
                Grow();
                continue;
            }

            if (!isCrowded && Items[place] != 0)
                place ^= 1;
            for (; Items[place] != 0; place = (place + 1) & (capacity - 1))
            {
                if (Items[place] == token)
                    return;
            }

            _count++;
            Volatile.Write(ref Items[place], token);
            return;
        }
    }

    /// <summary>Takes the set back and empties it. Nothing that it protected may be read any more.</summary>
    public void End()
    {
        // What the scope has read stays before the stores that give it up.
        Volatile.ReadBarrier();
        Volatile.Write(ref _published, 0);
        Volatile.Write(ref _pinned, 0);
        for (int level = 0; level <= _level; level++)
        {
            ItemBlock* block = (ItemBlock*)_levels[level];
            if (level < LevelsKept)
            {
                new Span<nint>(block->Items, block->Capacity).Clear();
            }
            else
            {
                Retirement.FreeScanned(block);
                _levels[level] = 0;
            }
        }

        Stamp++;
        Items = null;
        while (_views is not null)
        {
            DimensionView* view = _views;
            _views = view->Next;
            DimensionView.End(view);
            view->Next = _spareViews;
            _spareViews = view;
        }

        ForgetRegions();
    }

    /// <summary>Whether a scope uses the table. May be asked by any thread.</summary>
    public readonly bool IsInUse => Volatile.Read(in _published) != 0;

    /// <summary>Hands every token to <paramref name="snapshot"/>. Called by reclaimers.</summary>
    public static void Collect(ScopeTable* table, HazardSnapshot snapshot)
    {
        nint pinned = Volatile.Read(ref table->_pinned);
        if (pinned != 0)
            snapshot.Add(pinned, &table->Flags);
        ItemBlock* block = (ItemBlock*)Volatile.Read(ref table->_published);
        if (block is null)
            return;
        nint* items = block->Items;
        for (int i = 0; i < block->Capacity; i++)
        {
            nint token = Volatile.Read(ref items[i]);
            if (token != 0)
                snapshot.Add(token, &table->Flags);
        }
    }

    private static ItemBlock* Allocate(int capacity)
    {
        nuint bytes = (nuint)sizeof(ItemBlock) + ((nuint)capacity * (nuint)sizeof(nint));

        // SAFETY: the block is freed by End alone, and only where no reclaimer is looking.
        ItemBlock* block = (ItemBlock*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(block, bytes);
        block->Capacity = capacity;
        return block;
    }

    private static RegionHead* MakeNoRegion()
    {
        // SAFETY: zeroed, and kept for as long as the process lives.
        RegionHead* region = (RegionHead*)NativeMemory.AlignedAlloc(RegionHead.Size, RegionHead.Size);
        NativeMemory.Clear(region, RegionHead.Size);
        return region;
    }

    private static RegionHead** AllocateRegions(int count)
    {
        // SAFETY: freed when it is replaced; only the scope's thread looks at it.
        RegionHead** regions = (RegionHead**)NativeMemory.Alloc((nuint)count, (nuint)sizeof(nint));
        Clear(regions, count);
        return regions;
    }

    // A loop: filling a span of numbers of this kind is nothing that the runtime has compiled.
    private static void Clear(RegionHead** regions, int count)
    {
        for (int i = 0; i < count; i++)
            regions[i] = NoRegion;
    }

    /// <summary>The place of a dimension's region, or the free one where it would be.</summary>
    private readonly RegionHead** PlaceOf(uint dimension)
    {
        // SAFETY: the mask keeps the index inside; at most half of the places are taken, so a free one is met.
        uint index = dimension & RegionMask;
        while (Regions[index] != NoRegion && Regions[index]->Dimension != dimension)
            index = (index + 1) & RegionMask;
        return Regions + index;
    }

    private void GrowRegions()
    {
        RegionHead** old = Regions;
        uint count = RegionMask + 1;
        Regions = AllocateRegions((int)count * 2);
        RegionMask = (count * 2) - 1;
        for (uint i = 0; i < count; i++)
        {
            if (old[i] != NoRegion)
                *PlaceOf(old[i]->Dimension) = old[i];
        }

        NativeMemory.Free(old);
    }

    private void ForgetRegions()
    {
        if (_regionCount == 0)
            return;
        _regionCount = 0;
        if (RegionMask < MostRegionsKept)
        {
            Clear(Regions, (int)RegionMask + 1);
            return;
        }

        NativeMemory.Free(Regions);
        Regions = AllocateRegions(FirstRegions);
        RegionMask = FirstRegions - 1;
    }

    private void Grow()
    {
        ItemBlock* old = (ItemBlock*)_levels[_level];
        int level = _level + 1;
        if (_levels[level] == 0)
            _levels[level] = (ulong)Allocate(1 << (FirstCapacityLog2 + (GrowthLog2 * level)));
        ItemBlock* grown = (ItemBlock*)_levels[level];
        int shift = 64 - BitOperations.Log2((uint)grown->Capacity);
        for (int i = 0; i < old->Capacity; i++)
        {
            nint token = old->Items[i];
            if (token == 0)
                continue;
            nint place = Cell.Spread(token, shift);
            if (grown->Items[place] != 0)
                place ^= 1;
            while (grown->Items[place] != 0)
                place = (place + 1) & (grown->Capacity - 1);
            grown->Items[place] = token;
        }

        int count = _count;
        Use(level);
        _count = count;
    }

    // Published last: a reclaimer finds every token, in the block before or in this one.
    private void Use(int level)
    {
        ItemBlock* block = (ItemBlock*)_levels[level];
        Items = block->Items;
        Shift = 64 - BitOperations.Log2((uint)block->Capacity);
        _level = level;
        _count = 0;
        Volatile.Write(ref _published, (nint)block);
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct ItemBlock
    {
        public int Capacity;

        public nint* Items => (nint*)((byte*)Unsafe.AsPointer(ref this) + sizeof(ItemBlock));
    }
}
