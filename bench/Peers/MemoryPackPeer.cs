using Lamina.Bench.Data;
using MemoryPack;

namespace Lamina.Bench.Peers;

/// <summary>MemoryPack: everything in one file, deserialized into arrays at each start and put into a dictionary.</summary>
internal sealed class MemoryPackPeer : IPeer
{
    public string Name => "MemoryPack";

    public string StoreName => "memorypack.bin";

    public void Build(string json, string store)
    {
        List<ulong> keys = [];
        List<byte[]> contents = [];
        SimpleReader.Read(json, (id, content) =>
        {
            keys.Add(PackedKey.Of(id));
            contents.Add(content.ToArray());
        });
        File.WriteAllBytes(store, MemoryPackSerializer.Serialize(new PackedLayers { Keys = [.. keys], Contents = [.. contents] }));
    }

    public IStore Open(string path)
    {
        PackedLayers packed = MemoryPackSerializer.Deserialize<PackedLayers>(File.ReadAllBytes(path))
            ?? throw new InvalidDataException("The file is empty.");
        Dictionary<ulong, byte[]> contents = new(packed.Keys.Length);
        for (int i = 0; i < packed.Keys.Length; i++)
            contents.Add(packed.Keys[i], packed.Contents[i]);
        return new DictionaryStore(contents);
    }
}
