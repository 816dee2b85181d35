using Lamina.Bench.Data;

namespace Lamina.Bench.Peers;

/// <summary>A <see cref="Dictionary{TKey, TValue}"/> of byte arrays, filled from the source at each start.</summary>
internal sealed class DictionaryPeer : IPeer
{
    public string Name => "Dictionary";

    public string? StoreName => null;

    public void Build(string json, string store) => throw new InvalidOperationException("There is nothing to build.");

    public IStore Open(string path)
    {
        Dictionary<ulong, byte[]> contents = [];
        SimpleReader.Read(path, (id, content) => contents.Add(PackedKey.Of(id), content.ToArray()));
        return new DictionaryStore(contents);
    }
}
