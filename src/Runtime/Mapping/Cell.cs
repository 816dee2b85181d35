using System.Runtime.CompilerServices;
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

    /// <summary>A number of <c>64 - shift</c> bits for an address, spread evenly over the cells of a region.</summary>
    // Cells are 16 bytes apart, and 16 times this, modulo 2^64, is the golden ratio's part of it (D. E. Knuth, The Art of Computer
    // Programming 3, 6.4). With the ratio itself the cells of a region meet in a few places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Spread(nint address, int shift) => (nint)(((ulong)address * 0x99E3_779B_97F4_A7C1) >> shift);
}
