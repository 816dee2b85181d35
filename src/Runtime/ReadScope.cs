using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format;
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
            // SAFETY: tables are never freed. A region at hand is protected, and so is a block whose cell is in the set: their
            // tokens were published before anything is loaded here, and are given up when the table no longer has them. Index and
            // block are inside the tables.
            ScopeTable* table = _table;
            if (table is null)
                goto Slow;
            RegionHead* region = table->Recent(id.Dimension);
            uint index = id.Number - region->FirstNumber;
            if (region->Dimension != id.Dimension.Value || index >= Volatile.Read(ref region->DenseCount))
                goto Slow;
            LayerLocation* location = region->Locations + index;
            nint address = Volatile.Read(ref region->ImageBase);
            if (address == 0)
            {
                uint block = location->Block;
                if (block >= region->BlockCount)
                    goto Slow;
                Cell* cell = RegionHead.Cells(region) + block;
                if (!table->Has((nint)cell))
                    goto Slow;
                address = Volatile.Read(ref cell->Base);
                if (address == 0)
                    goto Slow;
            }

            return MemoryMarshal.CreateReadOnlySpan(ref *(byte*)(address + (nint)location->ImageOffset), (int)location->Length);

        Slow:
            return ReadSlow(_manager, table, _dataSet, _version, id);
        }
    }

    /// <inheritdoc cref="this[LayerId]"/>
    [UnscopedRef]
    public ReadOnlySpan<byte> Read(LayerId id) => this[id];

    /// <summary>Reads many layers, one after the other, each while the next ones are fetched from memory.</summary>
    /// <param name="ids">The layers, in the order of reading; any of them more than once.</param>
    /// <returns>The contents, for a <c>foreach</c>. What one cannot be read for is thrown when the walk comes to it.</returns>
    [UnscopedRef]
    public LayerContents ReadMany(ReadOnlySpan<LayerId> ids) => new(this, ids);

    /// <summary>Reads layers of one dimension: finds and protects it once, so that each read has less to do.</summary>
    /// <param name="dimension">The dimension; loaded if need be.</param>
    /// <returns>Its reader, valid until the scope is disposed.</returns>
    /// <remarks>
    /// Take it before a loop, which is what it pays in. It reads on what it has found, whatever is unloaded meanwhile.
    /// </remarks>
    /// <exception cref="MemoryException">
    /// The data set has no such dimension, it is not loaded and is not to be loaded on demand, the budget has no room for it, or the
    /// system refused.
    /// </exception>
    /// <exception cref="LaminaFormatException">The region file is missing, damaged, or not the one of the manifest.</exception>
    /// <exception cref="ObjectDisposedException">The scope or the manager has been disposed.</exception>
    [UnscopedRef]
    public DimensionReader GetReader(DimensionId dimension) => new(this, Protect(dimension));

    /// <summary>The hazards; null if the scope was not begun.</summary>
    internal ScopeTable* Table => _table;

    /// <summary>The table's version for as long as the scope lasts.</summary>
    internal uint Version => _version;

    /// <summary>Whether the scope has begun and not ended.</summary>
    internal bool IsOpen => _table is not null && _table->Version == _version;

    /// <summary>Reads what is not at hand.</summary>
    internal ReadOnlySpan<byte> ReadSlow(LayerId id) => ReadSlow(_manager, _table, _dataSet, _version, id);

    /// <summary>Ends the protection of everything that was read. Once is enough; again does nothing.</summary>
    public void Dispose()
    {
        if (IsOpen)
            Hazards.EndScope(_table);
    }

    /// <summary>The address of a block of a region that the scope protects; zero if it is not there. It is protected from then on.</summary>
    internal static nint FindBlock(ScopeTable* table, RegionHead* region, uint block)
    {
        // SAFETY: the region is protected, and the block is one of its. The cell is published before its address is read.
        nint address = Volatile.Read(ref region->ImageBase);
        if (address != 0 || block >= region->BlockCount)
            return address;
        Cell* cell = RegionHead.Cells(region) + block;
        if (!table->Has((nint)cell))
            Add(table, cell);
        return Volatile.Read(ref cell->Base);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(ScopeTable* table, Cell* cell)
    {
        table->Add((nint)cell);
        TestHooks.At(HookPoint.CellPublished);
        if (cell->Touched == 0)
            cell->Touched = 1;
    }

    // Not of this scope but of its parts: then the compiler may keep them in registers on the fast path.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> ReadSlow(MmapManager manager, ScopeTable* table, DataSetVersion dataSet, uint version, LayerId id)
    {
        if (table is null || table->Version != version)
            Throw.ScopeDisposed();
        RegionHead* region = table->Recent(id.Dimension);
        if (region->Dimension == id.Dimension.Value)
        {
            uint index = id.Number - region->FirstNumber;
            if (index >= Volatile.Read(ref region->DenseCount))
                index = RegionHead.FindListed(region, id.Number);
            if (index != uint.MaxValue)
            {
                LayerLocation* location = region->Locations + index;
                nint address = FindBlock(table, region, location->Block);
                if (address != 0)
                    return MemoryMarshal.CreateReadOnlySpan(ref *(byte*)(address + (nint)location->ImageOffset), (int)location->Length);
            }
        }

        return manager.ReadSlow(id, new Hazard(table, dataSet));
    }

    private Hazard Open()
    {
        if (!IsOpen)
            Throw.ScopeDisposed();
        return new Hazard(_table, _dataSet);
    }
}
