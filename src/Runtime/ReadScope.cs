using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format;
using Lamina.Format.Layout;
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
    /// <exception cref="ObjectDisposedException">
    /// The scope has been disposed; or the manager has been, and the layer's block was not read before in the scope.
    /// </exception>
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
            // SAFETY: tables and views are never freed. What a view shows is protected: the tokens were published before anything was
            // noted there, and are given up when the table no longer has the view. Index and block are inside the tables.
            ScopeTable* table = _table;
            if (table is null)
                goto Slow;
            DimensionView* view = table->ViewAt((uint)(id.Value >> 32));
            ulong index = id.Value - view->First;
            if (index >= view->DenseCount)
                goto Slow;
            LayerLocation* location = view->Locations + index;
            if (DimensionView.TryFind(view, location, out nint address))
                return MemoryMarshal.CreateReadOnlySpan(ref *(byte*)address, (int)location->Length);

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

    // Not of this scope but of its parts: then the compiler may keep them in registers on the fast path.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> ReadSlow(MmapManager manager, ScopeTable* table, DataSetVersion dataSet, uint version, LayerId id)
    {
        if (table is null || table->Version != version)
            Throw.ScopeDisposed();
        DimensionView* view = table->FindView(id.Dimension);
        if (view->Region is not null && DimensionView.TryRead(view, table, id.Number, out ReadOnlySpan<byte> content))
            return content;
        return manager.ReadSlow(id, new Hazard(table, dataSet));
    }

    private Hazard Open()
    {
        if (!IsOpen)
            Throw.ScopeDisposed();
        return new Hazard(_table, _dataSet);
    }
}
