using BenchmarkDotNet.Attributes;
using Lamina.Bench.Data;
using Lamina.Bench.Peers;

namespace Lamina.Bench.Micro;

/// <summary>The reads of <c>read</c> under BenchmarkDotNet: 4,096 uniform reads an operation.</summary>
[MemoryDiagnoser]
public class ReadBenchmarks
{
    /// <summary>Reads an operation.</summary>
    public const int Reads = 4096;

    private readonly List<IStore> _stores = [];
    private readonly Dictionary<string, IProbeReader> _readers = [];
    private Probes _probes = null!;
    private int _next;

    /// <summary>Where the source is; set by the command that runs this.</summary>
    public static string Source { get; set; } = "";

    /// <summary>Where the stores are.</summary>
    public static string Folder { get; set; } = "";

    /// <summary>What is done with each content.</summary>
    [Params("Length", "Hash")]
    public string Kind { get; set; } = "";

    /// <summary>Opens the stores, and checks their answers.</summary>
    [GlobalSetup]
    public void Open()
    {
        DataSet dataSet = new("micro", Source, Folder);
        _probes = Probes.Uniform(dataSet.Index, 1 << 20, seed: 1);
        foreach (IPeer peer in (IPeer[])[new RawMap(), LaminaPeer.Stored, LaminaPeer.Eager, LaminaPeer.Lz4, new DictionaryPeer()])
        {
            IStore store = peer.Open(dataSet.StoreOf(peer));
            Suites.PeerCheck.Check(peer, store, dataSet.Index);
            _stores.Add(store);
            foreach (ReadWay way in store.Ways)
                _readers.Add((peer.Name + " " + way.Name).Trim(), way.NewReader());
        }
    }

    /// <summary>Closes the stores.</summary>
    [GlobalCleanup]
    public void Close()
    {
        foreach (IStore store in _stores)
            store.Dispose();
    }

    /// <summary>The limit.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Reads)]
    public ulong RawMap() => Run("Raw map");

    /// <summary>Stored, in a scope.</summary>
    [Benchmark(OperationsPerInvoke = Reads)]
    public ulong StoredScope() => Run("Lamina stored scope");

    /// <summary>Stored, a lease a read.</summary>
    [Benchmark(OperationsPerInvoke = Reads)]
    public ulong StoredLease() => Run("Lamina stored lease");

    /// <summary>Stored, a call a read.</summary>
    [Benchmark(OperationsPerInvoke = Reads)]
    public ulong StoredCallback() => Run("Lamina stored callback");

    /// <summary>Loaded eagerly, in a scope.</summary>
    [Benchmark(OperationsPerInvoke = Reads)]
    public ulong EagerScope() => Run("Lamina eager scope");

    /// <summary>Decoded blocks, in a scope.</summary>
    [Benchmark(OperationsPerInvoke = Reads)]
    public ulong Lz4Scope() => Run("Lamina LZ4 scope");

    /// <summary>Decoded blocks, a lease a read.</summary>
    [Benchmark(OperationsPerInvoke = Reads)]
    public ulong Lz4Lease() => Run("Lamina LZ4 lease");

    /// <summary>A dictionary.</summary>
    [Benchmark(OperationsPerInvoke = Reads)]
    public ulong Dictionary() => Run("Dictionary");

    private ulong Run(string name)
    {
        _next = (_next + Reads) & ((1 << 20) - 1);
        return _readers[name].Run(_probes, _next, Reads, Enum.Parse<Work>(Kind));
    }
}
