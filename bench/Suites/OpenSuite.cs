using Lamina.Bench.Data;
using Lamina.Bench.Measuring;
using Lamina.Bench.Peers;

namespace Lamina.Bench.Suites;

/// <summary>From nothing to the first layer, each time in a fresh process with the files in the system's cache.</summary>
internal static class OpenSuite
{
    public const string Area = "open";
    public const string FirstLayer = "first layer, fresh process";

    // Peers that read everything first take seconds; nobody needs to know that so well.
    private const double PatientMilliseconds = 500;
    private const int PatientRounds = 3;

    public static void Run(DataSet dataSet, Report report, string[] only, IReadOnlyList<ChildProgram> programs, int count)
    {
        foreach (ChildProgram program in programs)
            Run(dataSet, report, only, program, count);
    }

    private static void Run(DataSet dataSet, Report report, string[] only, ChildProgram program, int count)
    {
        int middle = dataSet.Index.Count / 2;
        while (dataSet.Index.Lengths[middle] == 0)
            middle++;
        string id = dataSet.Index.Ids[middle].ToString();
        string ordinal = middle.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Rounds quick = new();
        Rounds slow = new();
        IReadOnlyList<double> raw = [];
        List<(IPeer Peer, bool IsSlow, IReadOnlyList<double> Milliseconds, List<double> Peaks)> figures = [];
        foreach (IPeer peer in AllPeers.Chosen(only))
        {
            List<double> peaks = [];
            double Open()
            {
                double[] child = program.Run("open", peer.Name, dataSet.StoreOf(peer), id, ordinal);
                peaks.Add(child[1]);
                return child[0];
            }

            try
            {
                bool isSlow = Open() > PatientMilliseconds;
                figures.Add((peer, isSlow, (isSlow ? slow : quick).Add(Open), peaks));
                if (peer is RawMap)
                    raw = figures[^1].Milliseconds;
            }
            catch (Exception exception) when (exception is InvalidOperationException or StoreNotAvailableException)
            {
                report.Skip($"{peer.Name} opened on {dataSet.Name}: {exception.Message.ReplaceLineEndings(" ")}");
            }
        }

        quick.Run(count, warmUps: 1);
        slow.Run(Math.Min(count, PatientRounds), warmUps: 0);
        string circumstances = FirstLayer + program.Suffix;
        foreach ((IPeer peer, bool isSlow, IReadOnlyList<double> milliseconds, List<double> peaks) in figures)
        {
            Measurement figure = Measurement.Of(Area, dataSet.Name, circumstances, peer.Name, "ms", milliseconds);
            report.Add(isSlow ? figure : figure.Against("raw map", milliseconds, raw));
            report.Add(Measurement.Of(Area, dataSet.Name, circumstances, peer.Name, "MB peak memory", peaks));
        }
    }
}
