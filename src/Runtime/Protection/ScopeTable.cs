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

    private const int FirstViews = 16;

    // Dimensions are mostly numbered without large gaps, so a place of its own for each is cheap to have.
    private const int PlacesPerView = 16;
    private const int MostPlacesKept = 1024;

    // Stands where none is: it shows no layers of no dimension.
    private static readonly DimensionView* NoView = DimensionView.Allocate();

    /// <summary>The views at hand, by the last bits of the dimension's number; only the scope's thread looks here.</summary>
    public DimensionView** Views;

    /// <summary>One less than the places in <see cref="Views"/>.</summary>
    public uint ViewMask;

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

    private DimensionView* _used;
    private DimensionView* _spare;
    private uint _viewCount;
    private nint _pinned;
    private nint _published;
    private int _count;
    private int _level;
    private fixed ulong _levels[Levels];

    /// <summary>The tokens, zero where there is none. Only the scope's thread looks here.</summary>
    public readonly ReadOnlySpan<nint> Items => Published->Items;

    /// <summary>The view that is at hand for a dimension, or another one. What it shows is protected.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly DimensionView* ViewAt(uint dimension) => Views[dimension & ViewMask];

    /// <summary>The view that is at hand for a dimension; one of no dimension if there is none.</summary>
    public readonly DimensionView* FindView(DimensionId dimension) => *PlaceOf(dimension.Value);

    /// <summary>Keeps a region at hand whose token was added before the region was found live, in place of another of its dimension.</summary>
    public void Keep(MmapRegion region)
    {
        uint dimension = region.Format.Dimension.Value;
        DimensionView** place = PlaceOf(dimension);
        if ((*place)->Region == region.Head)
            return;
        bool isNew = *place == NoView;
        *place = Show(region);
        if (!isNew)
            return;

        // Each at its first place, if that can be had: only there the fast path looks. And never full.
        _viewCount++;
        while (_viewCount * 2 > ViewMask
            || (PlaceOf(dimension) != Views + (dimension & ViewMask) && ViewMask < _viewCount * PlacesPerView))
        {
            GrowViews();
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
            Views = AllocateViews(FirstViews);
            ViewMask = FirstViews - 1;
        }

        Stamp++;
        _count = 0;
        Use(0);
    }

    /// <summary>Makes sure that there is an <see cref="Ahead"/>.</summary>
    public void EnsureAhead()
    {
        // SAFETY: never freed, as the table is not.
        if (Ahead is null)
            Ahead = (ReadAhead*)NativeMemory.AlignedAlloc((nuint)sizeof(ReadAhead), 64);
    }

    /// <summary>Adds <paramref name="token"/>. What the caller reads afterwards is protected as the protocol says.</summary>
    /// <returns>Whether it was not there before.</returns>
    public bool Add(nint token)
    {
        nint* place = Published->PlaceOf(token);
        if (*place == token)
            return false;

        // At most half full, so that a free place is near.
        if (++_count > Published->Capacity / 2 && _level + 1 < Levels)
        {
            Grow();
            place = Published->PlaceOf(token);
        }

        Volatile.Write(ref *place, token);
        return true;
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
                block->Items.Clear();
            }
            else
            {
                Retirement.FreeScanned(block);
                _levels[level] = 0;
            }
        }

        Stamp++;
        ForgetViews();
    }

    /// <summary>Whether a scope uses the table. May be asked by any thread.</summary>
    public readonly bool IsInUse => Volatile.Read(in _published) != 0;

    private readonly ItemBlock* Published => (ItemBlock*)_published;

    /// <summary>Hands every token to <paramref name="snapshot"/>. Called by reclaimers.</summary>
    public static void Collect(ScopeTable* table, HazardSnapshot snapshot)
    {
        nint pinned = Volatile.Read(ref table->_pinned);
        if (pinned != 0)
            snapshot.Add(pinned, &table->Flags);
        ItemBlock* block = (ItemBlock*)Volatile.Read(ref table->_published);
        if (block is null)
            return;
        foreach (ref nint item in block->Items)
        {
            nint token = Volatile.Read(ref item);
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
        block->Shift = 64 - BitOperations.Log2((uint)capacity);
        return block;
    }

    private static DimensionView** AllocateViews(uint count)
    {
        // SAFETY: freed when it is replaced; only the scope's thread looks at it.
        DimensionView** views = (DimensionView**)NativeMemory.Alloc(count, (nuint)sizeof(nint));
        Clear(views, count);
        return views;
    }

    // A loop: filling a span of numbers of this kind is nothing that the runtime has compiled.
    private static void Clear(DimensionView** views, uint count)
    {
        for (uint i = 0; i < count; i++)
            views[i] = NoView;
    }

    /// <summary>The place of a dimension's view, or the free one where it would be.</summary>
    private readonly DimensionView** PlaceOf(uint dimension)
    {
        // SAFETY: the mask keeps the index inside; at most half of the places are taken, so a free one is met.
        uint index = dimension & ViewMask;
        while (Views[index] != NoView && Views[index]->Dimension != dimension)
            index = (index + 1) & ViewMask;
        return Views + index;
    }

    private DimensionView* Show(MmapRegion region)
    {
        DimensionView* view = _spare;
        if (view is null)
            view = DimensionView.Allocate();
        else
            _spare = view->Next;
        view->Next = _used;
        _used = view;
        DimensionView.Begin(view, region, Version);
        return view;
    }

    private void GrowViews()
    {
        DimensionView** old = Views;
        uint count = ViewMask + 1;
        Views = AllocateViews(count * 2);
        ViewMask = (count * 2) - 1;
        for (uint i = 0; i < count; i++)
        {
            if (old[i] != NoView)
                *PlaceOf(old[i]->Dimension) = old[i];
        }

        NativeMemory.Free(old);
    }

    private void ForgetViews()
    {
        while (_used is not null)
        {
            DimensionView* view = _used;
            _used = view->Next;
            DimensionView.End(view);
            view->Next = _spare;
            _spare = view;
        }

        if (_viewCount == 0)
            return;
        _viewCount = 0;
        if (ViewMask < MostPlacesKept)
        {
            Clear(Views, ViewMask + 1);
            return;
        }

        NativeMemory.Free(Views);
        Views = AllocateViews(FirstViews);
        ViewMask = FirstViews - 1;
    }

    private void Grow()
    {
        ItemBlock* old = (ItemBlock*)_levels[_level];
        int level = _level + 1;
        if (_levels[level] == 0)
            _levels[level] = (ulong)Allocate(1 << (FirstCapacityLog2 + (GrowthLog2 * level)));
        ItemBlock* grown = (ItemBlock*)_levels[level];
        foreach (nint token in old->Items)
        {
            if (token != 0)
                *grown->PlaceOf(token) = token;
        }

        Use(level);
    }

    // Published last: a reclaimer finds every token, in the block before or in this one.
    private void Use(int level)
    {
        _level = level;
        Volatile.Write(ref _published, (nint)_levels[level]);
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct ItemBlock
    {
        public int Capacity;
        public int Shift;

        public Span<nint> Items => new(First, Capacity);

        /// <summary>Where a token is, or the free place where it would be.</summary>
        public nint* PlaceOf(nint token)
        {
            // SAFETY: the place stays below the capacity, and some are free.
            nint* items = First;
            nint place = Cell.Spread(token, Shift);
            while (items[place] != token && items[place] != 0)
                place = (place + 1) & (Capacity - 1);
            return items + place;
        }

        // SAFETY: native memory, which does not move; so many items follow.
        private nint* First => (nint*)((byte*)Unsafe.AsPointer(ref this) + sizeof(ItemBlock));
    }
}
