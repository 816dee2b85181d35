using System.IO.Hashing;
using Lamina.Bench.Data;
using Lamina.Format.Conversion;
using Lamina.Format.Publishing;

namespace Lamina.Bench.Torture;

/// <summary>A data set that is published in two versions in turn, and the manager that reads it at the moment. Thread-safe.</summary>
internal sealed class TortureTarget : IDisposable
{
    public const int Dimensions = 4;
    public const int Layers = 256;

    private const int Versions = 2;

    private readonly string _folder;
    private readonly byte[][] _manifests = new byte[Versions][];
    private readonly ulong[][][] _hashes = new ulong[Versions][][];
    private readonly MemoryConfig _config;
    private readonly List<MmapManager> _disposed = [];
    private readonly Lock _gate = new();
    private volatile MmapManager _manager;
    private int _version;

    public TortureTarget(string folder, string name, CompressionLevel level, MemoryConfig config)
    {
        Name = name;
        _folder = Path.Combine(folder, name);
        _config = config;
        ConversionOptions options = new() { Level = level, BlockSize = 4096, Jobs = 1 };
        for (int version = 0; version < Versions; version++)
        {
            string source = Path.Combine(folder, $"{name}-{version}.json");

            // The last dimension is the same in both versions, so it stays mapped.
            int current = version;
            _hashes[version] = SyntheticSource.Write(
                source, Dimensions, Layers, static i => 200 + (i * 37 % 3000), d => d < Dimensions ? current : 0);
            DataSetConverter.ConvertAsync(source, _folder, options).GetAwaiter().GetResult();
            _manifests[version] = File.ReadAllBytes(Path.Combine(_folder, DataSetManifest.FileName));
        }

        _manager = MmapManager.Open(_folder, config);
    }

    public string Name { get; }

    /// <summary>The manager of the moment; another thread may dispose it at any time.</summary>
    public MmapManager Manager => _manager;

    /// <summary>Whether <paramref name="content"/> is that of a layer in either version.</summary>
    public bool IsRight(LayerId id, ReadOnlySpan<byte> content)
    {
        ulong hash = XxHash3.HashToUInt64(content);
        int dimension = id.Dimension.Value - 1;
        return hash == _hashes[0][dimension][id.Number] || hash == _hashes[1][dimension][id.Number];
    }

    /// <summary>
    /// Publishes the other version and has the manager take it over. The converter has left the files of both there, so it takes no
    /// more than a rename.
    /// </summary>
    public void Refresh()
    {
        _version = 1 - _version;
        string next = _folder + ".next";
        File.WriteAllBytes(next, _manifests[_version]);
        File.Move(next, Path.Combine(_folder, DataSetManifest.FileName), overwrite: true);
        _manager.Refresh();
    }

    /// <summary>Puts a new manager in the place of the one there is, and disposes that.</summary>
    public MemoryStats Replace()
    {
        MmapManager next = MmapManager.Open(_folder, _config);
        MmapManager before;
        lock (_gate)
        {
            before = _manager;
            _manager = next;
            _disposed.Add(before);
        }

        MemoryStats stats = before.GetStats();
        before.Dispose();
        return stats;
    }

    /// <summary>What disposed managers still hold, in bytes of any kind. Those that hold nothing are forgotten.</summary>
    public long Held()
    {
        long held = 0;
        lock (_gate)
        {
            _disposed.RemoveAll(static manager => manager.GetStats() is { UsedBytes: 0, MappedBytes: 0 });
            foreach (MmapManager manager in _disposed)
            {
                MemoryStats stats = manager.GetStats();
                held += stats.UsedBytes + stats.MappedBytes;
            }
        }

        return held;
    }

    public void Dispose()
    {
        lock (_gate)
            _disposed.Add(_manager);
        _manager.Dispose();
    }
}
