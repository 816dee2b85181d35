using MemoryPack;

namespace Lamina.Bench.Peers;

/// <summary>What <see cref="MemoryPackPeer"/> writes.</summary>
[MemoryPackable]
internal sealed partial class PackedLayers
{
    public required ulong[] Keys { get; set; }

    public required byte[][] Contents { get; set; }
}
