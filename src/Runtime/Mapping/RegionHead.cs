using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format.Layout;
using Lamina.Statistics;

namespace Lamina.Mapping;

/// <summary>
/// What the fast paths need of a region, on one cache line; its cells follow. Its address is the region's token, and it is
/// freed with the region, so it is read only under that token.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct RegionHead
{
    /// <summary>A cache line.</summary>
    public const int Size = 64;

    /// <summary>Where the layers' contents are, by index.</summary>
    public LayerLocation* Locations;

    /// <summary>The address of the image, if it is contiguous and all of it is verified; else zero, and the cells tell.</summary>
    public nint ImageBase;

    /// <summary>The first layer, as <see cref="LayerId.Value"/>: less it, an identifier is the layer's index, if the dimension is the same.</summary>
    public ulong First;

    /// <summary>
    /// How many layers there are, if their numbers are consecutive and nobody counts reads; else zero. Zero too once the region has been
    /// taken out of use.
    /// </summary>
    public ulong DenseCount;

    /// <summary>How many blocks there are.</summary>
    public uint BlockCount;

    /// <summary>How many layers there are, if their numbers are listed; else zero, and as <see cref="DenseCount"/>.</summary>
    public uint ListedCount;

    /// <summary>The layers' numbers, ascending, if they are listed.</summary>
    public uint* Numbers;

    /// <summary>A weak handle of the <see cref="MmapRegion"/>, for those who protect it.</summary>
    public nint Owner;

    /// <summary>The layers' counters of reads, if somebody counts; else null.</summary>
    public AccessCounts* Counts;

    /// <summary>Stands where no region is: it has no layers, and is never freed.</summary>
    public static readonly RegionHead* None = MakeNone();

    /// <summary>The token of <see cref="None"/>; protects nothing.</summary>
    public static nint NoToken => (nint)None;

    /// <summary>The index of a layer that <see cref="DenseCount"/> does not tell; <see cref="uint.MaxValue"/> if there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static uint FindListed(RegionHead* head, uint number) =>
        head->Counts is null ? Search(head, number) : AccessCounts.Find(head, number);

    /// <summary>The index of a layer whose number is listed; <see cref="uint.MaxValue"/> if there is none.</summary>
    public static uint Search(RegionHead* head, uint number) => Search(head, number, Volatile.Read(ref head->ListedCount));

    /// <summary>The same in a region that is protected and may be out of use, whose list has <paramref name="count"/> numbers.</summary>
    public static uint Search(RegionHead* head, uint number, uint count)
    {
        // SAFETY: the list lies in the file and has as many entries, as opening checked; the caller protects the region.
        int index = new ReadOnlySpan<uint>(head->Numbers, (int)count).BinarySearch(number);
        return index < 0 ? uint.MaxValue : (uint)index;
    }

    /// <summary>The state of the blocks, by index.</summary>
    public static Cell* Cells(RegionHead* head) => (Cell*)(head + 1);

    private static RegionHead* MakeNone()
    {
        // SAFETY: zeroed, and kept for as long as the process lives.
        RegionHead* head = (RegionHead*)NativeMemory.AlignedAlloc(Size, Size);
        NativeMemory.Clear(head, Size);
        return head;
    }
}
