using System.Runtime.InteropServices;
using Lamina.Format.Layout;
using Lamina.Mapping;

namespace Lamina.Protection;

/// <summary>
/// What reads of one dimension in a scope need, on one cache line of the scope's own: the fast path has one pointer to keep in a
/// register. Native memory of the scope's table, used again by later scopes and never freed; only the table's thread looks here.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct DimensionView
{
    /// <summary>A cache line.</summary>
    public const int Size = 64;

    // Addresses of blocks take half a megabyte at most; a region of more blocks is read without.
    private const uint MostBlocks = 1 << 16;

    /// <summary>Where the layers' contents are, by index.</summary>
    public LayerLocation* Locations;

    /// <summary>The address of the region's image, if it was there when the view was made; else zero.</summary>
    public nint ImageBase;

    /// <summary>
    /// The number of the first layer, and in the upper half the scope's version of its table: what a reader has to take from its number
    /// and its own version to get the layer's index, or more than there are layers if either is not right.
    /// </summary>
    public ulong First;

    /// <summary>
    /// How many layers there are, if their numbers are consecutive and nobody counts reads; else zero, and once the scope has ended.
    /// </summary>
    public ulong DenseCount;

    /// <summary>How many blocks have a place in <see cref="Blocks"/>: all, or none.</summary>
    public uint BlockCount;

    /// <summary>
    /// The blocks' addresses, as <see cref="Cell.Base"/>; zero for a block that the scope has not found, or not protected. One that was read
    /// under a token stays what it was for as long as the token is published: what is evicted meanwhile is kept, and what is decoded
    /// again is another copy of the same.
    /// </summary>
    public nint* Blocks;

    /// <summary>The region, protected by the scope.</summary>
    public RegionHead* Region;

    /// <summary>The next of the table's views in use, or of its spare ones.</summary>
    public DimensionView* Next;

    /// <summary>Makes a view that shows nothing yet.</summary>
    public static DimensionView* Allocate()
    {
        // SAFETY: zeroed, and never freed.
        DimensionView* view = (DimensionView*)NativeMemory.AlignedAlloc(Size, Size);
        NativeMemory.Clear(view, Size);
        return view;
    }

    /// <summary>Begins to show a region whose token the scope has published and then found live.</summary>
    public static void Begin(DimensionView* view, MmapRegion region, uint version)
    {
        // Not the region's own count, which is zero as soon as it is taken out of use.
        RegionHead* head = region.Head;
        view->Region = head;
        view->Locations = head->Locations;
        view->First = StampOf(version) + head->FirstNumber;
        view->ImageBase = Volatile.Read(ref head->ImageBase);
        if (view->ImageBase == 0 && head->BlockCount <= MostBlocks)
        {
            // SAFETY: freed by End.
            view->Blocks = (nint*)NativeMemory.AllocZeroed(head->BlockCount, (nuint)sizeof(nint));
            view->BlockCount = head->BlockCount;
        }

        view->DenseCount = region.Format.IsDense && head->Counts is null ? (uint)region.Format.LayerCount : 0;
    }

    /// <summary>A version of a table as it stands in <see cref="First"/>.</summary>
    public static ulong StampOf(uint version) => (ulong)version << 32;

    /// <summary>Shows nothing any more.</summary>
    public static void End(DimensionView* view)
    {
        view->DenseCount = 0;
        view->BlockCount = 0;
        view->Region = null;
        NativeMemory.Free(view->Blocks);
        view->Blocks = null;
    }

    /// <summary>The address of a block that is there, which is protected and noted; else zero.</summary>
    public static nint FindBlock(DimensionView* view, ScopeTable* table, uint block)
    {
        RegionHead* region = view->Region;
        if (view->ImageBase != 0 || block >= region->BlockCount)
            return view->ImageBase;
        if (block < view->BlockCount && view->Blocks[block] != 0)
            return view->Blocks[block];

        nint address = ReadScope.FindBlock(table, region, block);
        TestHooks.At(HookPoint.CellRead);
        if (block < view->BlockCount)
            view->Blocks[block] = address;
        return address;
    }
}
