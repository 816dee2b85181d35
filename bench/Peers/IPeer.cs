namespace Lamina.Bench.Peers;

/// <summary>Something that contents can be kept in and read from. Stateless.</summary>
internal interface IPeer
{
    /// <summary>What tables call it.</summary>
    string Name { get; }

    /// <summary>The store's name in the folder of a data set; null if the peer reads the source at each start.</summary>
    string? StoreName { get; }

    /// <summary>Builds the store from the source. The folder is there, the store is not.</summary>
    void Build(string json, string store);

    /// <summary>Opens what <see cref="Build"/> made, or the source if there is no store.</summary>
    IStore Open(string path);
}
