using Lamina.Bench.Data;
using Lamina.Protection;

namespace Lamina.Bench.Torture;

/// <summary>Holds a thread up at the points where another thread could do harm, now and then, for random times.</summary>
internal sealed class Turmoil(TortureCounts counts, ulong seed)
{
    private ulong _random = seed;

    /// <summary>Sets the hooks of the calling thread.</summary>
    public static void Begin(TortureCounts counts, ulong seed) => TestHooks.Reached = new Turmoil(counts, seed).Reach;

    private void Reach(HookPoint point)
    {
        counts.Point(point);
        ulong random = SplitMix.Next(ref _random);

        // Reclaimers come by these again and again and hold the others up anyway.
        if (point is HookPoint.Asking or HookPoint.Freeing && random % 4096 >= 64)
            return;
        switch (random % 64)
        {
            case 0:
                Thread.Sleep(0);
                break;
            case < 4:
                Thread.Yield();
                break;
            case < 12:
                Thread.SpinWait((int)((random >> 8) % 400));
                break;
            case 12 when (random >> 8) % 16 == 0:
                Thread.Sleep(1);
                break;
        }
    }
}
