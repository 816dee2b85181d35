using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Lamina.Format;
using Lamina.Format.Layout;
using Lamina.Mapping;
using Lamina.Memory;
using Lamina.Protection;

namespace Lamina;

public sealed unsafe partial class MmapManager
{
    /// <summary>Takes a lease on a layer.</summary>
    /// <param name="id">The layer.</param>
    /// <returns>The lease; dispose it, on this thread, when its span is no longer used.</returns>
    /// <exception cref="MemoryException">
    /// The data set has no such dimension or layer, the dimension is not loaded and is not to be loaded on demand, the budget has no room
    /// for the layer's block and nothing more can be evicted, or the system refused.
    /// </exception>
    /// <exception cref="LaminaFormatException">
    /// The region file is missing, damaged, or not the one of the manifest; or the layer's block is damaged.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LayerLease Acquire(LayerId id)
    {
        // No call but the one that leaves the fast path: then all of it stays in registers.
        // SAFETY: the region is protected, and the index is inside its tables.
        Slot* slot = Hazards.TakeFirst();
        if (slot is null)
            goto Slow;
        RegionHead* region = ProtectLoaded(id, slot);
        ulong index = id.Value - region->First;
        if (index >= Volatile.Read(ref region->DenseCount))
            goto Slow;
        LayerLocation* location = region->Locations + index;
        nint address = ProtectBlock(region, location->Block, slot);
        if (address != 0)
            return new LayerLease(slot, address + (nint)location->ImageOffset, location->Length);

    Slow:
        return AcquireSlow(id, slot);
    }

    /// <summary>Takes a lease on a layer if there is such a layer.</summary>
    /// <param name="id">The layer.</param>
    /// <param name="lease">The lease; dispose it, on this thread. Empty, with nothing to dispose, if the answer is false.</param>
    /// <returns>Whether the data set has the layer.</returns>
    /// <exception cref="MemoryException">
    /// The dimension is not loaded and is not to be loaded on demand, the budget has no room for the layer's block and nothing more can be
    /// evicted, or the system refused.
    /// </exception>
    /// <exception cref="LaminaFormatException">
    /// The region file is missing, damaged, or not the one of the manifest; or the layer's block is damaged.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public bool TryAcquire(LayerId id, out LayerLease lease)
    {
        Slot* slot = Hazards.Take();
        bool found = false;
        try
        {
            found = TryAcquireResident(id, slot, out nint content, out uint length)
                || TryResolve(id, new Hazard(slot), out content, out length);
            lease = found ? new LayerLease(slot, content, length) : default;
            return found;
        }
        finally
        {
            if (!found)
                Hazards.Release(slot);
        }
    }

    /// <summary>Begins a scope: many reads under one protection. Dispose it, on this thread, when its spans are no longer used.</summary>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public ReadScope BeginScope()
    {
        ThrowIfDisposed();
        return new ReadScope(this, _versions);
    }

    /// <summary>Calls <paramref name="reader"/> with a layer's content, which cannot escape from it.</summary>
    /// <typeparam name="TState">What is handed through to the reader.</typeparam>
    /// <typeparam name="TResult">What the reader answers.</typeparam>
    /// <param name="id">The layer.</param>
    /// <param name="state">Handed to the reader, so that a static lambda will do.</param>
    /// <param name="reader">Called once, on this thread. It may use the manager.</param>
    /// <returns>The reader's answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is null.</exception>
    /// <inheritdoc cref="Acquire" path="/exception"/>
    public TResult Read<TState, TResult>(LayerId id, TState state, LayerReader<TState, TResult> reader)
        where TState : allows ref struct
    {
        ArgumentNullException.ThrowIfNull(reader);
        using LayerLease lease = Acquire(id);
        return reader(lease.Span, state);
    }

    /// <summary>Copies a layer's content to the start of <paramref name="destination"/>.</summary>
    /// <param name="id">The layer.</param>
    /// <param name="destination">Has room for the whole layer.</param>
    /// <returns>The layer's length in bytes.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short; nothing was copied.</exception>
    /// <inheritdoc cref="Acquire" path="/exception"/>
    public int ReadCopy(LayerId id, Span<byte> destination)
    {
        using LayerLease lease = Acquire(id);
        ReadOnlySpan<byte> content = lease.Span;
        if (content.Length > destination.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{id} has {content.Length} bytes; the destination has room for {destination.Length}."),
                nameof(destination));
        }

        content.CopyTo(destination);
        return content.Length;
    }

    /// <summary>Copies a layer's content to a new array.</summary>
    /// <inheritdoc cref="Acquire" path="/exception"/>
    public byte[] ReadCopy(LayerId id)
    {
        using LayerLease lease = Acquire(id);
        return lease.Span.ToArray();
    }

    /// <summary>Copies a layer's content for code that keeps it, or awaits while it uses it.</summary>
    /// <returns>
    /// The copy, of exactly the layer's length, in memory shared with other renters over time; dispose it when it is no longer used. It belongs to
    /// the caller and is not charged to the budget.
    /// </returns>
    /// <inheritdoc cref="Acquire" path="/exception"/>
    public IMemoryOwner<byte> Rent(LayerId id)
    {
        using LayerLease lease = Acquire(id);
        return new RentedCopy(lease.Span);
    }

    /// <summary>
    /// Buffers charged to this manager's budget, from the pool of decoded blocks, which make way for them. For a program that wants one limit
    /// for all. They are not cleared. A buffer that is not disposed stays charged; one may be disposed after the manager was.
    /// </summary>
    /// <remarks>
    /// Renting throws <see cref="MemoryException"/> if the budget has no room, and <see cref="ObjectDisposedException"/> after
    /// <see cref="Dispose"/>. Disposing the pool does nothing.
    /// </remarks>
    public MemoryPool<byte> Buffers => field ??= new BufferPool(this, _cache);

    /// <summary>Reads a layer's content as text.</summary>
    /// <exception cref="MemoryException">
    /// As for <see cref="Acquire"/>; or the content is not UTF-8 (<see cref="MemoryError.InvalidText"/>).
    /// </exception>
    /// <inheritdoc cref="Acquire" path="/exception"/>
    public string ReadText(LayerId id)
    {
        using LayerLease lease = Acquire(id);
        ReadOnlySpan<byte> content = lease.Span;
        if (!Utf8.IsValid(content))
            Throw.InvalidText(id);
        return Encoding.UTF8.GetString(content);
    }

    /// <summary>Whether the data set has the layer. Loads the dimension if need be, and touches no content.</summary>
    /// <inheritdoc cref="TryAcquire" path="/exception"/>
    public bool Contains(LayerId id)
    {
        if (_dimensions.Find(id.Dimension) is null)
        {
            ThrowIfDisposed();
            return false;
        }

        using RegionUse use = Use(id.Dimension);
        return use.Region.Format.IndexOf(id.Number) >= 0;
    }

    /// <summary>A layer's length in bytes. Touches no content.</summary>
    /// <inheritdoc cref="GetInfo" path="/exception"/>
    public int GetLength(LayerId id)
    {
        using RegionUse use = Use(id.Dimension);
        int index = use.Region.Format.IndexOf(id.Number);
        if (index < 0)
            Throw.LayerNotFound(id);
        return (int)use.Region.Format.Locations[index].Length;
    }
}
