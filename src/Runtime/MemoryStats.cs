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

    /// <summary>Bytes charged for decoded blocks, those free for the next one included, and for decoded dictionaries.</summary>
    public long PoolBytes { readonly get; internal set; }

    /// <summary>Bytes of the pool that hold decoded blocks or dictionaries, or what is retired and somebody may still read.</summary>
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

    /// <summary>Layers of the dimensions that are loaded.</summary>
    public long LoadedLayers { readonly get; internal set; }

    /// <summary>Reads so far that found their block not ready, and verified or decoded it.</summary>
    public long Misses { readonly get; internal set; }

    /// <summary>Whether reads are counted (<see cref="MemoryConfig.CountAccesses"/>).</summary>
    public bool CountsAccesses { readonly get; internal set; }

    /// <summary>Reads of layers' contents so far, if they are counted; else zero.</summary>
    public long Accesses { readonly get; internal set; }

    /// <summary>Reads so far that found their block ready, if reads are counted; else zero.</summary>
    public readonly long Hits => Math.Max(0, Accesses - Misses);

    /// <summary>Loads, first reads of blocks, refreshes and releases so far that failed.</summary>
    public long Failures { readonly get; internal set; }

    /// <summary>Those of them for which the budget had no room.</summary>
    public long LimitFailures { readonly get; internal set; }

    /// <summary>Those of them that found a file missing, damaged or of another version; refreshes not counted.</summary>
    public long Faults { readonly get; internal set; }

    /// <summary>Leases of this process that are held now, reads under way included.</summary>
    public int ActiveLeases { readonly get; internal set; }

    /// <summary>Scopes of this process that are held now.</summary>
    public int ActiveScopes { readonly get; internal set; }

    /// <summary>
    /// How long the longest lease or scope of this process that is held now has been held. Counted from when statistics first
    /// saw it, since taking a lease reads no clock; so it lacks at most the time between two calls, and is zero at the first.
    /// </summary>
    public TimeSpan LongestLease { readonly get; internal set; }

    /// <summary>Leases and scopes of this process whose threads ended without disposing them.</summary>
    public long LeakedLeases { readonly get; internal set; }

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
