using Lamina.Bench.Data;
using RocksDbSharp;

namespace Lamina.Bench.Peers;

/// <summary>RocksDB: sorted tables of LZ4 blocks, with a block cache that everything fits in.</summary>
internal sealed class RocksDbPeer : IPeer
{
    private const int BatchBytes = 4 << 20;
    private const ulong CacheBytes = 8UL << 30;

    public string Name => "RocksDB LZ4";

    public string StoreName => "rocksdb";

    public void Build(string json, string store)
    {
        DbOptions options = new DbOptions().SetCreateIfMissing().SetCompression(Compression.Lz4).PrepareForBulkLoad();
        WriteOptions unlogged = new WriteOptions().DisableWal(1);
        using RocksDb database = RocksDb.Open(options, store);
        byte[] key = new byte[PackedKey.Length];
        WriteBatch batch = new();
        long size = 0;
        SimpleReader.Read(json, (id, content) =>
        {
            PackedKey.Write(id, key);
            batch.Put(key, content);
            size += content.Length;
            if (size < BatchBytes)
                return;
            database.Write(batch, unlogged);
            batch.Clear();
            size = 0;
        });
        database.Write(batch, unlogged);
        batch.Dispose();
        database.Flush(new FlushOptions().SetWaitForFlush(true));
    }

    public IStore Open(string path)
    {
        BlockBasedTableOptions table = new BlockBasedTableOptions().SetBlockCache(Cache.CreateLru(CacheBytes));
        DbOptions options = new DbOptions().SetCompression(Compression.Lz4).SetBlockBasedTableFactory(table);
        return new Store(RocksDb.OpenReadOnly(options, path, false));
    }

    private sealed class Store(RocksDb database) : IStore
    {
        public IReadOnlyList<ReadWay> Ways { get; } = [new ReadWay("", () => new ProbeReader(database))];

        public void Dispose() => database.Dispose();
    }

    private sealed class ProbeReader(RocksDb database) : IProbeReader
    {
        public ulong Run(Probes probes, int start, int count, Work work) =>
            ProbeLoop.Run<Reader, LayerId>(new Reader(database), probes.Ids.AsSpan(start, count), work);

        public void Dispose()
        {
        }
    }

    private readonly struct Reader(RocksDb database) : IReader<LayerId>
    {
        public ulong Read<TWork>(LayerId key) where TWork : struct, IWork
        {
            Span<byte> bytes = stackalloc byte[PackedKey.Length];
            PackedKey.Write(key, bytes);
            return database.Get(bytes, Taker<TWork>.Instance);
        }
    }

    /// <summary>Works on the pinned value, so that it is not copied.</summary>
    private sealed class Taker<TWork> : ISpanDeserializer<ulong>
        where TWork : struct, IWork
    {
        public static Taker<TWork> Instance { get; } = new();

        public ulong Deserialize(ReadOnlySpan<byte> buffer) => TWork.Take(buffer);
    }
}
