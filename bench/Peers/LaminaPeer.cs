using Lamina.Bench.Data;
using Lamina.Format.Conversion;

namespace Lamina.Bench.Peers;

/// <summary>Lamina, in one of its ways to keep contents.</summary>
internal sealed class LaminaPeer : IPeer
{
    // What is measured is not eviction: there is room for everything.
    private const long Budget = 1L << 40;

    private readonly CompressionLevel _level;
    private readonly MemoryConfig _config;

    private LaminaPeer(string kind, CompressionLevel level, LoadMode mode)
    {
        Name = "Lamina " + kind;
        StoreName = "lamina-" + level.ToString().ToLowerInvariant();
        _level = level;
        _config = new MemoryConfig { TotalMemoryBytes = Budget, LoadMode = mode };
    }

    /// <summary>Blocks are stored: read straight from the map.</summary>
    public static LaminaPeer Stored { get; } = new("stored", CompressionLevel.None, LoadMode.Lazy);

    /// <summary>LZ4 blocks, all decoded when a dimension is loaded.</summary>
    public static LaminaPeer Eager { get; } = new("eager", CompressionLevel.Fast, LoadMode.Eager);

    /// <summary>LZ4 blocks, each decoded when it is first read.</summary>
    public static LaminaPeer Lz4 { get; } = new("LZ4", CompressionLevel.Fast, LoadMode.Lazy);

    public string Name { get; }

    public string StoreName { get; }

    public void Build(string json, string store) =>
        DataSetConverter.ConvertAsync(json, store, new ConversionOptions { Level = _level }).GetAwaiter().GetResult();

    public IStore Open(string path) => new Store(MmapManager.Open(path, _config));

    private sealed class Store(MmapManager manager) : IStore
    {
        public IReadOnlyList<ReadWay> Ways { get; } =
        [
            new ReadWay("scope", () => new ScopeProbes(manager)),
            new ReadWay("many", () => new ManyProbes(manager), CanChain: false),
            new ReadWay("reader", () => new DimensionProbes(manager), OneDimension: true),
            new ReadWay("lease", () => new LeaseProbes(manager)),
            new ReadWay("callback", () => new CallbackProbes(manager)),
        ];

        public void Dispose() => manager.Dispose();
    }

    private sealed class ScopeProbes(MmapManager manager) : IProbeReader
    {
        public ulong Run(Probes probes, int start, int count, Work work)
        {
            using ReadScope scope = manager.BeginScope();
            return ProbeLoop.Run<ScopeReader, LayerId>(new ScopeReader(scope), probes.Ids.AsSpan(start, count), work);
        }

        // Without the loop: over a span of another library's identifiers it cannot be compiled ahead, as those over numbers are.
        public ulong RunFirst(Probes probes)
        {
            using ReadScope scope = manager.BeginScope();
            return LengthAndFirstByte.Take(scope[probes.Ids[0]]);
        }

        public void Dispose()
        {
        }
    }

    /// <summary>All layers asked for at once.</summary>
    private sealed class ManyProbes(MmapManager manager) : IProbeReader
    {
        public ulong Run(Probes probes, int start, int count, Work work)
        {
            using ReadScope scope = manager.BeginScope();
            LayerContents contents = scope.ReadMany(probes.Ids.AsSpan(start, count));
            return work == Work.Length ? Run<LengthAndFirstByte>(contents) : Run<HashOfAllBytes>(contents);
        }

        public void Dispose()
        {
        }

        private static ulong Run<TWork>(LayerContents contents) where TWork : struct, IWork
        {
            ulong sum = 0;
            foreach (ReadOnlySpan<byte> content in contents)
                sum += TWork.Take(content);
            return sum;
        }
    }

    /// <summary>All layers of the dimension of the first.</summary>
    private sealed class DimensionProbes(MmapManager manager) : IProbeReader
    {
        public ulong Run(Probes probes, int start, int count, Work work)
        {
            using ReadScope scope = manager.BeginScope();
            NumberReader reader = new(scope.GetReader(probes.Ids[start].Dimension));
            return ProbeLoop.Run<NumberReader, uint>(reader, probes.Numbers.AsSpan(start, count), work);
        }

        public void Dispose()
        {
        }
    }

    private sealed class LeaseProbes(MmapManager manager) : IProbeReader
    {
        public ulong Run(Probes probes, int start, int count, Work work) =>
            ProbeLoop.Run<LeaseReader, LayerId>(new LeaseReader(manager), probes.Ids.AsSpan(start, count), work);

        public void Dispose()
        {
        }
    }

    private sealed class CallbackProbes(MmapManager manager) : IProbeReader
    {
        public ulong Run(Probes probes, int start, int count, Work work) =>
            ProbeLoop.Run<CallbackReader, LayerId>(new CallbackReader(manager), probes.Ids.AsSpan(start, count), work);

        public void Dispose()
        {
        }
    }

    private readonly ref struct ScopeReader(ReadScope scope) : IReader<LayerId>
    {
        private readonly ReadScope _scope = scope;

        public ulong Read<TWork>(LayerId key) where TWork : struct, IWork => TWork.Take(_scope[key]);
    }

    private readonly ref struct NumberReader(DimensionReader reader) : IReader<uint>
    {
        private readonly DimensionReader _reader = reader;

        public ulong Read<TWork>(uint key) where TWork : struct, IWork => TWork.Take(_reader[key]);
    }

    private readonly struct LeaseReader(MmapManager manager) : IReader<LayerId>
    {
        public ulong Read<TWork>(LayerId key) where TWork : struct, IWork
        {
            using LayerLease lease = manager.Acquire(key);
            return TWork.Take(lease.Span);
        }
    }

    private readonly struct CallbackReader(MmapManager manager) : IReader<LayerId>
    {
        public ulong Read<TWork>(LayerId key) where TWork : struct, IWork =>
            manager.Read(key, 0, static (content, _) => TWork.Take(content));
    }
}
