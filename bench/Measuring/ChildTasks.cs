using System.Diagnostics;
using System.Globalization;
using Lamina.Bench.Data;
using Lamina.Bench.Peers;

namespace Lamina.Bench.Measuring;

/// <summary>What is measured in a fresh process. The parent names the task; the figures go to standard output.</summary>
internal static class ChildTasks
{
    /// <summary>The argument that makes this program a child.</summary>
    public const string Command = "child";

    /// <summary>What <c>build</c> is told if only the first build is wanted.</summary>
    public const string Once = "once";

    private const double LongMilliseconds = 15_000;

    public static int Run(string[] task)
    {
        switch (task)
        {
            case ["build", string peer, string json, string store, .. string[] once]:
                Build(AllPeers.Named(peer), json, store, once is [Once]);
                return 0;
            case ["open", string peer, string path, string id, string ordinal]:
                Open(AllPeers.Named(peer), path, Probes.Single(LayerId.Parse(id), int.Parse(ordinal, CultureInfo.InvariantCulture)));
                return 0;
            case ["ready", string folder]:
                Ready(folder);
                return 0;
            default:
                Console.Error.WriteLine("There is no such task.");
                return 2;
        }
    }

    /// <summary>Milliseconds of the first build; megabytes at the peak; milliseconds of a later build, the median of them.</summary>
    /// <remarks>The later builds are left out where they are not wanted, and where the first takes long: what has to be compiled is nothing of it.</remarks>
    private static void Build(IPeer peer, string json, string store, bool isOnce)
    {
        double first = Milliseconds();
        double peak = PeakMemory.Megabytes();
        double[] later = isOnce || first > LongMilliseconds ? [first] : [Milliseconds(), Milliseconds(), Milliseconds()];
        Print(first, peak, Spread.Of(later).Median);

        double Milliseconds()
        {
            DataSet.Delete(store);
            long begin = Stopwatch.GetTimestamp();
            peer.Build(json, store);
            return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }
    }

    /// <summary>Milliseconds until the first layer's first byte was read; megabytes at the peak.</summary>
    private static void Open(IPeer peer, string path, Probes first)
    {
        long begin = Stopwatch.GetTimestamp();
        IStore store = peer.Open(path);
        IProbeReader reader = store.Ways[0].NewReader();
        ulong answer = reader.RunFirst(first);
        double elapsed = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        if (answer == 0)
            throw new InvalidDataException("The first layer is empty.");
        Print(elapsed, PeakMemory.Megabytes());
    }

    /// <summary>Milliseconds until all dimensions are ready; megabytes at the peak.</summary>
    private static void Ready(string folder)
    {
        long begin = Stopwatch.GetTimestamp();
        MmapManager manager = MmapManager.Open(folder);
        manager.LoadAll();
        Print(Stopwatch.GetElapsedTime(begin).TotalMilliseconds, PeakMemory.Megabytes());
    }

    private static void Print(params double[] figures) =>
        Console.WriteLine(string.Join(' ', figures.Select(static figure => figure.ToString("R", CultureInfo.InvariantCulture))));
}
