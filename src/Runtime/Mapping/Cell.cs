using System.Runtime.InteropServices;

namespace Lamina.Mapping;

/// <summary>Where a block's content is. In native memory, a quarter of a cache line.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Cell
{
    /// <summary>
    /// Zero until the block is verified, and decoded if need be. Then the address of its content minus its image offset, so
    /// that adding a layer's image offset gives the layer's address.
    /// </summary>
    public nint Base;

    /// <summary>When the block was last evicted untested by time, counted in such evictions; zero if never.</summary>
    public uint Evicted;

    /// <summary>Set by readers when it is not; cleared by the eviction's clock. Races are harmless.</summary>
    public uint Touched;
}
