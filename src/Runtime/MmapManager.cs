using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Lamina.Caching;
using Lamina.Format;
using Lamina.Format.Publishing;
using Lamina.Mapping;
using Lamina.Protection;
using Lamina.Versions;

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
public sealed partial class MmapManager : IDisposable, ICacheOwner
{
    private readonly MemoryConfig _config;
    private readonly BlockCache _cache;

    private readonly Lock _headsGate = new();
    private readonly Lock _simulationGate = new();

    // Dimensions by number. Replaced as a whole.
    private volatile Dictionary<int, DimensionState> _dimensions;

    // Tokens of the loaded regions by dimension, Busy where there is none. A region's link. Written under
    // the gate of heads.
    private volatile nint[] _heads;

    private Simulation? _simulation;
    private volatile bool _disposed;
    private int _released;

    private MmapManager(string folder, IReadOnlyList<ManifestEntry> entries, MemoryConfig config, Simulation? simulation)
    {
        Folder = folder;
        _config = config;
        _simulation = simulation;
        _cache = new BlockCache(config, this);
        _versions = new VersionChain(_cache);

        // Loops over arrays and a number as key: what opens a data set should not have to be compiled first.
        Dictionary<int, DimensionState> dimensions = new(entries.Count);
        foreach (ManifestEntry entry in entries)
            dimensions.Add(entry.Dimension.Value, new DimensionState(entry));
        _dimensions = dimensions;
        _heads = new nint[entries[^1].Dimension.Value + 1];
        for (int i = 0; i < _heads.Length; i++)
            _heads[i] = Hazards.Busy;
        Dimensions = ListOf(entries);
    }

    /// <summary>The data set's folder, as an absolute path.</summary>
    public string Folder { get; }

    /// <summary>The data set's dimensions, ascending.</summary>
    public IReadOnlyList<DimensionId> Dimensions { get; private set; }

    /// <summary>Opens the data set in <paramref name="folder"/>. Reads its manifest and touches no region file.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="config">How to use memory; <see cref="MemoryConfig.Default"/> if null.</param>
    /// <param name="notice">Added to <see cref="Notice"/> before anything is told; what it throws makes the opening fail.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty, or a setting is out of its range.</exception>
    /// <exception cref="LaminaFormatException">There is no manifest, or it is damaged or of another version.</exception>
    /// <exception cref="MemoryException">The manifest is missing and could not be simulated.</exception>
    /// <exception cref="IOException">The manifest could not be read, or the folder not be watched.</exception>
    /// <exception cref="UnauthorizedAccessException">The manifest may not be read.</exception>
    public static MmapManager Open(string folder, MemoryConfig? config = null, EventHandler<MemoryNoticeEventArgs>? notice = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        config ??= MemoryConfig.Default;
        config.Validate();
        folder = Path.GetFullPath(folder);
        Simulation? simulation = null;
        MmapManager? manager = null;
        try
        {
            manager = new MmapManager(folder, ReadManifest(folder, config, ref simulation), config, simulation);
            manager.Notice += notice;
            if (config.Watch)
                manager._watcher = new ManifestWatcher(folder, manager.RefreshFromWatcher, manager.WatcherFailed);
            manager.Tell(MemoryNotice.Opened, count: manager.Dimensions.Count);
            manager.RaiseNotices();
            return manager;
        }
        catch
        {
            // The manager has taken the simulation over.
            if (manager is null)
                simulation?.Dispose();
            manager?.Dispose();
            throw;
        }
    }

    /// <summary>Opens a data set whose manifest was read before.</summary>
    internal static MmapManager Open(string folder, IReadOnlyList<ManifestEntry> entries, MemoryConfig? config)
    {
        config ??= MemoryConfig.Default;
        config.Validate();
        return new MmapManager(Path.GetFullPath(folder), entries, config, null);
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
        try
        {
            return LoadUnlessLoaded(StateOf(dimension));
        }
        finally
        {
            RaiseNotices();
        }
    }

    /// <summary>Loads every dimension that is not loaded. Those loaded before an error stay loaded.</summary>
    /// <remarks>
    /// With <see cref="LoadMode.Eager"/>, where loading is decoding, as many at once as there are processors; which of them fit into a budget that
    /// has no room for all is then a matter of chance. Notices come when all is done, on this thread.
    /// </remarks>
    /// <exception cref="MemoryException">The budget has no room for a dimension, or the system refused.</exception>
    /// <exception cref="LaminaFormatException">A region file is missing, damaged, or not the one of the manifest.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public void LoadAll()
    {
        ThrowIfDisposed();
        Dictionary<int, DimensionState>.ValueCollection states = _dimensions.Values;
        Exception? failure = null;
        try
        {
            if (_config.LoadMode == LoadMode.Eager && states.Count > 1)
            {
                Parallel.ForEach(states, (state, loop) =>
                {
                    try
                    {
                        LoadUnlessLoaded(state);
                    }
                    catch (Exception exception)
                    {
                        // The first that happened: an aggregate would hide what is to be caught.
                        Interlocked.CompareExchange(ref failure, exception, null);
                        loop.Stop();
                    }
                });
            }
            else
            {
                foreach (DimensionState state in states)
                    LoadUnlessLoaded(state);
            }
        }
        finally
        {
            RaiseNotices();
        }

        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>
    /// Asks the system to read a dimension's file ahead, and returns: a hint that its contents are needed soon. Loads the dimension if need be.
    /// </summary>
    /// <returns>Whether the system has taken the hint; false too where files are read into memory anyway.</returns>
    /// <inheritdoc cref="Load" path="/exception"/>
    public bool Prefetch(DimensionId dimension)
    {
        using RegionUse use = Use(dimension);
        return use.Region.Prefetch();
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
        bool unloaded;
        lock (state.Gate)
        {
            ThrowIfDisposed();
            unloaded = Replace(state, null);
        }

        if (unloaded)
            Tell(MemoryNotice.DimensionUnloaded, dimension);
        RaiseNotices();
        return unloaded;
    }

    /// <summary>Loads a dimension anew, whether it is loaded or not, and only then takes what was loaded before out of use.</summary>
    /// <remarks>If it fails, what was loaded stays. For the while, the budget needs room for both.</remarks>
    /// <inheritdoc cref="TryLoad" path="/exception"/>
    public void Reload(DimensionId dimension)
    {
        DimensionState state = StateOf(dimension);
        try
        {
            lock (state.Gate)
                LoadLocked(state);
        }
        finally
        {
            RaiseNotices();
        }
    }

    /// <summary>
    /// Makes sure that a dimension is what the program was compiled against: that it has the same number and name, and every layer that the
    /// program knows, with the same number and name. More layers are no contradiction. Spec: FPR-2.
    /// </summary>
    /// <param name="schema">What the program knows of the dimension.</param>
    /// <remarks>Checked now, which loads the dimension if need be, and again whenever it is loaded or refreshed. A later call replaces it.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="schema"/> is null.</exception>
    /// <exception cref="MemoryException">
    /// The dimension contradicts the schema; the message says in what. Or as for <see cref="TryLoad"/>.
    /// </exception>
    /// <inheritdoc cref="TryLoad" path="/exception"/>
    public void Require(DimensionSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        DimensionState state = StateOf(schema.Id);
        try
        {
            lock (state.Gate)
            {
                ThrowIfDisposed();
                MmapRegion region = state.Region ?? LoadLocked(state);
                SchemaCheck.Check(schema, region);
                state.Schema = schema;
            }
        }
        finally
        {
            RaiseNotices();
        }
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
        try
        {
            lock (state.Gate)
                return state.Region ?? LoadLocked(state);
        }
        finally
        {
            RaiseNotices();
        }
    }

    private bool LoadUnlessLoaded(DimensionState state)
    {
        lock (state.Gate)
        {
            if (state.Region is not null)
                return false;
            LoadLocked(state);
            return true;
        }
    }

    private MmapRegion LoadLocked(DimensionState state)
    {
        // Dispose sets the mark before it takes the gate, so it finds what is published here.
        ThrowIfDisposed();
        if (state.IsRemoved)
            Throw.DimensionNotFound(state.Entry.Dimension);
        DimensionId dimension = state.Entry.Dimension;
        MmapRegion region;
        try
        {
            region = LoadRegion(state.Entry, state.Schema);
        }
        catch (Exception exception)
        {
            TellFailure(dimension, exception);
            throw;
        }

        Tell(Replace(state, region) ? MemoryNotice.DimensionReloaded : MemoryNotice.DimensionLoaded, dimension);
        return region;
    }

    private MmapRegion LoadRegion(ManifestEntry entry, DimensionSchema? required)
    {
        MmapRegion region = LoadOrSimulate(entry);
        try
        {
            TestHooks.At(HookPoint.RegionLoaded);
            if (required is { } schema)
                SchemaCheck.Check(schema, region);
            return region;
        }
        catch
        {
            Retirement.Retire(_cache.Remove(region));
            throw;
        }
    }

    private MmapRegion LoadOrSimulate(ManifestEntry entry)
    {
        try
        {
            return MmapRegion.Load(Folder, entry, isStandIn: false, _config, _cache);
        }
        catch (LaminaFormatException missing) when (missing.Fault == FormatFault.RegionMissing && _config.SimulateFrom is not null)
        {
            Simulation simulation = StartSimulation();
            ManifestEntry? simulated = simulation.Manifest.Dimensions.FirstOrDefault(other => other.Dimension == entry.Dimension);
            if (simulated is null)
                throw;
            MmapRegion region = MmapRegion.Load(simulation.Folder, simulated, isStandIn: true, _config, _cache);
            Tell(MemoryNotice.DimensionSimulated, entry.Dimension);
            return region;
        }
    }

    private Simulation StartSimulation()
    {
        lock (_simulationGate)
        {
            ThrowIfDisposed();
            return _simulation ??= Simulation.Create(_config.SimulateFrom!);
        }
    }

    /// <summary>Reads the manifest; if there is none and content may be simulated, takes that of the simulation.</summary>
    private static IReadOnlyList<ManifestEntry> ReadManifest(string folder, MemoryConfig config, ref Simulation? simulation)
    {
        try
        {
            return DataSetManifest.Load(folder).Dimensions;
        }
        catch (LaminaFormatException missing) when (missing.Fault == FormatFault.ManifestMissing && config.SimulateFrom is not null)
        {
            simulation ??= Simulation.Create(config.SimulateFrom);
            return simulation.Manifest.Dimensions;
        }
    }

    private static DimensionId[] ListOf(IReadOnlyList<ManifestEntry> entries)
    {
        DimensionId[] dimensions = new DimensionId[entries.Count];
        for (int i = 0; i < dimensions.Length; i++)
            dimensions[i] = entries[i].Dimension;
        return dimensions;
    }

    // Under the dimension's gate.
    private bool Replace(DimensionState state, MmapRegion? region)
    {
        if (Exchange(state, region) is not { } old)
            return false;

        // The links are gone; readers that found them by then look again once they have published the token.
        if (_config.CountAccesses)
            Interlocked.Add(ref _pastAccesses, old.SumAccesses());
        old.MarkRetired();
        Retirement.Retire(_cache.Remove(old));
        return true;
    }

    // Under the dimension's gate. What was there stays as it is, for scopes.
    private MmapRegion? Exchange(DimensionState state, MmapRegion? region)
    {
        MmapRegion? old = state.Region;
        lock (_headsGate)
            Volatile.Write(ref _heads[state.Entry.Dimension.Value], region?.Token ?? Hazards.Busy);
        state.Region = region;
        return old;
    }

    internal void ThrowIfDisposed()
    {
        if (_disposed)
            Throw.ManagerDisposed();
    }
}
