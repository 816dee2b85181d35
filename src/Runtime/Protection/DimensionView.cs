using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format.Layout;
using Lamina.Mapping;
using Lamina.Statistics;

namespace Lamina.Protection;

/// <summary>
/// What a scope knows of a region that it protects. What its reads need is on one cache line of the scope's own. Native memory of the
/// scope's table, used again by later scopes and never freed; only the table's thread looks here.
/// </summary>
/// <remarks>
/// A region that is taken out of use is shown as before, since the scope protects it; of its blocks, those that the scope has read.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct DimensionView
{
    /// <summary>Two cache lines, of which reads need the first.</summary>
    public const int Size = 128;

    // Places for so many blocks, 8 KiB, are kept from scope to scope; clearing them takes less than taking them anew.
    private const uint MostBlocksKept = 1 << 10;

    /// <summary>The first layer, as <see cref="LayerId.Value"/>: less it, an identifier is the layer's index, if the dimension is the same.</summary>
    public ulong First;

    /// <summary>
    /// How many layers there are, if their numbers are consecutive and nobody counts reads; else zero, and once the scope has ended.
    /// </summary>
    public ulong DenseCount;

    /// <summary>Where the layers' contents are, by index.</summary>
    public LayerLocation* Locations;

    /// <summary>The address of the region's image, if the scope has found it there; else zero.</summary>
    public nint ImageBase;

    /// <summary>
    /// The blocks' addresses, as <see cref="Cell.Base"/>; zero for a block that the scope has not found, or not protected. One that was read
    /// under a token stays what it was for as long as the token is published: what is evicted meanwhile is kept, and what is decoded
    /// again is another copy of the same.
    /// </summary>
    public nint* Blocks;

    /// <summary>How many blocks have a place in <see cref="Blocks"/>: all, or none.</summary>
    public uint BlockCount;

    /// <summary>
    /// The number of the first layer, and in the upper half the scope's version of its table: what a <see cref="DimensionReader"/> has to take
    /// from its number and its own version to get the layer's index, or more than there are layers if either is not right.
    /// </summary>
    public ulong FirstOfVersion;

    /// <summary>The dimension's number; zero if there is none.</summary>
    public readonly uint Dimension => (uint)(First >> 32);

    private uint _layerCount;
    private uint _capacity;
    private bool _isListed;

    /// <summary>The region, protected by the scope.</summary>
    public RegionHead* Region;

    /// <summary>The next of the table's views in use, or of its spare ones.</summary>
    public DimensionView* Next;

    /// <summary>Makes a view that shows nothing yet.</summary>
    public static DimensionView* Allocate()
    {
        // SAFETY: zeroed, and never freed.
        DimensionView* view = (DimensionView*)NativeMemory.AlignedAlloc(Size, Size / 2);
        NativeMemory.Clear(view, Size);
        return view;
    }

    /// <summary>Begins to show a region whose token the scope has published and then found live.</summary>
    public static void Begin(DimensionView* view, MmapRegion region, uint version)
    {
        // Not the region's own counts, which are zero as soon as it is taken out of use.
        RegionHead* head = region.Head;
        bool counts = head->Counts is not null;
        view->Region = head;
        view->First = head->First;
        view->FirstOfVersion = StampOf(version) + (uint)head->First;
        view->Locations = head->Locations;
        view->DenseCount = region.Format.IsDense && !counts ? (uint)region.Format.LayerCount : 0;
        view->_layerCount = (uint)region.Format.LayerCount;
        view->_isListed = !region.Format.IsDense;
        view->ImageBase = Volatile.Read(ref head->ImageBase);

        // Where reads are counted, each looks into the cell, as counting does.
        if (view->ImageBase == 0 && !counts)
            Reserve(view, head->BlockCount);
    }

    /// <summary>A version of a table as it stands in <see cref="FirstOfVersion"/>.</summary>
    public static ulong StampOf(uint version) => (ulong)version << 32;

    /// <summary>Shows nothing any more.</summary>
    public static void End(DimensionView* view)
    {
        if (view->_capacity > MostBlocksKept)
        {
            NativeMemory.Free(view->Blocks);
            view->Blocks = null;
            view->_capacity = 0;
        }
        else
        {
            new Span<nint>(view->Blocks, (int)view->BlockCount).Clear();
        }

        view->DenseCount = 0;
        view->BlockCount = 0;
        view->ImageBase = 0;
        view->Region = null;
        view->First = 0;
    }

    /// <summary>The address of a layer's content, if its block is at hand.</summary>
    // The answer is a constant on each way, so that what is asked of it costs nothing where this is inlined.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryFind(DimensionView* view, LayerLocation* location, out nint content)
    {
        // SAFETY: the location is one of the region, which the scope protects, and so is a block whose address is noted.
        nint address = view->ImageBase;
        if (address == 0)
        {
            uint block = location->Block;
            if (block >= view->BlockCount)
                goto Absent;
            address = view->Blocks[block];
            if (address == 0)
                goto Absent;
        }

        content = address + (nint)location->ImageOffset;
        return true;

    Absent:
        content = 0;
        return false;
    }

    /// <summary>Reads a layer whose block is at hand or in memory, which is protected and noted.</summary>
    /// <returns>False if it is not, or there is no such layer.</returns>
    public static bool TryRead(DimensionView* view, ScopeTable* table, uint number, out ReadOnlySpan<byte> content)
    {
        // SAFETY: the region is protected, and the index is inside its tables.
        content = default;
        RegionHead* region = view->Region;
        uint index = view->_isListed ? RegionHead.Search(region, number, view->_layerCount) : number - (uint)view->First;
        if (index >= view->_layerCount)
            return false;
        LayerLocation* location = view->Locations + index;
        if (location->Length != 0)
        {
            nint address = FindBlock(view, table, location->Block);
            if (address == 0)
                return false;
            content = MemoryMarshal.CreateReadOnlySpan(ref *(byte*)(address + (nint)location->ImageOffset), (int)location->Length);
        }

        if (region->Counts is not null)
            AccessCounts.Add(region->Counts, index);
        return true;
    }

    /// <summary>Notes where a block is that the scope has published and then found.</summary>
    public static void Note(DimensionView* view, uint block, nint address)
    {
        // SAFETY: the index is inside the table.
        if (block < view->BlockCount)
            view->Blocks[block] = address;
    }

    /// <summary>The address of a block that is in memory, which is protected and noted; else zero.</summary>
    private static nint FindBlock(DimensionView* view, ScopeTable* table, uint block)
    {
        // SAFETY: the region is protected. A cell is published before its address is read.
        RegionHead* region = view->Region;
        if (view->ImageBase == 0)
            view->ImageBase = Volatile.Read(ref region->ImageBase);
        if (view->ImageBase != 0 || block >= region->BlockCount)
            return view->ImageBase;
        if (block < view->BlockCount && view->Blocks[block] != 0)
            return view->Blocks[block];

        Cell* cell = RegionHead.Cells(region) + block;
        bool isNew = table->Add((nint)cell);
        TestHooks.At(HookPoint.CellPublished);
        nint address = Volatile.Read(ref cell->Base);
        TestHooks.At(HookPoint.CellRead);

        // However often a scope reads a block, for the eviction it is once.
        if (isNew && address != 0 && cell->Touched == 0)
            cell->Touched = 1;
        if (block < view->BlockCount)
            view->Blocks[block] = address;
        return address;
    }

    private static void Reserve(DimensionView* view, uint blocks)
    {
        if (blocks > view->_capacity)
        {
            NativeMemory.Free(view->Blocks);
            view->Blocks = null;
            view->_capacity = 0;
            view->Blocks = (nint*)NativeMemory.AllocZeroed(blocks, (nuint)sizeof(nint));
            view->_capacity = blocks;
        }

        view->BlockCount = blocks;
    }
}
