using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Lamina;

/// <summary>What a manager holds at one instant. A value: taking it allocates nothing.</summary>
/// <remarks>Each figure is right by itself; where other threads work meanwhile, two figures may be of slightly different instants.</remarks>
[DebuggerDisplay("{UsedBytes} of {TotalBytes} bytes, {LoadedDimensions} of {Dimensions} dimensions")]
public struct MemoryStats
{
    private PoolStatsArray _pool;
    private int _poolCount;

    /// <summary>The budget, in bytes.</summary>
    public long TotalBytes { readonly get; internal set; }

    /// <summary>Bytes charged to the budget: <see cref="PoolBytes"/>, <see cref="EagerBytes"/> and <see cref="CopiedBytes"/>.</summary>
    public long UsedBytes { readonly get; internal set; }

    /// <summary>The most bytes that were charged at once.</summary>
    public long PeakBytes { readonly get; internal set; }

    /// <summary>Bytes charged for decoded blocks, those free for the next one included.</summary>
    public long PoolBytes { readonly get; internal set; }

    /// <summary>Bytes of the pool that hold decoded blocks, or blocks retired that somebody may still read.</summary>
    public long PoolUsedBytes { readonly get; internal set; }

    /// <summary>Bytes charged for dimensions loaded eagerly.</summary>
    public long EagerBytes { readonly get; internal set; }

    /// <summary>Bytes charged for files read into memory (<see cref="OpenMode.Copy"/>).</summary>
    public long CopiedBytes { readonly get; internal set; }

    /// <summary>Bytes of mapped files: the system's cache, not charged.</summary>
    public long MappedBytes { readonly get; internal set; }

    /// <summary>Bytes of tables that the library keeps beside the files, not charged.</summary>
    public long BookkeepingBytes { readonly get; internal set; }

    /// <summary>Dimensions of the data set.</summary>
    public int Dimensions { readonly get; internal set; }

    /// <summary>Dimensions that are loaded.</summary>
    public int LoadedDimensions { readonly get; internal set; }

    /// <summary>Decoded blocks that can be read without decoding.</summary>
    public long ResidentBlocks { readonly get; internal set; }

    /// <summary>Blocks decoded into the pool so far.</summary>
    public long DecodedBlocks { readonly get; internal set; }

    /// <summary>Blocks evicted from the pool so far.</summary>
    public long EvictedBlocks { readonly get; internal set; }

    /// <summary>Regions and blocks of this process that wait to be freed because somebody may still read them.</summary>
    public int RetiredCount { readonly get; internal set; }

    /// <summary>Whether any dimension of the data set has content that was made up by simulation.</summary>
    public bool SimulationMode { readonly get; internal set; }

    /// <summary>The pool's blocks by size, ascending; as many as <see cref="MemoryConfig.PoolBlockSizes"/> has.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<PoolStats> Pool => ((ReadOnlySpan<PoolStats>)_pool)[.._poolCount];

    internal void SetPool(int index, PoolStats stats)
    {
        _pool[index] = stats;
        _poolCount = Math.Max(_poolCount, index + 1);
    }

    [InlineArray(MemoryConfig.MaxPoolSizes)]
    private struct PoolStatsArray
    {
        private PoolStats _first;
    }
}
