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
    public const string Later = "later in that process";

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
        rounds.Run(count, warmUps: 2, isCollecting: true, warmUpTime: TimeSpan.FromSeconds(5));
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

    /// <summary>
    /// Each peer in fresh processes, in turn: time without the start of the process, size, peak of memory; and the time of a build
    /// later in the same process, when everything is compiled.
    /// </summary>
    public static void RunFresh(DataSet dataSet, Report report, string[] only, IReadOnlyList<ChildProgram> programs, int count)
    {
        foreach (ChildProgram program in programs)
            RunFresh(dataSet, report, only, program, count);
    }

    private static void RunFresh(DataSet dataSet, Report report, string[] only, ChildProgram program, int count)
    {
        Rounds rounds = new();
        List<Build> builds = [];
        foreach (IPeer peer in AllPeers.List.Where(peer => IsChosen(peer, only)))
        {
            Build build = new(peer, dataSet, program);
            try
            {
                build.Run();
            }
            catch (InvalidOperationException exception)
            {
                report.Skip($"{peer.Name} built from {dataSet.Name}: {exception.Message.ReplaceLineEndings(" ")}");
                continue;
            }

            build.Forget();
            rounds.Add(build.Run);
            builds.Add(build);
        }

        rounds.Run(count, warmUps: 0);
        Build lamina = builds.Single(static build => build.Peer == LaminaPeer.Lz4);
        string fresh = Fresh + program.Suffix;
        foreach (Build build in builds)
        {
            string name = build.Peer.Name;
            report.Add(Measurement.Of(Area, dataSet.Name, fresh, name, "s", build.First).Against("Lamina LZ4", build.First, lamina.First));
            report.Add(Measurement.Of(Area, dataSet.Name, fresh, name, "MB peak memory", build.Peaks));
            if (!program.IsCompiledAhead)
            {
                report.Add(Measurement.Of(Area, dataSet.Name, Later, name, "s", build.Later).Against("Lamina LZ4", build.Later, lamina.Later));
                report.Add(Measurement.Of(Area, dataSet.Name, Fresh, name, "MB on disk", [DataSet.SizeOf(build.Store) / 1e6]));
            }

            DataSet.Delete(build.Store);
        }
    }

    // Eager loading makes the same files; what Lamina is compared by is always there.
    private static bool IsChosen(IPeer peer, string[] only) =>
        peer.StoreName is not null
        && peer != LaminaPeer.Eager
        && (only.Length == 0 || peer == LaminaPeer.Lz4 || only.Any(part => peer.Name.Contains(part, StringComparison.OrdinalIgnoreCase)));

    private static void Convert(string source, string folder) =>
        DataSetConverter.ConvertAsync(source, folder).GetAwaiter().GetResult();

    private static double Seconds(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>Builds of one peer.</summary>
    private sealed class Build(IPeer peer, DataSet dataSet, ChildProgram program)
    {
        public IPeer Peer => peer;

        public string Store { get; } = Path.Combine(dataSet.Folder, "build-" + peer.StoreName);

        public List<double> First { get; } = [];

        public List<double> Later { get; } = [];

        public List<double> Peaks { get; } = [];

        public double Run()
        {
            double[] child = program.Run(["build", peer.Name, dataSet.Source, Store, .. program.IsCompiledAhead ? [ChildTasks.Once] : Array.Empty<string>()]);
            First.Add(child[0] / 1000);
            Peaks.Add(child[1]);
            Later.Add(child[2] / 1000);
            return First[^1];
        }

        public void Forget()
        {
            First.Clear();
            Peaks.Clear();
            Later.Clear();
        }
    }
}
