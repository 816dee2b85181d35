using Lamina.Bench.Data;
using Lamina.Bench.Peers;

namespace Lamina.Bench.Suites;

/// <summary>Nobody is timed whose answers are wrong.</summary>
internal static class PeerCheck
{
    /// <summary>Reads every layer in every way and compares the hashes with the source's.</summary>
    /// <exception cref="InvalidDataException">One differs.</exception>
    public static void Check(IPeer peer, IStore store, LayerIndex index)
    {
        Probes scan = Probes.Scan(index);
        foreach (ReadWay way in store.Ways)
        {
            using IProbeReader reader = way.NewReader();
            for (int i = 0; i < scan.Count; i++)
            {
                if (reader.Run(scan, i, 1, Work.Hash) != index.Hashes[i])
                    throw new InvalidDataException($"{peer.Name} {way.Name} answers wrong bytes for {index.Ids[i]}.");
            }
        }
    }
}
