using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Lamina.Format;
using Lamina.Format.Publishing;
using Lamina.Mapping;
using Lamina.Protection;

namespace Lamina;

public sealed partial class MmapManager
{
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

    /// <inheritdoc cref="LoadAll(CancellationToken)"/>
    public void LoadAll() => LoadAll(CancellationToken.None);

    /// <summary>Loads every dimension that is not loaded. Those loaded before an error or a cancellation stay loaded.</summary>
    /// <param name="cancellationToken">Looked at before each dimension.</param>
    /// <remarks>
    /// With <see cref="LoadMode.Eager"/>, where loading is decoding, as many at once as there are processors; which of them fit into a budget that
    /// has no room for all is then a matter of chance. Notices come when all is done, on this thread.
    /// </remarks>
    /// <exception cref="MemoryException">The budget has no room for a dimension, or the system refused.</exception>
    /// <exception cref="LaminaFormatException">A region file is missing, damaged, or not the one of the manifest.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public void LoadAll(CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        DimensionState[] states = _dimensions.All;
        try
        {
            if (_config.LoadMode == LoadMode.Eager && states.Length > 1)
            {
                LoadAtOnce(states, cancellationToken);
                return;
            }

            foreach (DimensionState state in states)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LoadUnlessLoaded(state);
            }
        }
        finally
        {
            RaiseNotices();
        }
    }

    // Apart: nothing of it is loaded where loading is only mapping.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LoadAtOnce(DimensionState[] states, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        Parallel.ForEach(states, (state, loop) =>
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                LoadUnlessLoaded(state);
            }
            catch (Exception exception)
            {
                // The first that happened: an aggregate would hide what is to be caught.
                Interlocked.CompareExchange(ref failure, exception, null);
                loop.Stop();
            }
        });

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
            if (Simulate(entry.Dimension) is { } region)
                return region;
            throw;
        }
    }

    private MmapRegion? Simulate(DimensionId dimension)
    {
        Simulation simulation = StartSimulation();
        ManifestEntry? simulated = simulation.Manifest.Dimensions.FirstOrDefault(other => other.Dimension == dimension);
        if (simulated is null)
            return null;
        MmapRegion region = MmapRegion.Load(simulation.Folder, simulated, isStandIn: true, _config, _cache);
        Tell(MemoryNotice.DimensionSimulated, dimension);
        return region;
    }
}
