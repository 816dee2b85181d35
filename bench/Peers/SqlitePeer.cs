using Lamina.Bench.Data;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Lamina.Bench.Peers;

/// <summary>SQLite: a table by the packed key, mapped, read by a prepared statement without copying.</summary>
internal sealed class SqlitePeer : IPeer
{
    public string Name => "SQLite";

    public string StoreName => "sqlite.db";

    public void Build(string json, string store)
    {
        using SqliteConnection connection = Connect(store, SqliteOpenMode.ReadWriteCreate);
        Execute(connection, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE layer (id INTEGER PRIMARY KEY, content BLOB NOT NULL)");
        Execute(connection, "BEGIN");
        using (sqlite3_stmt insert = Prepare(connection, "INSERT INTO layer VALUES (?, ?)"))
        {
            SimpleReader.Read(json, (id, content) =>
            {
                raw.sqlite3_bind_int64(insert, 1, (long)PackedKey.Of(id));
                raw.sqlite3_bind_blob(insert, 2, content);
                if (raw.sqlite3_step(insert) != raw.SQLITE_DONE)
                    throw new IOException(raw.sqlite3_errmsg(connection.Handle!).utf8_to_string());
                raw.sqlite3_reset(insert);
            });
        }

        Execute(connection, "COMMIT");
    }

    public IStore Open(string path) => new Store(path);

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        SqliteConnectionStringBuilder settings = new() { DataSource = path, Mode = mode, Pooling = false };
        SqliteConnection connection = new(settings.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static sqlite3_stmt Prepare(SqliteConnection connection, string sql)
    {
        if (raw.sqlite3_prepare_v2(connection.Handle!, sql, out sqlite3_stmt statement) != raw.SQLITE_OK)
            throw new IOException(raw.sqlite3_errmsg(connection.Handle!).utf8_to_string());
        return statement;
    }

    private sealed class Store : IStore
    {
        public Store(string path) => Ways = [new ReadWay("", () => new ProbeReader(path))];

        public IReadOnlyList<ReadWay> Ways { get; }

        public void Dispose()
        {
        }
    }

    /// <summary>A connection of its own: they are not shared between threads.</summary>
    private sealed class ProbeReader : IProbeReader
    {
        private readonly SqliteConnection _connection;
        private readonly sqlite3_stmt _select;

        public ProbeReader(string path)
        {
            _connection = Connect(path, SqliteOpenMode.ReadOnly);
            Execute(_connection, "PRAGMA mmap_size = 2147418112");
            _select = Prepare(_connection, "SELECT content FROM layer WHERE id = ?");
        }

        public ulong Run(Probes probes, int start, int count, Work work) =>
            ProbeLoop.Run<Reader, LayerId>(new Reader(_select), probes.Ids.AsSpan(start, count), work);

        public void Dispose()
        {
            _select.Dispose();
            _connection.Dispose();
        }
    }

    private readonly struct Reader(sqlite3_stmt select) : IReader<LayerId>
    {
        public ulong Read<TWork>(LayerId key) where TWork : struct, IWork
        {
            raw.sqlite3_bind_int64(select, 1, (long)PackedKey.Of(key));
            if (raw.sqlite3_step(select) != raw.SQLITE_ROW)
                throw new KeyNotFoundException(key.ToString());
            ulong answer = TWork.Take(raw.sqlite3_column_blob(select, 0));
            raw.sqlite3_reset(select);
            return answer;
        }
    }
}
