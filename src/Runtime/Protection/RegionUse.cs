using Lamina.Mapping;

namespace Lamina.Protection;

/// <summary>Protects a region, its tables and its descriptions until it is disposed, once.</summary>
internal readonly unsafe ref struct RegionUse(Slot* slot, MmapRegion region) : IDisposable
{
    private readonly Slot* _slot = slot;

    public MmapRegion Region { get; } = region;

    public void Dispose() => Hazards.Release(_slot);
}
