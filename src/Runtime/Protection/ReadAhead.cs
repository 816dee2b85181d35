using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Lamina.Format.Layout;

namespace Lamina.Protection;

/// <summary>
/// Where a walk through many layers notes what it has found ahead of its reader, in native memory of the scope's table. Layers
/// are taken a stretch at a time: while the contents of one are found and asked of memory, the tables of the next one are on
/// their way.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ReadAhead
{
    /// <summary>
    /// Layers of a stretch, a power of two: enough to cover the way to memory, few enough to stay in the first cache.
    /// </summary>
    public const int Stretch = 64;

    private Contents _contents;
    private Places _places;

    /// <summary>
    /// Where the content of the layer at <paramref name="index"/> is noted; those of a stretch follow one another.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FoundContent* ContentAt(ReadAhead* ahead, int index) =>
        (FoundContent*)&ahead->_contents + (index & (Stretch - 1));

    /// <summary>
    /// Finds the tables of the layers from <paramref name="start"/> to the end of a stretch, and asks memory for them.
    /// </summary>
    public static void Locate(ScopeTable* table, ReadOnlySpan<LayerId> ids, int start)
    {
        int count = Math.Min(Stretch, ids.Length - start);
        if (count <= 0)
            return;

        // SAFETY: so many layers are left from the start, and so many places from there on, since stretches begin at multiples of
        // their length.
        ref LayerId id = ref Unsafe.Add(ref MemoryMarshal.GetReference(ids), start);
        Place* place = PlaceAt(table->Ahead, start);
        Place* end = place + count;
        DimensionView** views = table->Views;
        nuint mask = table->ViewMask;
        while (place != end)
        {
            // SAFETY: as in ReadScope; what is not found is left to it.
            DimensionView* view = views[(nuint)(id.Value >> 32) & mask];
            ulong index = id.Value - view->First;
            LayerLocation* location = null;
            if (index < view->DenseCount)
            {
                location = view->Locations + index;
                Prefetch(location);
            }

            place->Location = location;
            place->View = view;
            place++;
            id = ref Unsafe.Add(ref id, 1);
        }
    }

    /// <summary>
    /// Finds the contents of the layers from <paramref name="start"/> on whose tables have been found,
    /// and asks memory for them.
    /// </summary>
    /// <returns>Where it ends: at <paramref name="end"/>, or at the first layer whose content is not at hand.</returns>
    public static int Find(ScopeTable* table, int start, int end)
    {
        Place* place = PlaceAt(table->Ahead, start);
        Place* last = place + (end - start);
        FoundContent* content = ContentAt(table->Ahead, start);
        FoundContent* first = content;
        while (place != last)
        {
            // SAFETY: the region is protected for as long as the scope lasts, which has not ended since its place was noted.
            LayerLocation* location = place->Location;
            if (location is null)
                break;
            if (!DimensionView.TryFind(place->View, location, out nint address))
                break;
            content->Address = address;
            content->Length = location->Length;
            Prefetch((void*)address);
            place++;
            content++;
        }

        return start + (int)(content - first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Place* PlaceAt(ReadAhead* ahead, int index) => (Place*)&ahead->_places + (index & ((2 * Stretch) - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    // Those of two stretches: one of them is being found while the next is on its way.
    [InlineArray(2 * Stretch)]
    private struct Places
    {
        private Place _first;
    }

    [InlineArray(Stretch)]
    private struct Contents
    {
        private FoundContent _first;
    }

    private struct Place
    {
        public LayerLocation* Location;
        public DimensionView* View;
    }
}
