using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Lamina.Bench.Measuring;
using Lamina.Bench.Suites;

namespace Lamina.Bench.Page;

/// <summary>Makes the page of a report: Markdown from a template, and pictures beside it.</summary>
internal sealed partial class PageWriter
{
    private readonly Report _report;
    private readonly Figures _figures;
    private readonly string _folder;

    private PageWriter(Report report, string folder) => (_report, _figures, _folder) = (report, new Figures(report), folder);

    public static void Write(Report report, string folder)
    {
        Directory.CreateDirectory(folder);
        PageWriter writer = new(report, folder);
        string page = Placeholder().Replace(Template(), match => writer.Fill(match.Groups[1].Value));
        File.WriteAllText(Path.Combine(folder, "README.md"), Blank().Replace(page, "\n\n").TrimEnd('\n') + "\n");
        report.Save(Path.Combine(folder, "figures.json"));
    }

    [GeneratedRegex(@"\{\{([^}]*)\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Blank();

    private static string Template()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("page.md")!;
        using StreamReader reader = new(resource);
        return reader.ReadToEnd();
    }

    private string Fill(string placeholder) => placeholder switch
    {
        "machine" => MachineText(),
        "aims" => AimsTable(),
        "chart read wordnet" => ReadChart("wordnet", "WordNet"),
        "chart read cldr" => ReadChart("cldr", "CLDR"),
        "table read wordnet" => ReadTable("wordnet"),
        "table read cldr" => ReadTable("cldr"),
        "facts wordnet" => FactsOf("wordnet"),
        "facts cldr" => FactsOf("cldr"),
        "allocations" => Allocations(),
        "chart convert" => FreshChart(ConvertSuite.Later, "s", "building from JSON, seconds", "convert"),
        "chart memory" => FreshChart(ConvertSuite.Fresh, "MB peak memory", "peak memory while building, MB", "memory"),
        "table convert warm" => WarmTable(),
        "table convert fresh" => FreshTable(),
        "chart size" => SizeChart(),
        "table size" => SizeTable(),
        "chart open" => OpenChart(),
        "table open" => OpenTable(),
        "table load" => LoadTable(),
        "charts grow" => GrowCharts(),
        "table grow" => GrowTable(),
        "skipped" => _report.Skipped.Count == 0 ? "" : "## Not measured\n\n" + string.Join('\n', _report.Skipped.Select(static what => "- " + what)),
        _ => throw new InvalidOperationException($"The template asks for '{placeholder}'."),
    };

    private string MachineText()
    {
        Machine machine = _report.Machine;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            | | |
            |---|---|
            | machine | {machine.Processor}, {machine.Processors} processors, {machine.MemoryGigabytes} GB |
            | system | {machine.System}, {machine.Runtime}, vectors of {machine.Vector} |
            | peers | {string.Join(", ", machine.Packages)} |
            """);
    }

    private string AimsTable() => MarkdownTable.Write(
        ["aim", "wanted", "measured", ""],
        new Aims(_figures).Judge().Select(static aim => (string[])
            [aim.What, aim.Wanted, aim.Measured ?? "not measured", aim.Measured is null ? "" : aim.IsMet ? "met" : "**missed**"]));

    private string FactsOf(string dataSet)
    {
        double? layers = _figures.FirstOf("facts", dataSet, unit: "layers")?.Median;
        double? bytes = _figures.FirstOf("facts", dataSet, unit: "bytes of contents")?.Median;
        return layers is { } count && bytes is { } total
            ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} layers of {total / count:N0} bytes in the mean")
            : "not measured here";
    }

    private string ReadChart(string dataSet, string title) => Chart(
        "read-" + dataSet,
        BarChart.Draw(
            title + ": uniform random reads, one thread, length and first byte",
            "million reads a second",
            [.. _figures.Of(ReadSuite.Area, dataSet, ReadSuite.CaseOf("uniform", Peers.Work.Length, 1), "ns/read")
                .Select(static measurement => new Bar(
                    measurement.Contender, new Spread(1000 / measurement.Median, 1000 / measurement.High, 1000 / measurement.Low)))],
            isLog: true),
        title + ": million random reads a second");

    private string ReadTable(string dataSet)
    {
        IReadOnlyList<Measurement> all = _figures.Of(ReadSuite.Area, dataSet, unit: "ns/read");
        string[] cases = [.. all.Select(static measurement => measurement.Case).Distinct()];
        string[] contenders = [.. all.Select(static measurement => measurement.Contender).Distinct()];
        StringBuilder tables = new();
        foreach (string circumstances in cases)
        {
            tables.Append(CultureInfo.InvariantCulture, $"<details{(circumstances == cases[0] ? " open" : "")}><summary>{circumstances}</summary>\n\n");
            tables.Append(MarkdownTable.Write(
                ["", "ns a read of each thread (quartiles)", "million reads/s", "to the raw map (quartiles)"],
                contenders.Select(contender => _figures.Find(ReadSuite.Area, dataSet, circumstances, contender, "ns/read"))
                    .Where(static measurement => measurement is not null)
                    .Select(measurement => (string[])
                    [
                        measurement!.Contender,
                        Spread(measurement),
                        Report.Rounded(1000 / measurement.Median * (circumstances.Contains("2 threads", StringComparison.Ordinal) ? 2 : 1)),
                        Ratio(measurement),
                    ])));
            tables.Append("\n\n</details>\n\n");
        }

        return tables.ToString().TrimEnd('\n');
    }

    private string Allocations()
    {
        Measurement[] all =
        [
            .. _figures.Of(ReadSuite.Area, unit: "bytes allocated a read")
                .Where(static measurement => measurement.Contender.StartsWith("Lamina", StringComparison.Ordinal)),
        ];
        return all.Length == 0
            ? "not measured"
            : string.Create(CultureInfo.InvariantCulture, $"{all.Max(static measurement => measurement.Median):0.####} bytes a read at most, in {all.Length} tables");
    }

    private string FreshChart(string circumstances, string unit, string title, string file)
    {
        IReadOnlyList<Measurement> all = _figures.Of(ConvertSuite.Area, "cldr", circumstances, unit);
        return all.Count == 0 ? "" : Chart(file, BarChart.Draw("CLDR: " + title, unit, [.. all.Select(BarOf)], isLog: false), "CLDR: " + title);
    }

    private string WarmTable() => MarkdownTable.Write(
        ["", "seconds (quartiles)", "ratio of speed (quartiles)"],
        _figures.Of(ConvertSuite.Area, circumstances: ConvertSuite.InProcess, unit: "s").Select(measurement => (string[])
            [$"{measurement.DataSet}: {measurement.Contender}", Spread(measurement), RatioWithName(measurement)]));

    private string FreshTable() => MarkdownTable.Write(
        ["", "first build, s (quartiles)", "compiled ahead, s", "later builds, s (quartiles)", "Lamina's time to that", "peak memory, MB", "on disk, MB"],
        _figures.Of(ConvertSuite.Area, circumstances: ConvertSuite.Later, unit: "s").Select(measurement => (string[])
        [
            $"{measurement.DataSet}: {measurement.Contender}",
            Spread(Build(measurement, ConvertSuite.Fresh, "s")),
            Median(Build(measurement, ConvertSuite.Fresh + ChildProgram.AheadSuffix, "s")),
            Spread(measurement),
            Ratio(measurement),
            Median(Build(measurement, ConvertSuite.Fresh, "MB peak memory")),
            Median(Build(measurement, ConvertSuite.Fresh, "MB on disk")),
        ]));

    private Measurement? Build(Measurement like, string circumstances, string unit) =>
        _figures.Find(ConvertSuite.Area, like.DataSet, circumstances, like.Contender, unit);

    private string SizeChart()
    {
        IReadOnlyList<Measurement> all = _figures.Of(SizeSuite.Area, "wordnet", unit: "MB of blocks and dictionaries");
        return all.Count == 0 ? "" : Chart(
            "size",
            BarChart.Draw(
                "WordNet: bytes of contents by level and block size",
                "MB",
                [
                    .. _figures.Of(SizeSuite.Area, "wordnet", "Arrow IPC LZ4").Select(BarOf),
                    .. all.Select(static measurement => BarOf(measurement) with { Name = "Lamina " + measurement.Case }),
                ],
                isLog: false),
            "WordNet: bytes of contents by level and block size");
    }

    private string SizeTable() => MarkdownTable.Write(
        ["", "blocks, MB", "on disk, MB", "to convert, s", "first touch, µs (quartiles)", "bare hash and decode, µs"],
        _figures.Of(SizeSuite.Area).Select(static measurement => (measurement.DataSet, measurement.Case)).Distinct().Select(row => (string[])
        [
            $"{row.DataSet}: {row.Case}",
            Median(_figures.Find(SizeSuite.Area, row.DataSet, row.Case, "Lamina", "MB of blocks and dictionaries")),
            Median(_figures.FirstOf(SizeSuite.Area, row.DataSet, row.Case, "MB on disk")),
            Median(_figures.Find(SizeSuite.Area, row.DataSet, row.Case, "Lamina", "s to convert")),
            Spread(_figures.Find(SizeSuite.Area, row.DataSet, row.Case, "Lamina", "us first touch")),
            Median(_figures.Find(SizeSuite.Area, row.DataSet, row.Case, "Bare hash and decode", "us first touch")),
        ]));

    private string OpenChart()
    {
        IReadOnlyList<Measurement> all = _figures.Of(OpenSuite.Area, "wordnet", OpenSuite.FirstLayer, "ms");
        return all.Count == 0 ? "" : Chart(
            "open",
            BarChart.Draw("WordNet: from nothing to the first layer, fresh process", "milliseconds", [.. all.Select(BarOf)], isLog: true),
            "WordNet: milliseconds to the first layer");
    }

    private string OpenTable() => MarkdownTable.Write(
        ["", "first layer, ms (quartiles)", "to the raw map (quartiles)", "peak memory, MB"],
        _figures.Of(OpenSuite.Area, unit: "ms").Select(measurement => (string[])
        [
            $"{measurement.DataSet}: {measurement.Contender}{(measurement.Case == OpenSuite.FirstLayer ? "" : ChildProgram.AheadSuffix)}",
            Spread(measurement),
            Ratio(measurement),
            Median(_figures.Find(OpenSuite.Area, measurement.DataSet, measurement.Case, measurement.Contender, "MB peak memory")),
        ]));

    private string LoadTable() => MarkdownTable.Write(
        ["", "milliseconds (quartiles)", "ratio of speed (quartiles)"],
        _figures.Of(LoadSuite.Area, unit: "ms").Select(measurement => (string[])
            [$"{measurement.DataSet}: {measurement.Case}: {measurement.Contender}", Spread(measurement), RatioWithName(measurement)]));

    private string GrowCharts()
    {
        StringBuilder charts = new();
        foreach ((string area, string across) in ((string, string)[])
            [(GrowSuite.Layers, "layers"), (GrowSuite.Lengths, "bytes of each content"), (GrowSuite.Dimensions, "dimensions")])
        {
            foreach ((string unit, string title) in ((string, string)[])
                [("ns/read", "nanoseconds a read"), ("ms", "milliseconds to open and to verify"), ("MB/s of JSON", "MB/s of JSON converted"), ("MB peak memory", "MB at the peak")])
            {
                charts.Append(GrowChart(area, unit, $"{char.ToUpperInvariant(across[0])}{across[1..]}: {title}", across)).Append("\n\n");
            }
        }

        charts.Append(GrowChart(GrowSuite.Threads, "million reads/s", "Threads: million reads a second, of all together", "threads"));
        return charts.ToString();
    }

    private string GrowChart(string area, string unit, string title, string across)
    {
        IReadOnlyList<Measurement> all = _figures.Of(area, unit: unit);
        string file = $"{area}-{unit}".Replace(' ', '-').Replace('/', '-').ToLowerInvariant();
        return all.Count == 0 ? "" : Chart(
            file,
            LineChart.Draw(title, across, unit, [.. all.GroupBy(static measurement => measurement.Contender).Select(static line => (
                line.Key,
                (IReadOnlyList<(double, double)>)[.. line.Select(static point => (double.Parse(point.Case, CultureInfo.InvariantCulture), point.Median))]))]),
            title);
    }

    private string GrowTable()
    {
        StringBuilder tables = new();
        foreach (string area in (string[])[GrowSuite.Layers, GrowSuite.Lengths, GrowSuite.Dimensions, GrowSuite.Threads])
        {
            IReadOnlyList<Measurement> all = _figures.Of(area);
            if (all.Count == 0)
                continue;
            (string Contender, string Unit)[] columns = [.. all.Select(static measurement => (measurement.Contender, measurement.Unit)).Distinct()];
            tables.Append(CultureInfo.InvariantCulture, $"<details><summary>{area[5..]}</summary>\n\n");
            tables.Append(MarkdownTable.Write(
                [area[5..], .. columns.Select(static column => $"{column.Contender}, {column.Unit}")],
                all.Select(static measurement => measurement.Case).Distinct()
                    .OrderBy(static size => double.Parse(size, CultureInfo.InvariantCulture))
                    .Select(size => (string[])
                    [
                        double.Parse(size, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture),
                        .. columns.Select(column => Median(_figures.Find(area, GrowSuite.Generated, size, column.Contender, column.Unit))),
                    ])));
            tables.Append("\n\n</details>\n\n");
        }

        return tables.ToString().TrimEnd('\n');
    }

    private string Chart(string file, string svg, string text)
    {
        File.WriteAllText(Path.Combine(_folder, file + ".svg"), svg);
        return $"![{text}]({file}.svg)";
    }

    private static Bar BarOf(Measurement measurement) =>
        new(measurement.Contender, new Spread(measurement.Median, measurement.Low, measurement.High));

    private static string Median(Measurement? measurement) => measurement is null ? "" : Report.Rounded(measurement.Median);

    private static string Spread(Measurement? measurement) => measurement is null
        ? ""
        : $"{Report.Rounded(measurement.Median)} ({Report.Rounded(measurement.Low)} to {Report.Rounded(measurement.High)})";

    private static string Ratio(Measurement measurement) => measurement.Ratio is { } ratio
        ? string.Create(CultureInfo.InvariantCulture, $"{Short(ratio)} ({Short(measurement.RatioLow)} to {Short(measurement.RatioHigh)})")
        : "";

    private static string RatioWithName(Measurement measurement) =>
        measurement.Ratio is null ? "" : $"{Ratio(measurement)} of {measurement.RatioTo}";

    private static string Short(double? value) => (value ?? 0).ToString(value < 0.1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);
}
