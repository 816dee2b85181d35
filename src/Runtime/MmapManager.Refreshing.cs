using Lamina.Format;
using Lamina.Format.Publishing;
using Lamina.Mapping;
using Lamina.Protection;
using Lamina.Versions;

namespace Lamina;

public sealed partial class MmapManager
{
    private readonly object _refreshGate = new();
    private ManifestWatcher? _watcher;

    /// <summary>Takes over the manifest that is published now.</summary>
    /// <remarks>
    /// Dimensions whose file is the same stay as they are. Of the others, those that are loaded are loaded anew before anything
    /// changes, then swapped; for the while, the budget needs room for both. Leases and scopes go on with what they have: a scope that began
    /// before sees what was there before, until it ends.
    /// A dimension whose content is simulated gets its real content if that is there.
    /// </remarks>
    /// <returns>Whether anything has changed.</returns>
    /// <exception cref="LaminaFormatException">
    /// The manifest or a region file is missing, damaged or of another version. Nothing has changed.
    /// </exception>
    /// <exception cref="MemoryException">
    /// The budget has no room for a new region, a region contradicts a schema that was required, or the system refused. Nothing has changed.
    /// </exception>
    /// <exception cref="IOException">The manifest could not be read. Nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The manifest may not be read. Nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public bool Refresh()
    {
        try
        {
            return RefreshAndTell();
        }
        finally
        {
            RaiseNotices();
        }
    }

    private bool RefreshAndTell()
    {
        try
        {
            lock (_refreshGate)
            {
                ThrowIfDisposed();
                ManifestEntry[] entries;
                lock (_simulationGate)
                    entries = ReadManifest(Folder, _config, ref _simulation);
                bool changed = TakeOver(entries);
                if (changed)
                    Tell(MemoryNotice.Refreshed, count: entries.Length);
                return changed;
            }
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            Interlocked.Increment(ref _failures);
            Tell(MemoryNotice.RefreshFailed, exception: exception);
            throw;
        }
    }

    private bool TakeOver(ManifestEntry[] entries)
    {
        DimensionMap before = _dimensions;
        DimensionState[] states = new DimensionState[entries.Length];
        List<(DimensionState State, ManifestEntry? Entry)> changes = [];
        Dictionary<int, PastDimension> past = [];
        for (int i = 0; i < states.Length; i++)
        {
            ManifestEntry entry = entries[i];
            DimensionState? state = before.Find(entry.Dimension);
            if (state is null)
            {
                state = new DimensionState(entry);
                past.Add(entry.Dimension.Value, new PastDimension(null, null, null));
            }
            else if (state.Entry != entry || (state.Region is { IsStandIn: true } && File.Exists(Path.Combine(Folder, entry.File))))
            {
                changes.Add((state, entry));
            }

            states[i] = state;
        }

        DimensionMap after = new(states);
        foreach (DimensionState state in before.All)
        {
            if (after.Find(state.Entry.Dimension) is null)
                changes.Add((state, null));
        }

        if (past.Count == 0 && changes.Count == 0)
            return false;

        // In one order, so that two who hold several gates do not wait for each other.
        changes.Sort(static (a, b) => a.State.Entry.Dimension.CompareTo(b.State.Entry.Dimension));
        int held = 0;
        MmapRegion?[] loaded = new MmapRegion?[changes.Count];
        try
        {
            foreach ((DimensionState state, _) in changes)
            {
                Monitor.Enter(state.Gate);
                held++;
            }

            ThrowIfDisposed();
            for (int i = 0; i < loaded.Length; i++)
            {
                if (changes[i] is { State: { Region: not null } state, Entry: { } entry })
                    loaded[i] = LoadRegion(entry, state.Schema);
            }

            for (int i = 0; i < loaded.Length; i++)
            {
                (DimensionState state, ManifestEntry? entry) = changes[i];
                if (!StaysStandIn(state, entry, loaded[i]))
                    past.Add(state.Entry.Dimension.Value, new PastDimension(state.Entry, state.Region, state.Schema));
            }

            if (past.Count == 0)
                return false;
            DataSetVersion next = _versions.End(past);
            GrowHeads(entries[^1].Dimension.Value + 1);
            _dimensions = after;
            Dimensions = ListOf(entries);
            for (int i = 0; i < loaded.Length; i++)
            {
                if (past.ContainsKey(changes[i].State.Entry.Dimension.Value))
                    Change(changes[i].State, changes[i].Entry, ref loaded[i]);
            }

            _versions.Publish(next);
            return true;
        }
        finally
        {
            foreach (MmapRegion? region in loaded)
            {
                if (region is not null)
                    Retirement.Retire(_cache.Remove(region));
            }

            for (int i = 0; i < held; i++)
                Monitor.Exit(changes[i].State.Gate);
        }
    }

    private static bool StaysStandIn(DimensionState state, ManifestEntry? entry, MmapRegion? loaded) =>
        state.Entry == entry && loaded is { IsStandIn: true };

    // Under the dimension's gate. The region that was there belongs to the version that has ended.
    private void Change(DimensionState state, ManifestEntry? entry, ref MmapRegion? loaded)
    {
        if (entry is null)
            state.IsRemoved = true;
        else
            state.Entry = entry;

        if (state.Region is { IsStandIn: true } && loaded is { IsStandIn: false })
            Tell(MemoryNotice.DimensionRestored, state.Entry.Dimension);
        if (Exchange(state, loaded) is not null)
            Tell(loaded is null ? MemoryNotice.DimensionUnloaded : MemoryNotice.DimensionReloaded, state.Entry.Dimension);
        loaded = null;
    }

    private void GrowHeads(int length)
    {
        lock (_headsGate)
        {
            nint[] heads = _heads;
            if (heads.Length >= length)
                return;
            nint[] grown = new nint[length];
            heads.CopyTo(grown, 0);
            grown.AsSpan(heads.Length).Fill(RegionHead.NoToken);
            _heads = grown;

            // A reader that still holds the old array finds nothing in it, so that no link stays where nobody will remove it.
            for (int i = 0; i < heads.Length; i++)
                Volatile.Write(ref heads[i], RegionHead.NoToken);
        }
    }

    /// <summary>Called by the watcher, on a thread of the pool, where nobody could catch anything.</summary>
    private void RefreshFromWatcher()
    {
        try
        {
            RefreshAndTell();
        }
        catch (ObjectDisposedException)
        {
            // The manager was disposed meanwhile.
        }
#pragma warning disable CA1031 // It has been told, and the next manifest may be a better one.
        catch (Exception)
        {
        }
#pragma warning restore CA1031

        RaiseNoticesAndGoOn();
    }

    private void WatcherFailed(Exception exception)
    {
        Interlocked.Increment(ref _failures);
        Tell(MemoryNotice.RefreshFailed, exception: exception);
        RaiseNoticesAndGoOn();
    }
}
