namespace Lamina.Bench.Peers;

/// <summary>The peers, the limit first.</summary>
internal static class AllPeers
{
    public static IReadOnlyList<IPeer> List { get; } =
    [
        new RawMap(),
        LaminaPeer.Stored,
        LaminaPeer.Eager,
        LaminaPeer.Lz4,
        new DictionaryPeer(),
        new TextJsonPeer(),
        new MemoryPackPeer(),
        ArrowPeer.Mapped,
        ArrowPeer.Lz4,
        new LmdbPeer(),
        new RocksDbPeer(),
        new SqlitePeer(),
    ];

    public static IPeer Named(string name) => List.Single(peer => peer.Name == name);
}
