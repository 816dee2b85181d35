using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format;
using Lamina.Format.Layout;
using Lamina.Format.Reading;
using Lamina.Mapping;
using Lamina.Protection;

namespace Lamina;

/// <summary>
/// Reads layers of one dimension in a scope: see <see cref="ReadScope.GetReader"/>. Valid until the scope is disposed, on its thread.
/// </summary>
/// <remarks>
/// <para>
/// The dimension was found and is protected, so a read has only to see that the layer's number is one of the dimension and that the scope
/// lasts. What it reads is protected as what the scope's own indexer reads, and of the same version of the data set. It holds back
/// the dimension, and the blocks that are read.
/// </para>
/// <para>
/// A dimension that is unloaded, reloaded or refreshed meanwhile is read on. A block that had not been read before is then read from the
/// dimension as it is loaded anew, as the scope does.
/// </para>
/// </remarks>
public readonly unsafe ref struct DimensionReader
{
    // More of what a read needs would not stay in registers through a loop.
    private readonly DimensionView* _view;
    private readonly ulong _stamp;
    private readonly DimensionId _dimension;

    private readonly ReadScope _scope;
    private readonly Region? _format;

    // The scope has published the region's token and found it live.
    internal DimensionReader(ReadScope scope, MmapRegion region)
    {
        _scope = scope;
        _stamp = DimensionView.StampOf(scope.Version);
        _view = scope.Table->FindView(region.Format.Dimension);
        _format = region.Format;
        _dimension = region.Format.Dimension;
    }

    /// <summary>The dimension.</summary>
    public DimensionId Dimension => _dimension;

    /// <summary>How many layers the dimension has. Stays readable after the scope was disposed.</summary>
    public int Count => _format?.LayerCount ?? 0;

    /// <summary>A layer's bytes, valid until the scope is disposed.</summary>
    /// <param name="number">The layer's number in the dimension.</param>
    /// <exception cref="MemoryException">
    /// The dimension has no such layer, the budget has no room for the layer's block and nothing more can be evicted, or the system refused.
    /// </exception>
    /// <exception cref="LaminaFormatException">The layer's block is damaged.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The scope has been disposed; or the manager has been, and the layer's block was not read before.
    /// </exception>
    /// <remarks>The compiler keeps the span, as the reader itself, within the block that declares the scope.</remarks>
    public ReadOnlySpan<byte> this[uint number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // SAFETY: views are never freed. While the version is the scope's own, what the view shows is there and protected. One
            // comparison tells that the version is that one and the index inside: of another version, it is off by 2^32 or more.
            DimensionView* view = _view;
            if (view is null)
                goto Slow;
            ulong index = _stamp + number - view->FirstOfVersion;
            if (index >= view->DenseCount)
                goto Slow;
            LayerLocation* location = view->Locations + index;
            if (DimensionView.TryFind(view, location, out nint address))
                return MemoryMarshal.CreateReadOnlySpan(ref *(byte*)address, (int)location->Length);

        Slow:
            return ReadSlow(this, number);
        }
    }

    /// <summary>A layer's bytes, valid until the scope is disposed.</summary>
    /// <param name="id">The layer.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is a layer of another dimension.</exception>
    /// <inheritdoc cref="this[uint]" path="/*[not(self::param)]"/>
    public ReadOnlySpan<byte> this[LayerId id]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (id.Dimension.Value != _dimension.Value)
                ThrowOther(this, id);
            return this[id.Number];
        }
    }

    /// <summary>Reads a layer if the dimension has it.</summary>
    /// <param name="number">The layer's number in the dimension.</param>
    /// <param name="content">The layer's bytes, valid until the scope is disposed; empty if the answer is false.</param>
    /// <returns>Whether the dimension has the layer.</returns>
    /// <exception cref="MemoryException">
    /// The budget has no room for the layer's block and nothing more can be evicted, or the system refused.
    /// </exception>
    /// <inheritdoc cref="this[uint]" path="/exception[not(@cref='T:Lamina.MemoryException')]"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(uint number, out ReadOnlySpan<byte> content)
    {
        // SAFETY: as in the indexer; where the view is another scope's by now, the indexer says so.
        DimensionView* view = _view;
        if ((view is null || _stamp + number - view->FirstOfVersion >= view->DenseCount) && !Has(this, number))
        {
            content = default;
            return false;
        }

        content = this[number];
        return true;
    }

    // By value, here and below: the compiler keeps in registers only what no call has the address of.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Has(DimensionReader reader, uint number) => reader.OpenFormat().IndexOf(number) >= 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> ReadSlow(DimensionReader reader, uint number)
    {
        // SAFETY: the scope lasts, so the view is its own.
        Region format = reader.OpenFormat();
        if (DimensionView.TryRead(reader._view, reader._scope.Table, number, out ReadOnlySpan<byte> content))
            return content;

        // What is not in memory is read as the scope reads it.
        LayerId id = new(reader._dimension, number);
        if (format.IndexOf(number) < 0)
            Throw.LayerNotFound(id);
        return reader._scope.ReadSlow(id);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowOther(DimensionReader reader, LayerId id)
    {
        reader.OpenFormat();
        throw new ArgumentException(FormattableString.Invariant($"{id} is no layer of {reader._dimension}, which this reads."), nameof(id));
    }

    private Region OpenFormat()
    {
        if (!_scope.IsOpen)
            Throw.ScopeDisposed();
        return _format!;
    }
}
