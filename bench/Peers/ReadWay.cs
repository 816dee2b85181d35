namespace Lamina.Bench.Peers;

/// <summary>A way to read a store.</summary>
/// <param name="Name">What tables call it beside the peer's name; empty if there is no other.</param>
/// <param name="NewReader">Makes a reader for one thread.</param>
internal sealed record ReadWay(string Name, Func<IProbeReader> NewReader);
