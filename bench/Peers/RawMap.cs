using System.Runtime.InteropServices;
using Lamina.Bench.Data;

namespace Lamina.Bench.Peers;

/// <summary>
/// The limit: contents one after the other in one mapped file, found by place in an array of offsets. Nothing is looked up,
/// checked, decompressed or protected.
/// </summary>
internal sealed class RawMap : IPeer
{
    public string Name => "Raw map";

    public string StoreName => "raw.bin";

    public void Build(string json, string store)
    {
        List<(LayerId Id, long Offset, int Length)> layers = [];
        string unsorted = store + ".tmp";
        using (FileStream contents = new(unsorted, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            long offset = 0;
            SimpleReader.Read(json, (id, content) =>
            {
                contents.Write(content);
                layers.Add((id, offset, content.Length));
                offset += content.Length;
            });
        }

        // In order already, the contents are moved behind the offsets; otherwise they are sorted on the way.
        int[] order = [.. Enumerable.Range(0, layers.Count)];
        order.AsSpan().Sort((left, right) => layers[left].Id.CompareTo(layers[right].Id));
        using MappedBytes source = new(unsorted);
        using (FileStream file = new(store, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            long[] table = new long[layers.Count + 2];
            table[0] = layers.Count;
            long at = table.LongLength * sizeof(long);
            for (int i = 0; i < order.Length; i++)
            {
                table[i + 1] = at;
                at += layers[order[i]].Length;
            }

            table[^1] = at;
            file.Write(MemoryMarshal.AsBytes<long>(table));
            foreach (int i in order)
                file.Write(Content(source, layers[i].Offset, layers[i].Length));
        }

        File.Delete(unsorted);
    }

    public IStore Open(string path) => new Store(path);

    // SAFETY: the offsets are those that were just written to the file.
    private static unsafe ReadOnlySpan<byte> Content(MappedBytes source, long offset, int length) =>
        new(source.Pointer + offset, length);

    private sealed unsafe class Store : IStore
    {
        private readonly MappedBytes _bytes;

        public Store(string path)
        {
            _bytes = new MappedBytes(path);
            Ways = [new ReadWay("", () => new ProbeReader(_bytes.Pointer))];
        }

        public IReadOnlyList<ReadWay> Ways { get; }

        public void Dispose() => _bytes.Dispose();
    }

    private sealed unsafe class ProbeReader(byte* file) : IProbeReader
    {
        public ulong Run(Probes probes, int start, int count, Work work) =>
            ProbeLoop.Run<Reader, int>(new Reader(file), probes.Ordinals.AsSpan(start, count), work);

        public void Dispose()
        {
        }
    }

    private readonly unsafe struct Reader(byte* file) : IReader<int>
    {
        // SAFETY: none but the program's own file and places: this is the limit, without a check.
        public ulong Read<TWork>(int key) where TWork : struct, IWork
        {
            long* offset = (long*)file + 1 + key;
            return TWork.Take(new ReadOnlySpan<byte>(file + *offset, (int)(offset[1] - *offset)));
        }
    }
}
