using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Lamina.Format.Layout;
using Lamina.Mapping;
using Lamina.Protection;

namespace Lamina;

/// <summary>The contents of many layers, one after the other, in the order they were asked for. Valid until the scope is disposed.</summary>
/// <remarks>
/// While the program is busy with one content, the processor fetches the next ones from memory, which it does not know of where layers are
/// read one by one. That pays where many layers are read in no order: see <see cref="ReadScope.ReadMany"/>. For one thread.
/// </remarks>
public unsafe ref struct LayerContents
{
    // Enough to cover the way to memory, few enough to stay in the first cache.
    private const int Ahead = 32;

    private readonly ReadScope _scope;
    private readonly ReadOnlySpan<LayerId> _ids;

    // The next one to hand out; those from there to the end of the stretch are found, and the stretch after it is on its way.
    private int _next;
    private int _end;
    private Stretch _found;
    private Places _coming;

    internal LayerContents(ReadScope scope, ReadOnlySpan<LayerId> ids)
    {
        _scope = scope;
        _ids = ids;
    }

    /// <summary>The content that the walk has come to.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Walks through the contents, once.</summary>
    public readonly LayerContents GetEnumerator() => this;

    /// <summary>Goes to the next content.</summary>
    /// <returns>False if there is none.</returns>
    /// <inheritdoc cref="ReadScope.this[LayerId]" path="/exception"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        int next = _next;
        if (next == _end && !FindStretch())
            return false;
        _next = next + 1;
        Content content = _found[next & (Ahead - 1)];

        // SAFETY: what was found is protected for as long as the scope lasts.
        Current = content.Address != 0 && _scope.IsOpen
            ? MemoryMarshal.CreateReadOnlySpan(ref *(byte*)content.Address, (int)content.Length)
            : _scope.ReadSlow(_ids[next]);
        return true;
    }

    // Finds the stretch whose tables have been fetched meanwhile, and fetches the tables of the one after it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool FindStretch()
    {
        int count = Math.Min(Ahead, _ids.Length - _end);
        if (count <= 0)
            return false;
        if (_end == 0)
            Locate(0);
        if (_scope.IsOpen)
            Find(_scope.Table, ((ReadOnlySpan<Place>)_coming)[..count], _found);
        else
            _found = default;
        _end += count;
        Locate(_end);
        return true;
    }

    private static void Find(ScopeTable* table, ReadOnlySpan<Place> places, Span<Content> contents)
    {
        for (int i = 0; i < places.Length && i < contents.Length; i++)
        {
            // SAFETY: as in ReadScope; what is missing is left to it.
            LayerLocation* location = places[i].Location;
            nint address = 0;
            uint length = 0;
            if (location is not null)
            {
                address = places[i].ImageBase;
                if (address == 0)
                    address = FindBlock(table, places[i].Region, location->Block);
                if (address != 0)
                {
                    address += (nint)location->ImageOffset;
                    length = location->Length;
                    Prefetch((void*)address);
                }
            }

            contents[i].Address = address;
            contents[i].Length = length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint FindBlock(ScopeTable* table, RegionHead* region, uint block)
    {
        if (block >= region->BlockCount)
            return 0;
        Cell* cell = RegionHead.Cells(region) + block;
        return table->Has((nint)cell) ? Volatile.Read(ref cell->Base) : 0;
    }

    private void Locate(int start)
    {
        ScopeTable* table = _scope.Table;
        if (table is null)
            return;
        ReadOnlySpan<LayerId> ids = _ids.Slice(start, Math.Min(Ahead, _ids.Length - start));
        Span<Place> places = _coming;
        for (int i = 0; i < ids.Length && i < places.Length; i++)
        {
            // SAFETY: as in ReadScope.
            RegionHead* region = table->Recent(ids[i].Dimension);
            uint index = ids[i].Number - region->FirstNumber;
            LayerLocation* location = null;
            if (region->Dimension == ids[i].Dimension.Value && index < Volatile.Read(ref region->DenseCount))
            {
                location = region->Locations + index;
                Prefetch(location);
            }

            places[i].Location = location;
            places[i].Region = region;
            places[i].ImageBase = Volatile.Read(ref region->ImageBase);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    private struct Content
    {
        public nint Address;
        public uint Length;
    }

    private struct Place
    {
        public RegionHead* Region;
        public nint ImageBase;
        public LayerLocation* Location;
    }

    [InlineArray(Ahead)]
    private struct Stretch
    {
        private Content _first;
    }

    [InlineArray(Ahead)]
    private struct Places
    {
        private Place _first;
    }
}
