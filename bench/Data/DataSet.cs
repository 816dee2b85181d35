using Lamina.Bench.Peers;

namespace Lamina.Bench.Data;

/// <summary>A source, and the folder for the stores that are built from it.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Source">The path of its dimensions.json.</param>
/// <param name="Folder">Where its stores are.</param>
internal sealed record DataSet(string Name, string Source, string Folder)
{
    private readonly Lazy<LayerIndex> _index = new(() => LayerIndex.Load(Source));

    public LayerIndex Index => _index.Value;

    /// <summary>The peer's store, built unless it is there and younger than the source; the source if the peer has none.</summary>
    public string StoreOf(IPeer peer)
    {
        if (peer.StoreName is null)
            return Source;
        string store = Path.Combine(Folder, peer.StoreName);
        string mark = store + ".built";
        if (!File.Exists(mark) || File.GetLastWriteTimeUtc(mark) < File.GetLastWriteTimeUtc(Source))
        {
            Delete(store);
            peer.Build(Source, store);
            File.WriteAllText(mark, "");
        }

        return store;
    }

    public static void Delete(string store)
    {
        if (Directory.Exists(store))
            Directory.Delete(store, recursive: true);
        File.Delete(store);
    }

    public static long SizeOf(string store) =>
        Directory.Exists(store)
            ? new DirectoryInfo(store).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length)
            : new FileInfo(store).Length;
}
