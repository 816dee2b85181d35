using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Lamina.Protection;

namespace Lamina;

/// <summary>Keeps one layer's content readable until it is disposed, on the thread that took it.</summary>
/// <remarks>
/// <para>
/// Take it with <c>using</c>. While it lasts, the memory under <see cref="Span"/> stays, whatever other threads unload, reload, evict
/// or dispose; it holds nothing else back. Disposing it again, or a copy of it, does nothing. A lease that is never disposed
/// delays the release of what it names until its thread has ended.
/// </para>
/// <para>A span taken from it must not be used after it was disposed.</para>
/// </remarks>
public readonly unsafe ref struct LayerLease : IDisposable
{
    private readonly Slot* _slot;
    private readonly ref readonly byte _content;
    private readonly int _length;
    private readonly uint _version;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LayerLease(Slot* slot, nint content, uint length)
    {
        _slot = slot;
        _content = ref *(byte*)content;
        _length = (int)length;
        _version = slot->Version;
    }

    /// <summary>The layer's bytes, valid until the lease is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The lease, or a copy of it, has been disposed.</exception>
    /// <remarks>The compiler keeps it within the block that declares the lease. A method that answers it takes the lease by <c>in</c>.</remarks>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // SAFETY: slots are never freed. While the version is the lease's own, its hazard is published and protects the
            // content, whose length was checked against its block when the region was opened.
            if (_slot is null || _slot->Version != _version)
                Throw.LeaseDisposed();
            return System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(in _content, _length);
        }
    }

    /// <summary>The layer's length in bytes; stays readable after the lease was disposed.</summary>
    public int Length => _length;

    /// <summary>Ends the protection. Once is enough; again does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose()
    {
        if (_slot is not null && _slot->Version == _version)
            Hazards.Release(_slot);
    }
}
