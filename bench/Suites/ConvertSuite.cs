using System.Diagnostics;
using Lamina.Bench.Data;
using Lamina.Bench.Measuring;
using Lamina.Bench.Peers;
using Lamina.Format.Conversion;

namespace Lamina.Bench.Suites;

/// <summary>Conversion beside a mere pass over the JSON, beside the floor, and beside what the peers take to build.</summary>
internal static class ConvertSuite
{
    public const string Area = "convert";
    public const string InProcess = "in one process, warm";
    public const string Fresh = "fresh process";

    /// <summary>Conversion, a pass over the JSON and the floor, in turn, in this process.</summary>
    public static void RunWarm(DataSet dataSet, Report report, int count)
    {
        string folder = Path.Combine(dataSet.Folder, "convert");
        DataSet.Delete(folder);
        Convert(dataSet.Source, folder);
        DecodedBlocks blocks = new(folder);
        bool fits = new FileInfo(dataSet.Source).Length <= Array.MaxLength;
        byte[] json = fits ? File.ReadAllBytes(dataSet.Source) : [];

        Rounds rounds = new();
        IReadOnlyList<double> pass = fits ? rounds.Add(() => Seconds(() => JsonPass.Run(json))) : [];
        IReadOnlyList<double> conversion = rounds.Add(() =>
        {
            DataSet.Delete(folder);
            return Seconds(() => Convert(dataSet.Source, folder));
        });
        string file = Path.Combine(dataSet.Folder, "floor.bin");
        IReadOnlyList<double> floor = rounds.Add(() =>
        {
            File.Delete(file);
            return Seconds(() => ConvertFloor.Run(blocks, ConversionOptions.Default.Jobs, file));
        });
        rounds.Run(count, warmUps: 2, isCollecting: true);
        File.Delete(file);

        Measurement lamina = Measurement.Of(Area, dataSet.Name, InProcess, "Lamina", "s", conversion);
        if (fits)
        {
            report.Add(Measurement.Of(Area, dataSet.Name, InProcess, "Utf8JsonReader pass", "s", pass));
            report.Add(lamina.Against("the pass", conversion, pass));
        }

        report.Add(Measurement.Of(Area, dataSet.Name, InProcess, "Floor", "s", floor));
        report.Add((lamina with { Contender = "Lamina beside the floor" }).Against("the floor", conversion, floor));
        report.Add(Measurement.Of(
            Area, dataSet.Name, InProcess, "Lamina", "MB/s of JSON", [.. conversion.Select(s => new FileInfo(dataSet.Source).Length / s / 1e6)]));
    }

    /// <summary>Each peer in fresh processes, in turn: time without the start of the process, size, peak of memory.</summary>
    public static void RunFresh(DataSet dataSet, Report report, string[] only, int count)
    {
        Rounds rounds = new();
        List<(IPeer Peer, string Store, IReadOnlyList<double> Seconds, List<double> Peaks)> figures = [];
        foreach (IPeer peer in AllPeers.List.Where(peer => peer.StoreName is not null && peer != LaminaPeer.Eager))
        {
            if (only.Length > 0 && !only.Any(part => peer.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
                continue;
            string store = Path.Combine(dataSet.Folder, "build-" + peer.StoreName);
            List<double> peaks = [];
            double Build()
            {
                DataSet.Delete(store);
                double[] child = Child.Run("build", peer.Name, dataSet.Source, store);
                peaks.Add(child[1]);
                return child[0] / 1000;
            }

            try
            {
                Build();
            }
            catch (InvalidOperationException exception)
            {
                report.Skip($"{peer.Name} built from {dataSet.Name}: {exception.Message.ReplaceLineEndings(" ")}");
                continue;
            }

            figures.Add((peer, store, rounds.Add(Build), peaks));
        }

        rounds.Run(count, warmUps: 0);
        IReadOnlyList<double> lamina = figures.Single(static figure => figure.Peer == LaminaPeer.Lz4).Seconds;
        foreach ((IPeer peer, string store, IReadOnlyList<double> seconds, List<double> peaks) in figures)
        {
            report.Add(Measurement.Of(Area, dataSet.Name, Fresh, peer.Name, "s", seconds).Against("Lamina LZ4", seconds, lamina));
            report.Add(Measurement.Of(Area, dataSet.Name, Fresh, peer.Name, "MB peak memory", peaks));
            report.Add(Measurement.Of(Area, dataSet.Name, Fresh, peer.Name, "MB on disk", [DataSet.SizeOf(store) / 1e6]));
            DataSet.Delete(store);
        }
    }

    private static void Convert(string source, string folder) =>
        DataSetConverter.ConvertAsync(source, folder).GetAwaiter().GetResult();

    private static double Seconds(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
