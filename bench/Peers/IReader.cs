namespace Lamina.Bench.Peers;

/// <summary>Reads one content. A struct, so that each peer's loop is compiled for it and no call is indirect.</summary>
/// <typeparam name="TKey">What the peer finds a content by: an identifier, or for the limit a place.</typeparam>
internal interface IReader<TKey>
{
    ulong Read<TWork>(TKey key) where TWork : struct, IWork;
}
