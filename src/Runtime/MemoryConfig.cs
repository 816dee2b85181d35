using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Lamina;

/// <summary>How a manager uses memory. Immutable, safe to share between threads.</summary>
public sealed record MemoryConfig
{
    /// <summary>280 MiB: fourteen dimensions of 20 MiB.</summary>
    public const long DefaultTotalMemoryBytes = 280L << 20;

    /// <summary>The most sizes that the pool can have.</summary>
    public const int MaxPoolSizes = 8;

    // As an array, so that a manager is opened without the library of immutable collections.
    private readonly int[]? _poolBlockSizes = [4 << 10, 16 << 10, 64 << 10, 256 << 10];

    /// <summary>The defaults: 280 MiB, files mapped, blocks decoded when they are read.</summary>
    public static MemoryConfig Default { get; } = new();

    /// <summary>
    /// The most bytes of content memory that the manager holds at any time: decoded blocks, eager reservations and copied files.
    /// At least 4 KiB; 280 MiB unless set. Mapped files are the system's cache and not part of it.
    /// </summary>
    public long TotalMemoryBytes { get; init; } = DefaultTotalMemoryBytes;

    /// <summary>How region files come into memory; <see cref="OpenMode.Map"/> unless set.</summary>
    public OpenMode OpenMode { get; init; } = OpenMode.Map;

    /// <summary>When blocks are verified and decoded; <see cref="LoadMode.Lazy"/> unless set.</summary>
    public LoadMode LoadMode { get; init; } = LoadMode.Lazy;

    /// <summary>
    /// How mapped files will be read, as a hint to systems that take one; <see cref="AccessPattern.Normal"/> unless set. See
    /// <see cref="MmapManager.Prefetch"/> for what is needed soon.
    /// </summary>
    public AccessPattern AccessPattern { get; init; } = AccessPattern.Normal;

    /// <summary>
    /// Whether reading a layer loads its dimension; true unless set. If not, reading a dimension that was not loaded by
    /// <see cref="MmapManager.Load"/> is an error.
    /// </summary>
    public bool LoadOnDemand { get; init; } = true;

    /// <summary>
    /// The data set's source, a <c>dimensions.json</c>, from which content is made for dimensions whose region file is missing, and for all of
    /// them if the manifest is missing. Layers without content in it get text made from their keywords, marked as simulated. Null, so that
    /// what is missing is an error, unless set. Real data take over with <see cref="MmapManager.Refresh"/> or <see cref="Watch"/>.
    /// </summary>
    public string? SimulateFrom { get; init; }

    /// <summary>
    /// Whether the folder is watched, so that a newly published manifest is taken over by itself, as by <see cref="MmapManager.Refresh"/>, on a thread of
    /// the pool; false unless set.
    /// </summary>
    public bool Watch { get; init; }

    /// <summary>
    /// Whether reads are counted, layer by layer, for <see cref="MmapManager.GetHottestLayers"/>; false unless set. A counted read takes
    /// a few nanoseconds more, and the counters, which are not charged, 8 bytes a layer for each processor up to eight.
    /// </summary>
    public bool CountAccesses { get; init; }

    /// <summary>
    /// Bytes of the pool's blocks: one to eight powers of two from 4 KiB to 16 MiB, ascending; 4, 16, 64 and 256 KiB unless
    /// set. What is larger is taken from the system by itself.
    /// </summary>
    public ImmutableArray<int> PoolBlockSizes
    {
        get => ImmutableCollectionsMarshal.AsImmutableArray(_poolBlockSizes);
        init => _poolBlockSizes = ImmutableCollectionsMarshal.AsArray(value);
    }

    /// <summary>The same, to be read alone.</summary>
    internal int[] PoolSizes => _poolBlockSizes!;

    /// <summary>Throws if a setting holds what its rule forbids, as <see cref="MmapManager.Open(string, MemoryConfig?, EventHandler{MemoryNoticeEventArgs}?)"/> does.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (TotalMemoryBytes < 4 << 10)
            throw new ArgumentOutOfRangeException(nameof(TotalMemoryBytes), TotalMemoryBytes, "The memory is at least 4096 bytes.");
        if (OpenMode is not (OpenMode.Map or OpenMode.Copy))
            throw new ArgumentOutOfRangeException(nameof(OpenMode), OpenMode, "The open mode is Map or Copy.");
        if (LoadMode is not (LoadMode.Lazy or LoadMode.Eager))
            throw new ArgumentOutOfRangeException(nameof(LoadMode), LoadMode, "The load mode is Lazy or Eager.");
        if (AccessPattern is not (AccessPattern.Normal or AccessPattern.Random or AccessPattern.Sequential))
            throw new ArgumentOutOfRangeException(nameof(AccessPattern), AccessPattern, "The access pattern is Normal, Random or Sequential.");
        if (_poolBlockSizes is not { Length: > 0 and <= MaxPoolSizes })
            throw new ArgumentException("The pool has one to eight sizes of blocks.", nameof(PoolBlockSizes));
        int before = 0;
        foreach (int size in _poolBlockSizes)
        {
            if (size is < (4 << 10) or > (16 << 20) || !int.IsPow2(size) || size <= before)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(PoolBlockSizes), size, "Block sizes are powers of two from 4 KiB to 16 MiB, ascending.");
            }

            before = size;
        }
    }
}
