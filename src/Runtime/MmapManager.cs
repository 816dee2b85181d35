using System.Diagnostics;
using Lamina.Caching;
using Lamina.Format;
using Lamina.Format.Publishing;
using Lamina.Mapping;
using Lamina.Protection;

namespace Lamina;

/// <summary>Reads a published data set: typed identifiers in, protected spans out. Every member is safe to call from any thread at any time.</summary>
/// <remarks>
/// <para>
/// Opening reads the manifest alone. A dimension is mapped and checked when it is first read (or by <see cref="Load"/>), a block is
/// verified, and decoded if it is compressed, when a layer in it is first read. From then on reads are lock-free and allocate nothing.
/// </para>
/// <para>
/// Spans point into mapped files or into the pool of decoded blocks. So they are handed out under protection alone: inside a
/// reader (<see cref="Read{TState, TResult}"/>), a <see cref="LayerLease"/> or a <see cref="ReadScope"/>. Unloading, reloading, evicting and disposing
/// never wait for readers: they take memory out of use, and it is freed when no reader can see it any more.
/// </para>
/// <para>
/// Errors follow one rule. A data set whose files are missing, damaged or of another version: <see cref="LaminaFormatException"/>.
/// An operation that cannot be done: <see cref="MemoryException"/>. After <see cref="Dispose"/>:
/// <see cref="ObjectDisposedException"/>. A wrong argument: <see cref="ArgumentException"/>.
/// </para>
/// </remarks>
[DebuggerDisplay("{Folder}")]
public sealed partial class MmapManager : IDisposable
{
    private readonly MemoryConfig _config;
    private readonly BlockCache _cache;

    // Dimensions by number.
    private readonly Dictionary<ushort, DimensionState> _dimensions;

    // Tokens of the loaded regions by dimension, Busy where there is none. Written under the dimension's gate; a region's link.
    private readonly nint[] _heads;

    private volatile bool _disposed;

    private MmapManager(string folder, IReadOnlyList<ManifestEntry> entries, MemoryConfig config)
    {
        Folder = folder;
        _config = config;
        _cache = new BlockCache(config, GetStats);
        _dimensions = entries.ToDictionary(
            static entry => entry.Dimension.Value, static entry => new DimensionState(entry));
        _heads = new nint[entries.Max(static entry => entry.Dimension.Value) + 1];
        _heads.AsSpan().Fill(Hazards.Busy);
        Dimensions = [.. entries.Select(static entry => entry.Dimension)];
    }

    /// <summary>The data set's folder, as an absolute path.</summary>
    public string Folder { get; }

    /// <summary>The data set's dimensions, ascending.</summary>
    public IReadOnlyList<DimensionId> Dimensions { get; private set; }

    /// <summary>Opens the data set in <paramref name="folder"/>. Reads its manifest and touches no region file.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="config">How to use memory; <see cref="MemoryConfig.Default"/> if null.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty, or a setting is out of its range.</exception>
    /// <exception cref="LaminaFormatException">There is no manifest, or it is damaged or of another version.</exception>
    /// <exception cref="IOException">The manifest could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The manifest may not be read.</exception>
    public static MmapManager Open(string folder, MemoryConfig? config = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Open(folder, DataSetManifest.Load(folder).Dimensions, config);
    }

    internal static MmapManager Open(string folder, IReadOnlyList<ManifestEntry> entries, MemoryConfig? config)
    {
        config ??= MemoryConfig.Default;
        config.Validate();
        return new MmapManager(Path.GetFullPath(folder), entries, config);
    }

    /// <summary>Whether <paramref name="dimension"/> is loaded.</summary>
    public bool IsLoaded(DimensionId dimension) => _dimensions.TryGetValue(dimension.Value, out DimensionState? state) && state.Region is not null;

    /// <summary>Loads a dimension: maps or copies its file and checks its tables; with <see cref="LoadMode.Eager"/> its contents too.</summary>
    /// <exception cref="MemoryException">
    /// The data set has no such dimension, it is loaded already, the budget has no room for it, or the system refused.
    /// </exception>
    /// <exception cref="LaminaFormatException">The region file is missing, damaged, or not the one of the manifest.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public void Load(DimensionId dimension)
    {
        if (!TryLoad(dimension))
            Throw.AlreadyLoaded(dimension);
    }

    /// <summary>Loads a dimension unless it is loaded.</summary>
    /// <returns>False if it was loaded already.</returns>
    /// <exception cref="MemoryException">The data set has no such dimension, the budget has no room for it, or the system refused.</exception>
    /// <exception cref="LaminaFormatException">The region file is missing, damaged, or not the one of the manifest.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public bool TryLoad(DimensionId dimension)
    {
        DimensionState state = StateOf(dimension);
        lock (state.Gate)
        {
            if (state.Region is not null)
                return false;
            LoadLocked(state);
            return true;
        }
    }

    /// <summary>Loads every dimension that is not loaded, one after the other. Those loaded before an error stay loaded.</summary>
    /// <exception cref="MemoryException">The budget has no room for a dimension, or the system refused.</exception>
    /// <exception cref="LaminaFormatException">A region file is missing, damaged, or not the one of the manifest.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public void LoadAll()
    {
        ThrowIfDisposed();
        foreach (DimensionId dimension in Dimensions)
            TryLoad(dimension);
    }

    /// <summary>
    /// Takes a dimension out of use and returns. Its memory and its file are freed when no reader can see them any more.
    /// With <see cref="MemoryConfig.LoadOnDemand"/> the next read loads it again.
    /// </summary>
    /// <exception cref="MemoryException">The data set has no such dimension, or it is not loaded.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public void Unload(DimensionId dimension)
    {
        if (!TryUnload(dimension))
            Throw.NotLoaded(dimension);
    }

    /// <summary>Takes a dimension out of use, as <see cref="Unload"/>, if it is loaded.</summary>
    /// <returns>False if it was not loaded.</returns>
    /// <exception cref="MemoryException">The data set has no such dimension.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public bool TryUnload(DimensionId dimension)
    {
        DimensionState state = StateOf(dimension);
        lock (state.Gate)
        {
            ThrowIfDisposed();
            return Replace(state, null);
        }
    }

    /// <summary>Loads a dimension anew, whether it is loaded or not, and only then takes what was loaded before out of use.</summary>
    /// <remarks>If it fails, what was loaded stays. For the while, the budget needs room for both.</remarks>
    /// <inheritdoc cref="TryLoad" path="/exception"/>
    public void Reload(DimensionId dimension)
    {
        DimensionState state = StateOf(dimension);
        lock (state.Gate)
            LoadLocked(state);
    }

    /// <summary>
    /// Gives memory back to the system that the pool holds for blocks to come, and tries to free what was taken out of use.
    /// </summary>
    /// <returns>The bytes of the budget that became free.</returns>
    public long Trim()
    {
        long before = _cache.Budget.Used;
        Retirement.Reclaim();
        _cache.Trim();
        return Math.Max(0, before - _cache.Budget.Used);
    }

    /// <summary>What the manager holds now. Allocates nothing.</summary>
    public MemoryStats GetStats()
    {
        MemoryStats stats = default;
        _cache.AddTo(ref stats);
        Dictionary<ushort, DimensionState> dimensions = _dimensions;
        stats.Dimensions = dimensions.Count;
        foreach (DimensionState state in dimensions.Values)
        {
            stats.SimulationMode |= state.Entry.Simulated;
            if (state.Region is not null)
                stats.LoadedDimensions++;
        }

        stats.RetiredCount = Retirement.Count;
        return stats;
    }

    /// <summary>
    /// Takes everything out of use and returns at once; memory that somebody still reads is freed when the last reader is done.
    /// Reads that begin later throw <see cref="ObjectDisposedException"/>. Again does nothing.
    /// </summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (DimensionState state in _dimensions.Values)
        {
            lock (state.Gate)
                Replace(state, null);
        }

        _cache.Close();
    }

    private DimensionState StateOf(DimensionId dimension)
    {
        ThrowIfDisposed();
        if (!_dimensions.TryGetValue(dimension.Value, out DimensionState? state))
            Throw.DimensionNotFound(dimension);
        return state;
    }

    private MmapRegion GetOrLoad(DimensionId dimension)
    {
        DimensionState state = StateOf(dimension);
        if (state.Region is { } region)
            return region;
        if (!_config.LoadOnDemand)
            Throw.NotLoaded(dimension);
        lock (state.Gate)
            return state.Region ?? LoadLocked(state);
    }

    private MmapRegion LoadLocked(DimensionState state)
    {
        // Dispose sets the mark before it takes the gate, so it finds what is published here.
        ThrowIfDisposed();
        MmapRegion region = MmapRegion.Load(Folder, state.Entry, _config, _cache);
        TestHooks.At(HookPoint.RegionLoaded);
        Replace(state, region);
        return region;
    }

    // Under the dimension's gate.
    private bool Replace(DimensionState state, MmapRegion? region)
    {
        MmapRegion? old = state.Region;
        Volatile.Write(ref _heads[state.Entry.Dimension.Value], region?.Token ?? Hazards.Busy);
        state.Region = region;
        if (old is null)
            return false;

        // The links are gone; readers that found them by then look again once they have published the token.
        old.MarkRetired();
        Retirement.Retire(_cache.Remove(old));
        return true;
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
            Throw.ManagerDisposed();
    }
}
