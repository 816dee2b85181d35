using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Lamina.Mapping;

namespace Lamina;

public sealed partial class MmapManager
{
    private const int HottestInDump = 16;

    /// <summary>Adds instruments that report this manager's memory to a meter of the program's.</summary>
    /// <remarks>
    /// Named by the conventions of OpenTelemetry; <c>docs/monitoring.md</c> lists them. Each has the tag <c>lamina.folder</c>. They are
    /// observed, so a read costs nothing more. After <see cref="Dispose"/> they report nothing.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="meter"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public void AddInstruments(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        ThrowIfDisposed();
        KeyValuePair<string, object?> folder = new("lamina.folder", Folder);
        meter.CreateObservableUpDownCounter(
            "lamina.memory.limit", Observe<long>(stats => [new(stats.TotalBytes, folder)]), "By", "The most content memory that may be held.");
        meter.CreateObservableUpDownCounter(
            "lamina.memory.usage",
            Observe<long>(stats =>
            [
                new(stats.PoolBytes, folder, new("lamina.memory.kind", "pool")),
                new(stats.EagerBytes, folder, new("lamina.memory.kind", "eager")),
                new(stats.CopiedBytes, folder, new("lamina.memory.kind", "copied")),
            ]),
            "By",
            "Content memory that is held.");
        meter.CreateObservableUpDownCounter(
            "lamina.memory.mapped", Observe<long>(stats => [new(stats.MappedBytes, folder)]), "By", "Mapped files, which belong to the system's cache.");
        meter.CreateObservableUpDownCounter(
            "lamina.dimension.count",
            Observe<long>(stats =>
            [
                new(stats.LoadedDimensions, folder, new("lamina.dimension.state", "loaded")),
                new(stats.Dimensions - stats.LoadedDimensions, folder, new("lamina.dimension.state", "unloaded")),
            ]),
            "{dimension}",
            "Dimensions of the data set.");
        meter.CreateObservableUpDownCounter(
            "lamina.block.count", Observe<long>(stats => [new(stats.ResidentBlocks, folder)]), "{block}", "Decoded blocks that are held.");
        meter.CreateObservableCounter(
            "lamina.block.decodes", Observe<long>(stats => [new(stats.DecodedBlocks, folder)]), "{block}", "Blocks decoded into the pool.");
        meter.CreateObservableCounter(
            "lamina.block.evictions", Observe<long>(stats => [new(stats.EvictedBlocks, folder)]), "{block}", "Blocks evicted from the pool.");
        meter.CreateObservableCounter(
            "lamina.read.misses", Observe<long>(stats => [new(stats.Misses, folder)]), "{read}", "Reads that found their block not ready.");
        meter.CreateObservableCounter(
            "lamina.read.hits",
            Observe<long>(stats => stats.CountsAccesses ? [new(stats.Hits, folder)] : []),
            "{read}",
            "Reads that found their block ready, if reads are counted.");
        meter.CreateObservableCounter(
            "lamina.failures", Observe<long>(stats => [new(stats.Failures, folder)]), "{failure}", "Loads, first reads, refreshes and releases that failed.");
        meter.CreateObservableUpDownCounter(
            "lamina.lease.count",
            Observe<long>(stats => [new(stats.ActiveLeases + stats.ActiveScopes, folder)]),
            "{lease}",
            "Leases and scopes of the process that are held.");
        meter.CreateObservableGauge(
            "lamina.lease.longest",
            Observe<double>(stats => [new(stats.LongestLease.TotalSeconds, folder)]),
            "s",
            "How long the longest of them has been held.");
    }

    /// <summary>Describes the manager's state as a JSON object, for a support case: settings, figures, every dimension.</summary>
    /// <remarks>Holds no content, names or keywords. Works after <see cref="Dispose"/> too.</remarks>
    public string DumpState()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
            DumpState(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes the manager's state, as <see cref="DumpState()"/> does.</summary>
    /// <param name="writer">Where a value may stand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void DumpState(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        MemoryStats stats = GetStats();
        writer.WriteStartObject();
        writer.WriteString("folder", Folder);
        writer.WriteBoolean("disposed", _disposed);
        writer.WriteString("open_mode", _config.OpenMode.ToString());
        writer.WriteString("load_mode", _config.LoadMode.ToString());
        writer.WriteBoolean("simulation", stats.SimulationMode);
        writer.WriteNumber("failures", stats.Failures);

        writer.WriteStartObject("memory");
        writer.WriteNumber("total_bytes", stats.TotalBytes);
        writer.WriteNumber("used_bytes", stats.UsedBytes);
        writer.WriteNumber("peak_bytes", stats.PeakBytes);
        writer.WriteNumber("pool_bytes", stats.PoolBytes);
        writer.WriteNumber("pool_used_bytes", stats.PoolUsedBytes);
        writer.WriteNumber("eager_bytes", stats.EagerBytes);
        writer.WriteNumber("copied_bytes", stats.CopiedBytes);
        writer.WriteNumber("mapped_bytes", stats.MappedBytes);
        writer.WriteNumber("bookkeeping_bytes", stats.BookkeepingBytes);
        writer.WriteNumber("resident_blocks", stats.ResidentBlocks);
        writer.WriteNumber("decoded_blocks", stats.DecodedBlocks);
        writer.WriteNumber("evicted_blocks", stats.EvictedBlocks);
        writer.WriteNumber("misses", stats.Misses);
        writer.WriteStartArray("pool");
        foreach (PoolStats pool in stats.Pool)
        {
            writer.WriteStartObject();
            writer.WriteNumber("block_size", pool.BlockSize);
            writer.WriteNumber("used_blocks", pool.UsedBlocks);
            writer.WriteNumber("free_blocks", pool.FreeBlocks);
            writer.WriteNumber("charged_bytes", pool.ChargedBytes);
            writer.WriteNumber("peak_blocks", pool.PeakBlocks);
            writer.WriteNumber("content_bytes", pool.ContentBytes);
            writer.WriteNumber("fragmentation", Math.Round(pool.Fragmentation, 4));
            writer.WriteNumber("failures", pool.Failures);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();

        writer.WriteStartObject("process");
        writer.WriteNumber("active_leases", stats.ActiveLeases);
        writer.WriteNumber("active_scopes", stats.ActiveScopes);
        writer.WriteNumber("longest_lease_seconds", stats.LongestLease.TotalSeconds);
        writer.WriteNumber("leaked_leases", stats.LeakedLeases);
        writer.WriteNumber("retired", stats.RetiredCount);
        writer.WriteEndObject();
        DumpAccesses(writer, stats);

        writer.WriteStartArray("dimensions");
        foreach (DimensionState state in _dimensions.All)
            DumpDimension(writer, state);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void DumpAccesses(Utf8JsonWriter writer, in MemoryStats stats)
    {
        if (!stats.CountsAccesses)
            return;
        writer.WriteNumber("accesses", stats.Accesses);
        writer.WriteStartArray("hottest_layers");
        Span<LayerAccesses> hottest = new LayerAccesses[HottestInDump];
        foreach (LayerAccesses layer in hottest[..FindHottestLayers(hottest)])
        {
            writer.WriteStartObject();
            writer.WriteString("id", layer.Layer.ToString());
            writer.WriteNumber("accesses", layer.Count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void DumpDimension(Utf8JsonWriter writer, DimensionState state)
    {
        writer.WriteStartObject();
        writer.WriteString("dimension", state.Entry.Dimension.ToString());
        writer.WriteString("file", state.Entry.File);
        writer.WriteNumber("file_bytes", state.Entry.Length);
        writer.WriteNumber("layers", state.Entry.LayerCount);
        writer.WriteBoolean("simulated", state.Entry.Simulated);
        MmapRegion? region = state.Region;
        writer.WriteBoolean("loaded", region is not null);
        if (region is not null)
        {
            // What the object itself holds; nothing of the file, which may be on its way out.
            writer.WriteBoolean("stand_in", region.IsStandIn);
            writer.WriteNumber("blocks", region.Format.BlockCount);
            writer.WriteNumber("mapped_bytes", region.MappedBytes);
            writer.WriteNumber("copied_bytes", region.CopiedBytes);
            writer.WriteNumber("eager_bytes", region.EagerBytes);
        }

        writer.WriteEndObject();
    }

    private Func<IEnumerable<Measurement<T>>> Observe<T>(Func<MemoryStats, Measurement<T>[]> measure)
        where T : struct
    {
        // A meter outlives the manager; what it observes must not keep it.
        WeakReference<MmapManager> reference = new(this);
        return () => reference.TryGetTarget(out MmapManager? manager) && !manager._disposed ? measure(manager.GetStats()) : [];
    }
}
