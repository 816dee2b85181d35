using System.Globalization;
using Lamina.Bench.Measuring;
using Lamina.Bench.Peers;
using Lamina.Bench.Suites;
using Lamina.Format.Conversion;

namespace Lamina.Bench.Page;

/// <summary>What the project wants to reach, held against a report.</summary>
internal sealed class Aims(Figures figures)
{
    private readonly List<Aim> _aims = [];

    public IReadOnlyList<Aim> Judge()
    {
        foreach (string dataSet in (string[])["wordnet", "cldr"])
            Reads(dataSet);
        Conversions();
        Sizes();
        Loads();
        return _aims;
    }

    private void Reads(string dataSet)
    {
        foreach ((string contender, double wanted) in ((string, double)[])
            [("Lamina stored scope", 0.8), ("Lamina eager scope", 0.8), ("Lamina LZ4 scope", 0.65), ("Lamina stored lease", 0.5), ("Lamina LZ4 lease", 0.5),
             ("Lamina stored many", 0.8), ("Lamina eager many", 0.8), ("Lamina LZ4 many", 0.65)])
        {
            foreach (Work work in Enum.GetValues<Work>())
            {
                if (work == Work.Chain && contender.EndsWith("many", StringComparison.Ordinal))
                    continue;
                string circumstances = ReadSuite.CaseOf("uniform", work, 1);
                AtLeast(
                    $"{dataSet}: {contender}, {circumstances}, to the raw map",
                    wanted,
                    figures.Find(ReadSuite.Area, dataSet, circumstances, contender, "ns/read")?.Ratio);
            }
        }

        foreach ((string contender, double wanted) in ((string, double)[])
            [("Lamina stored reader", 0.8), ("Lamina eager reader", 0.8), ("Lamina LZ4 reader", 0.65)])
        {
            foreach (Work work in Enum.GetValues<Work>())
            {
                string circumstances = ReadSuite.CaseOf(ReadSuite.OneDimension, work, 1);
                AtLeast(
                    $"{dataSet}: {contender}, {circumstances}, to the raw map",
                    wanted,
                    figures.Find(ReadSuite.Area, dataSet, circumstances, contender, "ns/read")?.Ratio);
            }
        }

        foreach (string contender in (string[])["Lamina stored scope", "Lamina LZ4 scope", "Lamina LZ4 lease"])
            AtLeast($"{dataSet}: {contender}, uniform, length, two threads to one", 1.8, SpeedUp(dataSet, contender));
        double? allocated = figures.Of(ReadSuite.Area, dataSet, unit: "bytes allocated a read")
            .Where(static measurement => measurement.Contender.StartsWith("Lamina", StringComparison.Ordinal))
            .Select(static measurement => (double?)measurement.Median).Max();
        AtMost($"{dataSet}: bytes allocated a read, in any way", 0, allocated, "");
    }

    private double? SpeedUp(string dataSet, string contender)
    {
        double? one = figures.Find(ReadSuite.Area, dataSet, ReadSuite.CaseOf("uniform", Work.Length, 1), contender, "ns/read")?.Median;
        double? two = figures.Find(ReadSuite.Area, dataSet, ReadSuite.CaseOf("uniform", Work.Length, 2), contender, "ns/read")?.Median;
        return 2 * one / two;
    }

    private void Conversions()
    {
        AtLeast("cldr: converted, to the speed of the pass", 2, Warm("cldr", "Lamina")?.Ratio);
        AtMost("wordnet: converted, to the time of the pass", 1.2, 1 / Warm("wordnet", "Lamina")?.Ratio, "×");
        AtLeast("cldr: converted, to the floor", null, Warm("cldr", "Lamina beside the floor")?.Ratio);
        double? cldr = Fresh("cldr", "MB peak memory");
        double? mix = Fresh("mix", "MB peak memory");
        AtMost("cldr: peak memory of a conversion", 150, cldr, " MB");
        AtMost("mix: peak memory of a conversion", 150, mix, " MB");
        AtMost("mix to cldr: peak memory", 1.1, mix / cldr, "×");
        foreach (string dataSet in (string[])["wordnet", "cldr"])
        {
            double? fastest = figures.Of(ConvertSuite.Area, dataSet, ConvertSuite.Later, "s")
                .Where(static measurement => !measurement.Contender.StartsWith("Lamina", StringComparison.Ordinal) && measurement.Contender != "Raw map")
                .Select(static measurement => (double?)measurement.Median).Min();
            double? lamina = figures.Find(ConvertSuite.Area, dataSet, ConvertSuite.Later, LaminaPeer.Lz4.Name, "s")?.Median;
            AtMost($"{dataSet}: converted, to the fastest peer's build", 1 / 3.0, lamina / fastest, "×");
        }
    }

    private Measurement? Warm(string dataSet, string contender) =>
        figures.Find(ConvertSuite.Area, dataSet, ConvertSuite.InProcess, contender, "s");

    private double? Fresh(string dataSet, string unit) =>
        figures.Find(ConvertSuite.Area, dataSet, ConvertSuite.Fresh, LaminaPeer.Lz4.Name, unit)?.Median;

    private void Sizes()
    {
        const string Blocks = "MB of blocks and dictionaries";
        // Arrow compresses batches of megabytes; CLDR's layers are long enough for that to tell.
        foreach ((string dataSet, int? block) in ((string, int?)[])[("wordnet", null), ("cldr", 1 << 20)])
        {
            double? arrow = figures.FirstOf(SizeSuite.Area, dataSet, "Arrow IPC LZ4", "MB on disk")?.Median;
            string name = block is null ? "" : ", 1 MiB";
            if (arrow is { } bytes)
                AtMost($"{dataSet}: blocks, fast{name}, to Arrow IPC with LZ4", Math.Round(bytes, 1), Size(dataSet, CompressionLevel.Fast, block, Blocks), " MB");
        }

        AtMost("wordnet: blocks and dictionaries, max", 3.8, Size("wordnet", CompressionLevel.Max, null, Blocks), " MB");
        AtMost("wordnet: first touch of a block, max", 8, Size("wordnet", CompressionLevel.Max, null, "us first touch"), " µs");
        AtMost("wordnet: first touch of a block, max, 4 KiB blocks", 8, Size("wordnet", CompressionLevel.Max, 4 << 10, "us first touch"), " µs");
        AtMost("cldr: blocks, fast, 64 KiB", 50, Size("cldr", CompressionLevel.Fast, null, Blocks), " MB");
        AtMost("cldr: blocks, fast, 1 MiB", 41, Size("cldr", CompressionLevel.Fast, 1 << 20, Blocks), " MB");
    }

    private double? Size(string dataSet, CompressionLevel level, int? block, string unit) =>
        figures.Find(SizeSuite.Area, dataSet, SizeSuite.NameOf(level, block), "Lamina", unit)?.Median;

    private void Loads()
    {
        foreach (LaminaPeer peer in (LaminaPeer[])[LaminaPeer.Stored, LaminaPeer.Lz4])
        {
            AtMost(
                $"wordnet: first layer in a fresh process, {peer.Name}, to a bare map",
                1.3,
                1 / figures.Find(OpenSuite.Area, "wordnet", OpenSuite.FirstLayer, peer.Name, "ms")?.Ratio,
                "×");
            AtMost(
                $"wordnet: the same, compiled ahead, {peer.Name}",
                1.3,
                1 / figures.Find(OpenSuite.Area, "wordnet", OpenSuite.FirstLayer + ChildProgram.AheadSuffix, peer.Name, "ms")?.Ratio,
                "×");
        }

        AtMost("reference: ready for lazy reading", 5, Load(LoadSuite.Ready, "Lamina LZ4, warm process")?.Median, " ms");
        AtMost("reference: the same in a fresh process", 5, Load(LoadSuite.Ready, "Lamina LZ4, fresh process")?.Median, " ms");
        AtMost("reference: the same, compiled ahead", 5, Load(LoadSuite.Ready, "Lamina LZ4, fresh process" + ChildProgram.AheadSuffix)?.Median, " ms");
        Measurement? eager = Load(LoadSuite.Eager, LoadSuite.LoadAll);
        AtMost("reference: loaded eagerly, to the bare decoding", 1.3, 1 / eager?.Ratio, "×");

        // What the processor needs for the decoding alone cannot be gone below.
        double? floor = Load(LoadSuite.Eager, LoadSuite.Floor)?.Median;
        bool isBounded = floor > 100;
        AtMost("reference: loaded eagerly" + (isBounded ? " (wanted 100 ms; the bare decoding takes)" : ""), isBounded ? floor!.Value : 100, eager?.Median, " ms");
    }

    private Measurement? Load(string circumstances, string contender) =>
        figures.Find(LoadSuite.Area, "reference", circumstances, contender, "ms");

    private void AtLeast(string what, double? wanted, double? measured) => _aims.Add(new Aim(
        what, wanted is { } least ? $"at least {Text(least)}×" : "to be known", measured is { } value ? Text(value) + "×" : null, measured >= (wanted ?? 0)));

    private void AtMost(string what, double wanted, double? measured, string unit) => _aims.Add(new Aim(
        what, $"at most {Text(wanted)}{unit}", measured is { } value ? Text(value) + unit : null, measured <= wanted));

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
