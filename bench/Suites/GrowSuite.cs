using System.Diagnostics;
using System.Globalization;
using Lamina.Bench.Data;
using Lamina.Bench.Measuring;
using Lamina.Bench.Peers;
using Lamina.Format.Verification;

namespace Lamina.Bench.Suites;

/// <summary>How cost grows with the number of layers, their length, the number of dimensions, and threads.</summary>
internal static class GrowSuite
{
    public const string Layers = "grow layers";
    public const string Lengths = "grow lengths";
    public const string Dimensions = "grow dimensions";
    public const string Threads = "grow threads";
    public const string Generated = "generated";

    public static IReadOnlyList<string> Parts { get; } = ["layers", "many-layers", "lengths", "dimensions", "threads"];

    private const int ProbeCount = 1 << 18;
    private const int MostBytes = 200_000_000;
    private const int MostLayers = 100_000;
    private const int LengthOfMany = 20;

    public static void Run(Workspace workspace, string part, Report report, int count)
    {
        switch (part)
        {
            case "layers":
                foreach (int layers in (int[])[100, 1_000, 10_000, 100_000, 1_000_000])
                    Measure(workspace, Layers, layers, new GeneratedMaker(1, null, layers, 100), report, count);
                break;
            case "many-layers":
                Measure(workspace, Layers, 10_000_000, new GeneratedMaker(1, null, 10_000_000, LengthOfMany), report, 1);
                break;
            case "lengths":
                foreach (int length in (int[])[10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000])
                    Measure(workspace, Lengths, length, new GeneratedMaker(1, null, Math.Clamp(MostBytes / length, 2, MostLayers), length), report, count);
                break;
            case "dimensions":
                foreach (int dimensions in (int[])[1, 4, 16, 64, 256, 1024, 4096])
                    Measure(workspace, Dimensions, dimensions, new GeneratedMaker(dimensions, null, (1 << 16) / dimensions, 100), report, count);
                break;
            default:
                MeasureThreads(workspace, report, count);
                break;
        }
    }

    /// <summary>Everything that is done with a data set of one size, in a folder that is removed afterwards.</summary>
    private static void Measure(Workspace workspace, string area, long size, GeneratedMaker maker, Report report, int count)
    {
        string circumstances = size.ToString(CultureInfo.InvariantCulture);
        string name = string.Create(CultureInfo.InvariantCulture, $"{area.Replace(' ', '-')}-{size}");
        DataSet dataSet = workspace.Made(name, () => maker);
        string store = Path.Combine(dataSet.Folder, LaminaPeer.Lz4.StoreName);
        void Add(string contender, string unit, IReadOnlyList<double> values) =>
            report.Add(Measurement.Of(area, Generated, circumstances, contender, unit, values));

        List<double> seconds = [];
        List<double> peaks = [];
        List<double> verified = [];
        List<double> opened = [];
        List<double> memory = [];
        LayerIndex index = dataSet.Index;
        int middle = index.Count / 2;
        for (int i = 0; i < count; i++)
        {
            DataSet.Delete(store);
            double[] built = ChildProgram.Self.Run("build", LaminaPeer.Lz4.Name, dataSet.Source, store, ChildTasks.Once);
            seconds.Add(built[0] / 1000);
            peaks.Add(built[1]);

            long begin = Stopwatch.GetTimestamp();
            if (!DataSetVerifier.Verify(store).IsValid)
                throw new InvalidDataException("The data set does not verify.");
            verified.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            double[] open = ChildProgram.Self.Run(
                "open", LaminaPeer.Lz4.Name, store, index.Ids[middle].ToString(), middle.ToString(CultureInfo.InvariantCulture));
            opened.Add(open[0]);
            memory.Add(open[1]);
        }

        Add("convert", "s", seconds);
        Add("convert", "MB/s of JSON", [.. seconds.Select(s => new FileInfo(dataSet.Source).Length / s / 1e6)]);
        Add("convert", "MB peak memory", peaks);
        Add("verify", "ms", verified);
        Add("open to first layer", "ms", opened);
        Add("open to first layer", "MB peak memory", memory);
        Read(dataSet, area, circumstances, report, Math.Max(3, count));
        Directory.Delete(dataSet.Folder, recursive: true);
    }

    private static void Read(DataSet dataSet, string area, string circumstances, Report report, int count)
    {
        Probes probes = Probes.Uniform(dataSet.Index, ProbeCount, seed: 1);
        TimeSpan time = TimeSpan.FromMilliseconds(15);
        List<IStore> stores = [];
        List<(string Name, ThreadedRun Run)> runs = [];
        foreach ((string name, ReadWay way) in OpenWays(dataSet, stores))
            runs.Add((name, new ThreadedRun(way, 1, probes, Work.Length)));
        ThreadedRun.WarmUp([.. runs.Select(static run => run.Run)], time);

        Rounds rounds = new();
        List<(string Name, IReadOnlyList<double> Values)> figures = [];
        foreach ((string name, ThreadedRun run) in runs)
        {
            int reads = run.Calibrate(time);
            figures.Add((name, rounds.Add(() => run.Run(reads))));
        }

        rounds.Run(count);
        foreach ((string name, IReadOnlyList<double> values) in figures)
            report.Add(Measurement.Of(area, Generated, circumstances, name, "ns/read", values).Against("raw map", values, figures[0].Values));
        foreach ((_, ThreadedRun run) in runs)
            run.Dispose();
        foreach (IStore store in stores)
            store.Dispose();
    }

    /// <summary>The limit and Lamina's ways to read, each checked; what was opened is added to <paramref name="stores"/>.</summary>
    private static List<(string Name, ReadWay Way)> OpenWays(DataSet dataSet, List<IStore> stores)
    {
        List<(string Name, ReadWay Way)> ways = [];
        foreach (IPeer peer in (IPeer[])[new RawMap(), LaminaPeer.Stored, LaminaPeer.Lz4])
        {
            IStore store = peer.Open(dataSet.StoreOf(peer));
            PeerCheck.Check(peer, store, dataSet.Index);
            stores.Add(store);
            ways.AddRange(store.Ways.Where(static way => way.Name != "callback" && !way.OneDimension)
                .Select(way => ((peer.Name + " " + way.Name).Trim(), way)));
        }

        return ways;
    }

    private static void MeasureThreads(Workspace workspace, Report report, int count)
    {
        DataSet dataSet = workspace.Made("grow-threads", static () => new GeneratedMaker(14, null, 8192, 100));
        Probes probes = Probes.Uniform(dataSet.Index, ProbeCount, seed: 1);
        List<IStore> stores = [];
        List<(string Name, ReadWay Way)> ways = OpenWays(dataSet, stores);
        foreach (int threads in (int[])[1, 2, 4, 8, 16, 32, 64])
        {
            TimeSpan time = TimeSpan.FromMilliseconds(40 + (5 * threads));
            (string Name, ThreadedRun Run)[] runs = [.. ways.Select(way => (way.Name, new ThreadedRun(way.Way, threads, probes, Work.Length)))];
            ThreadedRun.WarmUp([.. runs.Select(static run => run.Run)], time);
            Rounds rounds = new();
            List<(string Name, IReadOnlyList<double> Values)> figures = [];
            foreach ((string name, ThreadedRun run) in runs)
            {
                int reads = run.Calibrate(time);
                figures.Add((name, rounds.Add(() => run.Run(reads))));
            }

            rounds.Run(Math.Max(3, count));
            foreach ((string name, IReadOnlyList<double> values) in figures)
            {
                report.Add(Measurement.Of(
                    Threads, Generated, threads.ToString(CultureInfo.InvariantCulture), name, "million reads/s", [.. values.Select(ns => threads * 1000 / ns)]));
            }

            foreach ((_, ThreadedRun run) in runs)
                run.Dispose();
        }

        foreach (IStore store in stores)
            store.Dispose();
        Directory.Delete(dataSet.Folder, recursive: true);
    }
}
