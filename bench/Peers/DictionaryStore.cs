using Lamina.Bench.Data;

namespace Lamina.Bench.Peers;

/// <summary>Byte arrays by packed key: what several peers come to once they are loaded.</summary>
internal sealed class DictionaryStore(Dictionary<ulong, byte[]> contents) : IStore
{
    public IReadOnlyList<ReadWay> Ways { get; } = [new ReadWay("", () => new ProbeReader(contents))];

    public void Dispose()
    {
    }

    private sealed class ProbeReader(Dictionary<ulong, byte[]> contents) : IProbeReader
    {
        public ulong Run(Probes probes, int start, int count, Work work) =>
            ProbeLoop.Run<Reader, LayerId>(new Reader(contents), probes.Ids.AsSpan(start, count), work);

        public void Dispose()
        {
        }
    }

    private readonly struct Reader(Dictionary<ulong, byte[]> contents) : IReader<LayerId>
    {
        public ulong Read<TWork>(LayerId key) where TWork : struct, IWork => TWork.Take(contents[PackedKey.Of(key)]);
    }
}
