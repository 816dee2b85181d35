using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format.Layout;
using Lamina.Mapping;
using Lamina.Protection;
using Lamina.Versions;

namespace Lamina;

/// <summary>Keeps everything that is read through it readable until it is disposed, on the thread that began it.</summary>
/// <remarks>
/// <para>
/// For reading many layers: a layer whose block the scope has read before costs no more than finding it. The scope holds back
/// the blocks and regions that were read through it; so a scope that reads more decoded blocks than the
/// budget has room for meets <see cref="MemoryError.LimitExceeded"/>. End it sooner, or use leases.
/// </para>
/// <para>
/// It sees one version of the data set, the one that was current when it began, whatever <see cref="MmapManager.Refresh"/> takes over
/// meanwhile. What is replaced meanwhile is freed when no scope of an older version is left.
/// </para>
/// <para>Take it with <c>using</c>. Disposing it again, or a copy of it, does nothing. Its spans must not be used after that.</para>
/// </remarks>
public readonly unsafe ref partial struct ReadScope : IDisposable
{
    private readonly MmapManager _manager;
    private readonly ScopeTable* _table;
    private readonly DataSetVersion _dataSet;
    private readonly uint _version;

    internal ReadScope(MmapManager manager, VersionChain versions)
    {
        _manager = manager;
        _table = Hazards.BeginScope();
        _dataSet = versions.Pin(_table);
        _version = _table->Version;
    }

    /// <summary>A layer's bytes, valid until the scope is disposed.</summary>
    /// <param name="id">The layer.</param>
    /// <exception cref="ObjectDisposedException">The scope or the manager has been disposed.</exception>
    /// <inheritdoc cref="MmapManager.Acquire" path="/exception"/>
    /// <remarks>
    /// A scope that was disposed finds nothing at hand and says so. A copy of it, used while a later scope of the thread lasts, may
    /// read under that one's protection. The compiler keeps the span within the block that declares the scope.
    /// </remarks>
    [UnscopedRef]
    public ReadOnlySpan<byte> this[LayerId id]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ScopeTable* table = _table;

            // SAFETY: tables are never freed. A region at hand is protected, and so is a block whose cell is in the set: their
            // tokens were published before anything is loaded here, and are given up when the table no longer has them. Index and
            // block are inside the tables.
            if (table is null)
                return ReadSlow(id);
            RegionHead* region = table->Recent(id.Dimension);
            uint index = id.Number - region->FirstNumber;
            if (region->Dimension != id.Dimension.Value)
                return ReadSlow(id);
            if (index >= Volatile.Read(ref region->DenseCount))
            {
                index = RegionHead.FindListed(region, id.Number);
                if (index == uint.MaxValue)
                    return ReadSlow(id);
            }

            LayerLocation* location = region->Locations + index;
            nint address = Volatile.Read(ref region->ImageBase);
            if (address == 0)
            {
                uint block = location->Block;
                if (block >= region->BlockCount)
                    return ReadSlow(id);
                Cell* cell = RegionHead.Cells(region) + block;
                if (!table->Has((nint)cell))
                    Add(table, cell);
                address = Volatile.Read(ref cell->Base);
                if (address == 0)
                    return ReadSlow(id);
            }

            return MemoryMarshal.CreateReadOnlySpan(ref *(byte*)(address + (nint)location->ImageOffset), (int)location->Length);
        }
    }

    /// <inheritdoc cref="this[LayerId]"/>
    [UnscopedRef]
    public ReadOnlySpan<byte> Read(LayerId id) => this[id];

    /// <summary>Ends the protection of everything that was read. Once is enough; again does nothing.</summary>
    public void Dispose()
    {
        if (_table is not null && _table->Version == _version)
            Hazards.EndScope(_table);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(ScopeTable* table, Cell* cell)
    {
        table->Add((nint)cell);
        TestHooks.At(HookPoint.CellPublished);
        if (cell->Touched == 0)
            cell->Touched = 1;
    }

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
        return new Hazard(_table, _dataSet);
    }
}
