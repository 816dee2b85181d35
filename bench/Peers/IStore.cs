namespace Lamina.Bench.Peers;

/// <summary>An open store.</summary>
internal interface IStore : IDisposable
{
    /// <summary>The ways to read it; most have one.</summary>
    IReadOnlyList<ReadWay> Ways { get; }
}
