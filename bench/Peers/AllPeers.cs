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

    /// <summary>The raw map, and those whose name contains one of <paramref name="parts"/>; all if that is empty.</summary>
    public static IEnumerable<IPeer> Chosen(string[] parts) => List.Where(peer =>
        parts.Length == 0 || peer is RawMap || parts.Any(part => peer.Name.Contains(part, StringComparison.OrdinalIgnoreCase)));
}
