using Lamina.Bench.Data;
using LightningDB;

namespace Lamina.Bench.Peers;

/// <summary>LMDB: a memory-mapped B+ tree. Values point into the map for as long as the read transaction.</summary>
internal sealed class LmdbPeer : IPeer
{
    private const long RoomForPages = 256L << 20;

    public string Name => "LMDB";

    public string StoreName => "lmdb";

    public void Build(string json, string store)
    {
        LmdbLibrary.Resolve();
        Directory.CreateDirectory(store);
        long mapSize = (new FileInfo(json).Length * 2) + RoomForPages;
        using LightningEnvironment environment = OpenEnvironment(store, mapSize, EnvironmentOpenFlags.NoLock);
        using LightningTransaction transaction = environment.BeginTransaction();
        using LightningDatabase database = transaction.OpenDatabase();
        byte[] key = new byte[PackedKey.Length];
        SimpleReader.Read(json, (id, content) =>
        {
            PackedKey.Write(id, key);
            Require(transaction.Put(database, key, content, PutOptions.None));
        });
        Require(transaction.Commit());
    }

    public IStore Open(string path)
    {
        LmdbLibrary.Resolve();
        long mapSize = new FileInfo(Path.Combine(path, "data.mdb")).Length;
        return new Store(OpenEnvironment(
            path, mapSize, EnvironmentOpenFlags.ReadOnly | EnvironmentOpenFlags.NoLock | EnvironmentOpenFlags.NoThreadLocalStorage));
    }

    private static LightningEnvironment OpenEnvironment(string path, long mapSize, EnvironmentOpenFlags flags)
    {
        try
        {
            LightningEnvironment environment = new(path, new EnvironmentConfiguration { MapSize = mapSize });
            environment.Open(flags);
            return environment;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new StoreNotAvailableException(
                $"the native library of LMDB does not load (on Debian 12: apt-get install -y liblmdb0): {exception.Message}", exception);
        }
    }

    private static void Require(MDBResultCode code)
    {
        if (code != MDBResultCode.Success)
            throw new IOException($"LMDB answered {code}.");
    }

    private sealed class Store : IStore
    {
        private readonly LightningEnvironment _environment;

        public Store(LightningEnvironment environment)
        {
            _environment = environment;
            Ways = [new ReadWay("", () => new ProbeReader(environment.BeginTransaction(TransactionBeginFlags.ReadOnly)))];
        }

        public IReadOnlyList<ReadWay> Ways { get; }

        public void Dispose() => _environment.Dispose();
    }

    private sealed class ProbeReader(LightningTransaction transaction) : IProbeReader
    {
        private readonly LightningDatabase _database = transaction.OpenDatabase();

        public ulong Run(Probes probes, int start, int count, Work work) =>
            ProbeLoop.Run<Reader, LayerId>(new Reader(transaction, _database), probes.Ids.AsSpan(start, count), work);

        public void Dispose()
        {
            _database.Dispose();
            transaction.Dispose();
        }
    }

    private readonly struct Reader(LightningTransaction transaction, LightningDatabase database) : IReader<LayerId>
    {
        public ulong Read<TWork>(LayerId key) where TWork : struct, IWork
        {
            Span<byte> bytes = stackalloc byte[PackedKey.Length];
            PackedKey.Write(key, bytes);
            (MDBResultCode code, _, MDBValue value) = transaction.Get(database, bytes);
            Require(code);
            return TWork.Take(value.AsSpan());
        }
    }
}
