using System.Buffers;
using Lamina.Caching;

namespace Lamina.Memory;

/// <summary>Buffers from the pool of decoded blocks, charged to its budget.</summary>
internal sealed class BufferPool(MmapManager manager, BlockCache cache) : MemoryPool<byte>
{
    /// <summary>What the budget allows is less.</summary>
    public override int MaxBufferSize => Array.MaxLength;

    /// <exception cref="MemoryException">The budget has no room for it, and nothing more could be evicted.</exception>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minBufferSize, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, MaxBufferSize);
        manager.ThrowIfDisposed();
        int length = Math.Max(1, minBufferSize);
        return new PooledBuffer(cache, cache.Rent(length), (int)Math.Min(cache.SizeFor(length), MaxBufferSize));
    }

    protected override void Dispose(bool disposing)
    {
        // It is the manager's: whoever asked for it does not close it for the others.
    }
}
