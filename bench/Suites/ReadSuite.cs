using System.Globalization;
using Lamina.Bench.Data;
using Lamina.Bench.Measuring;
using Lamina.Bench.Peers;

namespace Lamina.Bench.Suites;

/// <summary>Warm reads of all peers, in turn, against the raw map.</summary>
internal static class ReadSuite
{
    public const string Area = "read";

    /// <summary>The order of layers of the largest dimension alone.</summary>
    public const string OneDimension = "one dimension";

    private const int ProbeCount = 1 << 20;

    /// <param name="dataSet">What to read.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="only">Peers whose name contains one of these; all if empty. The raw map is always there.</param>
    /// <param name="rounds">How often each contender is measured in each case.</param>
    /// <param name="milliseconds">How long each figure is measured.</param>
    public static void Run(DataSet dataSet, Report report, string[] only, int rounds, int milliseconds)
    {
        LayerIndex index = dataSet.Index;
        List<(string Name, ReadWay Way)> contenders = [];
        List<IStore> stores = [];
        foreach (IPeer peer in AllPeers.Chosen(only))
        {
            try
            {
                IStore store = peer.Open(dataSet.StoreOf(peer));
                stores.Add(store);
                PeerCheck.Check(peer, store, index);
                foreach (ReadWay way in store.Ways)
                    contenders.Add(((peer.Name + " " + way.Name).Trim(), way));
            }
            catch (StoreNotAvailableException exception)
            {
                report.Skip($"{peer.Name} on {dataSet.Name}: {exception.Message}");
            }
        }

        Probes uniform = Probes.Uniform(index, ProbeCount, seed: 1);
        Probes zipfian = Probes.Zipfian(index, ProbeCount, seed: 2);
        Probes oneDimension = Probes.OneDimension(index, ProbeCount, seed: 3);
        List<(string Name, ReadWay Way)> ofAll = [.. contenders.Where(static contender => !contender.Way.OneDimension)];

        // Those that have a way of their own for it, and the limit.
        List<(string Name, ReadWay Way)> ofOne =
            [.. contenders.Where((contender, i) => i == 0 || contender.Name.StartsWith("Lamina", StringComparison.Ordinal))];
        foreach (int threads in (int[])[1, 2])
        {
            foreach (Work work in Enum.GetValues<Work>())
            {
                // What a single read takes does not depend on other threads; once is enough.
                if (work == Work.Chain && threads > 1)
                    continue;
                Measure(dataSet.Name, "uniform", uniform, ofAll, threads, work, report, rounds, milliseconds);
                Measure(dataSet.Name, "zipfian", zipfian, ofAll, threads, work, report, rounds, milliseconds);
                if (threads == 1)
                    Measure(dataSet.Name, OneDimension, oneDimension, ofOne, threads, work, report, rounds, milliseconds);
            }
        }

        foreach (IStore store in stores)
            store.Dispose();
    }

    public static string CaseOf(string order, Work work, int threads) => string.Create(
        CultureInfo.InvariantCulture, $"{order}, {work.ToString().ToLowerInvariant()}, {threads} thread{(threads == 1 ? "" : "s")}");

    private static void Measure(
        string dataSet,
        string order,
        Probes probes,
        List<(string Name, ReadWay Way)> contenders,
        int threads,
        Work work,
        Report report,
        int count,
        int milliseconds)
    {
        TimeSpan time = TimeSpan.FromMilliseconds(milliseconds);
        (string Name, ThreadedRun Run)[] runs = [.. contenders.Where(contender => contender.Way.CanChain || work != Work.Chain)
            .Select(contender => (contender.Name, new ThreadedRun(contender.Way, threads, probes, work)))];
        ThreadedRun.WarmUp([.. runs.Select(static contender => contender.Run)], time);

        Rounds rounds = new();
        List<(string Name, ThreadedRun Run, IReadOnlyList<double> Values)> figures = [];
        foreach ((string name, ThreadedRun run) in runs)
        {
            int reads = run.Calibrate(time);
            figures.Add((name, run, rounds.Add(() => run.Run(reads))));
        }

        rounds.Run(count);
        string circumstances = CaseOf(order, work, threads);
        IReadOnlyList<double> raw = figures[0].Values;
        foreach ((string name, ThreadedRun run, IReadOnlyList<double> values) in figures)
        {
            report.Add(Measurement.Of(Area, dataSet, circumstances, name, "ns/read", [.. values])
                .Against("raw map", values, raw));
            report.Add(Measurement.Of(Area, dataSet, circumstances, name, "bytes allocated a read", [run.AllocatedEach]));
            run.Dispose();
        }
    }
}
