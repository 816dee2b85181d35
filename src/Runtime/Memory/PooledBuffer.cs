using System.Buffers;
using Lamina.Caching;

namespace Lamina.Memory;

/// <summary>A rented block of the pool. Given back once, when it is disposed and no longer pinned.</summary>
internal sealed unsafe class PooledBuffer(BlockCache cache, nint start, int length) : MemoryManager<byte>
{
    // Who holds it: its owner, and each pin. The last one gives it back.
    private int _holders = 1;
    private int _disposed;

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);

        // SAFETY: the block has as many bytes, and is the owner's until it is disposed.
        return new Span<byte>((void*)start, length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)length, nameof(elementIndex));
        int holders = Volatile.Read(ref _holders);
        while (true)
        {
            ObjectDisposedException.ThrowIf(holders == 0 || Volatile.Read(ref _disposed) != 0, this);
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
                break;
            holders = seen;
        }

        // SAFETY: native memory, which does not move; the pin keeps it from being given back.
        return new MemoryHandle((byte*)start + elementIndex, pinnable: this);
    }

    public override void Unpin() => Release();

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Release();
    }

    private void Release()
    {
        int left = Interlocked.Decrement(ref _holders);
        if (left == 0)
            cache.Return(start);
        else if (left < 0)
            throw new InvalidOperationException("The buffer has been unpinned more often than it was pinned.");
    }
}
