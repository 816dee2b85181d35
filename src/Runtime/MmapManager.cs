using System.Diagnostics;
using System.Runtime.CompilerServices;
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

    // Objects, here and wherever a first read comes by: the runtime takes the type Lock, and how it tells threads apart, for longer
    // to load than such a read waits for a lock. See docs/decisions/0012-compiled-ahead.md.
    private readonly object _headsGate = new();
    private readonly object _simulationGate = new();

    // Replaced as a whole.
    private volatile DimensionMap _dimensions;

    // Tokens of the loaded regions by dimension, that of no region where there is none. A region's link. Written under the gate of heads.
    private volatile nint[] _heads;

    private Simulation? _simulation;
    private volatile bool _disposed;
    private int _released;

    private MmapManager(string folder, ManifestEntry[] entries, MemoryConfig config, Simulation? simulation)
    {
        Folder = folder;
        _config = config;
        _simulation = simulation;
        _cache = new BlockCache(config, this);
        _versions = new VersionChain(_cache);

        // Loops over arrays: what opens a data set should not have to be loaded or compiled first.
        DimensionState[] dimensions = new DimensionState[entries.Length];
        for (int i = 0; i < dimensions.Length; i++)
            dimensions[i] = new DimensionState(entries[i]);
        _dimensions = new DimensionMap(dimensions);
        _heads = new nint[entries[^1].Dimension.Value + 1];
        for (int i = 0; i < _heads.Length; i++)
            _heads[i] = RegionHead.NoToken;
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
            ManifestEntry[] entries = ReadManifest(folder, config, ref simulation);
            manager = new MmapManager(folder, entries, config, simulation);
            if (notice is not null)
                manager.Notice += notice;
            if (config.Watch)
                manager.StartWatching();
            manager.Tell(MemoryNotice.Opened, count: entries.Length);
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
        return new MmapManager(Path.GetFullPath(folder), [.. entries], config, null);
    }

    /// <summary>Whether <paramref name="dimension"/> is loaded.</summary>
    public bool IsLoaded(DimensionId dimension) => _dimensions.Find(dimension) is { Region: not null };

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

    // Apart: nothing of it is loaded where nobody watches.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StartWatching() => _watcher = new ManifestWatcher(Folder, RefreshFromWatcher, WatcherFailed);

    private DimensionState StateOf(DimensionId dimension)
    {
        ThrowIfDisposed();
        DimensionState? state = _dimensions.Find(dimension);
        if (state is null)
            Throw.DimensionNotFound(dimension);
        return state;
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
    private static ManifestEntry[] ReadManifest(string folder, MemoryConfig config, ref Simulation? simulation)
    {
        try
        {
            return DataSetManifest.Load(folder).Entries;
        }
        catch (LaminaFormatException missing) when (missing.Fault == FormatFault.ManifestMissing && config.SimulateFrom is not null)
        {
            simulation ??= Simulation.Create(config.SimulateFrom);
            return simulation.Manifest.Entries;
        }
    }

    private static DimensionId[] ListOf(ManifestEntry[] entries)
    {
        DimensionId[] dimensions = new DimensionId[entries.Length];
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
            Volatile.Write(ref _heads[state.Entry.Dimension.Value], region?.Token ?? RegionHead.NoToken);
        state.Region = region;
        return old;
    }

    internal void ThrowIfDisposed()
    {
        if (_disposed)
            Throw.ManagerDisposed();
    }
}
