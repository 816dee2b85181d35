using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format.Layout;
using Lamina.Mapping;
using Lamina.Protection;

namespace Lamina;

/// <summary>Keeps everything that is read through it readable until it is disposed, on the thread that began it.</summary>
/// <remarks>
/// <para>
/// For reading many layers: a layer whose block the scope has read before costs no more than finding it. The scope holds back
/// the blocks and regions that were read through it, and nothing else; so a scope that reads more decoded blocks than the
/// budget has room for meets <see cref="MemoryError.LimitExceeded"/>. End it sooner, or use leases.
/// </para>
/// <para>Take it with <c>using</c>. Disposing it again, or a copy of it, does nothing. Its spans must not be used after that.</para>
/// </remarks>
public readonly unsafe ref partial struct ReadScope : IDisposable
{
    private readonly MmapManager _manager;
    private readonly ScopeTable* _table;
    private readonly uint _version;

    internal ReadScope(MmapManager manager)
    {
        _manager = manager;
        _table = Hazards.BeginScope();
        _version = _table->Version;
    }

    /// <summary>A layer's bytes, valid until the scope is disposed.</summary>
    /// <param name="id">The layer.</param>
    /// <exception cref="ObjectDisposedException">The scope or the manager has been disposed.</exception>
    /// <inheritdoc cref="MmapManager.Acquire" path="/exception"/>
    public ReadOnlySpan<byte> this[LayerId id]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ScopeTable* table = _table;

            // SAFETY: tables are never freed. While the version is the scope's own, every token in its set protects what it
            // names; one that is in the set already was published before the region and the cell are loaded here.
            if (table is not null && table->Version == _version
                && _manager.Find(id.Dimension) is { } region && table->Has(region.Token))
            {
                uint index = id.Number - region.FirstNumber;
                if (index < region.DenseCount)
                {
                    LayerLocation* location = region.Locations + index;
                    uint block = location->Block;
                    if (block < region.BlockCount)
                    {
                        Cell* cell = region.Cells + block;
                        nint image = region.ImageBase;
                        if (image != 0)
                        {
                            if (Volatile.Read(ref cell->Base) != 0)
                                return Content(image, location);
                        }
                        else if (table->Has((nint)cell) && Volatile.Read(ref cell->Base) is nint address and not 0)
                        {
                            return Content(address, location);
                        }
                    }
                }
            }

            return ReadSlow(id);
        }
    }

    /// <inheritdoc cref="this[LayerId]"/>
    public ReadOnlySpan<byte> Read(LayerId id) => this[id];

    /// <summary>Ends the protection of everything that was read. Once is enough; again does nothing.</summary>
    public void Dispose()
    {
        if (_table is not null && _table->Version == _version)
            Hazards.EndScope(_table);
    }

    private static ReadOnlySpan<byte> Content(nint address, LayerLocation* location) =>
        MemoryMarshal.CreateReadOnlySpan(ref *(byte*)(address + (nint)location->ImageOffset), (int)location->Length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReadOnlySpan<byte> ReadSlow(LayerId id)
    {
        Hazard hazard = Open();
        return _manager.ReadSlow(id, hazard);
    }

    private Hazard Open()
    {
        if (_table is null || _table->Version != _version)
            Throw.ScopeDisposed();
        return new Hazard(_table);
    }
}
