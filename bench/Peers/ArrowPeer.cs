using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Lamina.Bench.Data;

namespace Lamina.Bench.Peers;

/// <summary>
/// Arrow IPC: a record batch a dimension, columns of numbers and contents. Uncompressed, columns point into the mapped file;
/// with LZ4 they are decoded when it is opened.
/// </summary>
internal sealed class ArrowPeer : IPeer
{
    private readonly bool _isCompressed;

    private ArrowPeer(bool isCompressed) => _isCompressed = isCompressed;

    public static ArrowPeer Mapped { get; } = new(isCompressed: false);

    public static ArrowPeer Lz4 { get; } = new(isCompressed: true);

    public string Name => _isCompressed ? "Arrow IPC LZ4" : "Arrow IPC";

    public string StoreName => _isCompressed ? "arrow-lz4.arrow" : "arrow.arrow";

    public void Build(string json, string store)
    {
        Schema schema = new Schema.Builder()
            .Field(new Field("dimension", UInt16Type.Default, nullable: false))
            .Field(new Field("number", UInt32Type.Default, nullable: false))
            .Field(new Field("content", BinaryType.Default, nullable: false))
            .Build();
        IpcOptions options = new();
        if (_isCompressed)
            (options.CompressionCodec, options.CompressionCodecFactory) = (CompressionCodecType.Lz4Frame, new CompressionCodecFactory());

        using FileStream file = new(store, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using ArrowStreamWriter writer = new(file, schema, leaveOpen: false, options);
        UInt16Array.Builder dimensions = new();
        UInt32Array.Builder numbers = new();
        BinaryArray.Builder contents = new();
        int current = -1;
        void WriteBatch()
        {
            using RecordBatch batch = new(schema, [dimensions.Build(), numbers.Build(), contents.Build()], numbers.Length);
            writer.WriteRecordBatch(batch);
            (dimensions, numbers, contents) = (new UInt16Array.Builder(), new UInt32Array.Builder(), new BinaryArray.Builder());
        }

        SimpleReader.Read(json, (id, content) =>
        {
            if (current != id.Dimension.Value)
            {
                if (current >= 0)
                    WriteBatch();
                current = id.Dimension.Value;
            }

            dimensions.Append(id.Dimension.Value);
            numbers.Append(id.Number);
            contents.Append(content);
        });
        WriteBatch();
        writer.WriteEnd();
    }

    public IStore Open(string path)
    {
        MappedBytes bytes = new(path);
        if (bytes.Length > int.MaxValue)
        {
            bytes.Dispose();
            throw new StoreNotAvailableException("Arrow's reader cannot map a file over 2 GiB");
        }

        return new Store(new MappedMemory(bytes));
    }

    private sealed class Store : IStore
    {
        private readonly MappedMemory _memory;
        private readonly ArrowStreamReader _reader;

        public Store(MappedMemory memory)
        {
            _memory = memory;
            _reader = new ArrowStreamReader(memory.Memory, new CompressionCodecFactory());
            List<Columns?> byDimension = [];
            while (_reader.ReadNextRecordBatch() is { } batch)
            {
                int id = ((UInt16Array)batch.Column(0)).Values[0];
                while (byDimension.Count <= id)
                    byDimension.Add(null);
                if (byDimension[id] is not null)
                    throw new StoreNotAvailableException("the source's layers are not grouped by dimension");
                byDimension[id] = new Columns((UInt32Array)batch.Column(1), (BinaryArray)batch.Column(2));
            }

            Columns?[] columns = [.. byDimension];
            Ways = [new ReadWay("", () => new ProbeReader(columns))];
        }

        public IReadOnlyList<ReadWay> Ways { get; }

        public void Dispose()
        {
            _reader.Dispose();
            ((IDisposable)_memory).Dispose();
        }
    }

    /// <summary>A dimension's columns. Numbers that are consecutive are not searched.</summary>
    private sealed class Columns(UInt32Array numbers, BinaryArray contents)
    {
        private readonly uint _first = numbers.Length == 0 ? 0 : numbers.Values[0];
        private readonly bool _isDense = numbers.Length > 0 && numbers.Values[^1] - numbers.Values[0] == numbers.Length - 1;

        public ReadOnlySpan<byte> Find(uint number) =>
            contents.GetBytes(_isDense ? (int)(number - _first) : numbers.Values.BinarySearch(number));
    }

    private sealed class ProbeReader(Columns?[] byDimension) : IProbeReader
    {
        public ulong Run(Probes probes, int start, int count, Work work) =>
            ProbeLoop.Run<Reader, LayerId>(new Reader(byDimension), probes.Ids.AsSpan(start, count), work);

        public void Dispose()
        {
        }
    }

    private readonly struct Reader(Columns?[] byDimension) : IReader<LayerId>
    {
        public ulong Read<TWork>(LayerId key) where TWork : struct, IWork =>
            TWork.Take(byDimension[key.Dimension.Value]!.Find(key.Number));
    }
}
