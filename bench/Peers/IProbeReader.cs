using Lamina.Bench.Data;

namespace Lamina.Bench.Peers;

/// <summary>Reads from a store, on one thread at a time.</summary>
internal interface IProbeReader : IDisposable
{
    /// <summary>Reads <paramref name="count"/> probes from <paramref name="start"/> on; the sum of what the work makes of them.</summary>
    ulong Run(Probes probes, int start, int count, Work work);

    /// <summary>Reads the first of <paramref name="probes"/> as a program does that reads no more; its length and first byte.</summary>
    ulong RunFirst(Probes probes) => Run(probes, 0, 1, Work.Length);
}
