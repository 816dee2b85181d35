using Lamina.Mapping;
using Lamina.Protection;

namespace Lamina;

public sealed unsafe partial class MmapManager
{
    // Of dimensions that are no longer loaded.
    private long _pastAccesses;

    /// <summary>What the manager holds now. Allocates nothing.</summary>
    /// <remarks>
    /// It looks at each dimension and at the leases of each thread; with <see cref="MemoryConfig.CountAccesses"/> it adds up the counters of
    /// each layer as well.
    /// </remarks>
    public MemoryStats GetStats()
    {
        MemoryStats stats = default;
        _cache.AddTo(ref stats);
        DimensionState[] dimensions = _dimensions.All;
        stats.Dimensions = dimensions.Length;
        stats.CountsAccesses = _config.CountAccesses;
        stats.Accesses = Volatile.Read(ref _pastAccesses);
        foreach (DimensionState state in dimensions)
        {
            stats.SimulationMode |= state.Entry.Simulated;
            if (state.Region is { } region)
            {
                stats.LoadedDimensions++;
                stats.LoadedLayers += region.Format.LayerCount;
                stats.SimulationMode |= region.IsStandIn;
            }

            if (_config.CountAccesses)
                stats.Accesses += SumAccesses(state);
        }

        stats.Failures = Volatile.Read(ref _failures);
        stats.LimitFailures = Volatile.Read(ref _limitFailures);
        stats.Faults = Volatile.Read(ref _faults);
        stats.RetiredCount = Retirement.Count;
        (stats.ActiveLeases, stats.ActiveScopes, uint longest) = Hazards.Observe((uint)Environment.TickCount64);
        stats.LongestLease = TimeSpan.FromMilliseconds(longest);
        stats.LeakedLeases = Hazards.Leaked;
        return stats;
    }

    /// <summary>
    /// The dimensions whose region files are not in the folder now, and that are not loaded or whose content is simulated; ascending. The rest of
    /// the data set can be read.
    /// </summary>
    /// <remarks>Asks the file system for each of them.</remarks>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public IReadOnlyList<DimensionId> GetMissingDimensions()
    {
        ThrowIfDisposed();
        List<DimensionId> missing = [];
        foreach (DimensionState state in _dimensions.All)
        {
            if (state.Region is null or { IsStandIn: true } && !File.Exists(Path.Combine(Folder, state.Entry.File)))
                missing.Add(state.Entry.Dimension);
        }

        return missing;
    }

    /// <summary>How often a layer's content was read since its dimension was loaded.</summary>
    /// <returns>Zero if its dimension is not loaded, or reads are not counted (<see cref="MemoryConfig.CountAccesses"/>).</returns>
    /// <exception cref="MemoryException">The data set has no such dimension, or the loaded dimension no such layer.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public long GetAccesses(LayerId id)
    {
        DimensionState state = StateOf(id.Dimension);
        using RegionUse use = UseIfLoaded(state, out MmapRegion? region);
        return region?.AccessesOf(IndexOf(region, id)) ?? 0;
    }

    /// <summary>The layers that were read most since their dimensions were loaded, in descending order. Allocates nothing.</summary>
    /// <param name="destination">Takes as many as it has room for; layers that were not read are left out.</param>
    /// <returns>How many it took; zero if reads are not counted (<see cref="MemoryConfig.CountAccesses"/>).</returns>
    /// <remarks>Looks at every layer of every loaded dimension.</remarks>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public int GetHottestLayers(Span<LayerAccesses> destination)
    {
        ThrowIfDisposed();
        return FindHottestLayers(destination);
    }

    private int FindHottestLayers(Span<LayerAccesses> destination)
    {
        int count = 0;
        if (!_config.CountAccesses || destination.IsEmpty)
            return count;
        foreach (DimensionState state in _dimensions.All)
        {
            using RegionUse use = UseIfLoaded(state, out MmapRegion? region);
            if (region is not null)
                AddHottest(region, destination, ref count);
        }

        return count;
    }

    private static void AddHottest(MmapRegion region, Span<LayerAccesses> destination, ref int count)
    {
        for (int i = 0; i < region.Format.LayerCount; i++)
        {
            long accesses = region.AccessesOf(i);
            if (accesses == 0 || (count == destination.Length && accesses <= destination[^1].Count))
                continue;

            // Few of many get here: an insertion is enough.
            int at = count < destination.Length ? count++ : count - 1;
            for (; at > 0 && destination[at - 1].Count < accesses; at--)
                destination[at] = destination[at - 1];
            destination[at] = new LayerAccesses(new LayerId(region.Format.Dimension, region.Format.NumberOf(i)), accesses);
        }
    }

    private static long SumAccesses(DimensionState state)
    {
        using RegionUse use = UseIfLoaded(state, out MmapRegion? region);
        return region?.SumAccesses() ?? 0;
    }

    /// <summary>Protects a dimension's region, if it is loaded, until the answer is disposed.</summary>
    private static RegionUse UseIfLoaded(DimensionState state, out MmapRegion? region)
    {
        Slot* slot = Hazards.Take();
        do
        {
            region = state.Region;
            Hazards.Publish(slot, region?.Token ?? Hazards.Busy);
        }
        while (region is { IsRetired: true });

        return new RegionUse(slot, region!);
    }
}
