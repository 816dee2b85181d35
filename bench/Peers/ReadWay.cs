namespace Lamina.Bench.Peers;

/// <summary>A way to read a store.</summary>
/// <param name="Name">What tables call it beside the peer's name; empty if there is no other.</param>
/// <param name="NewReader">Makes a reader for one thread.</param>
/// <param name="CanChain">Whether it reads one layer at a time, so that a read can wait for the one before.</param>
/// <param name="OneDimension">Whether it reads layers of one dimension at a time.</param>
internal sealed record ReadWay(string Name, Func<IProbeReader> NewReader, bool CanChain = true, bool OneDimension = false);
