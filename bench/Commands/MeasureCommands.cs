using System.CommandLine;
using Lamina.Bench.Data;
using Lamina.Bench.Measuring;
using Lamina.Bench.Page;
using Lamina.Bench.Peers;
using Lamina.Bench.Suites;
using Lamina.Format.Conversion;

namespace Lamina.Bench.Commands;

/// <summary>The commands that measure.</summary>
internal sealed class MeasureCommands
{
    private readonly Option<string[]> _dataSets = new("--dataset")
    {
        Description = "A dimensions.json, or the name of a data set that this program makes.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Peers whose name contains one of these; all unless given.",
        DefaultValueFactory = static _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _json = new("--json") { Description = "The file that the figures are added to." };

    private readonly Option<string> _work = new("--work")
    {
        Description = "The folder for data sets and stores.",
        DefaultValueFactory = static _ => Path.Combine(Path.GetTempPath(), "lamina-bench"),
    };

    private readonly Option<int> _rounds = new("--rounds") { Description = "How often each figure is taken.", DefaultValueFactory = static _ => 9 };

    private readonly Option<int> _milliseconds = new("--milliseconds")
    {
        Description = "How long one figure of a read is taken.",
        DefaultValueFactory = static _ => 25,
    };

    private readonly Option<string> _part = new("--part") { Description = "One part of the work.", DefaultValueFactory = static _ => "all" };

    private readonly Option<string> _page = new("--page") { Description = "The folder of the page.", DefaultValueFactory = static _ => "docs/performance" };

    private readonly Option<CompressionLevel[]> _levels = new("--levels")
    {
        Description = "The levels to try; all unless given.",
        DefaultValueFactory = static _ => Enum.GetValues<CompressionLevel>(),
        AllowMultipleArgumentsPerToken = true,
    };

    private IReadOnlyList<ChildProgram>? _programs;

    public IEnumerable<Command> All()
    {
        Command read = Measuring("read", "Random reads, warm, of all peers in turn.", [_only, _milliseconds], (result, dataSet, report) =>
            ReadSuite.Run(dataSet, report, result.GetValue(_only)!, result.GetValue(_rounds), result.GetValue(_milliseconds)));

        _part.AcceptOnlyFromAmong("all", "warm", "fresh");
        Command convert = Measuring("convert", "Conversion beside a pass over the JSON, the floor and the peers.", [_only, _part], (result, dataSet, report) =>
        {
            if (result.GetValue(_part) is "all" or "warm")
                ConvertSuite.RunWarm(dataSet, report, result.GetValue(_rounds));
            if (result.GetValue(_part) is "all" or "fresh")
                ConvertSuite.RunFresh(dataSet, report, result.GetValue(_only)!, Programs(result), FewRounds(result));
        });

        Command size = Measuring("size", "What each level and block size makes of a data set, and the first touch of a block.", [_levels], (result, dataSet, report) =>
            SizeSuite.Run(dataSet, report, result.GetValue(_levels)!, result.GetValue(_rounds)));
        Command open = Measuring("open", "From nothing to the first layer, in fresh processes.", [_only], (result, dataSet, report) =>
            OpenSuite.Run(dataSet, report, result.GetValue(_only)!, Programs(result), result.GetValue(_rounds)));
        Command load = Measuring("load", "Loading all dimensions, lazily and eagerly, beside the bare decoding of the same blocks.", [], (result, dataSet, report) =>
            LoadSuite.Run(dataSet, report, Programs(result), result.GetValue(_rounds)));
        Command micro = Measuring("micro", "The reads under BenchmarkDotNet, which prints its own table.", [], static (_, dataSet, _) => MicroCommand.Run(dataSet));
        return [read, convert, size, open, load, micro, Grow(), Page(), Everything()];
    }

    /// <summary>How cost grows, part by part, on data that are generated and removed again.</summary>
    private Command Grow()
    {
        Option<string[]> parts = new("--part")
        {
            Description = "What grows; everything unless given.",
            DefaultValueFactory = static _ => [.. GrowSuite.Parts],
            AllowMultipleArgumentsPerToken = true,
        };
        parts.AcceptOnlyFromAmong([.. GrowSuite.Parts]);
        Command grow = new("grow", "How cost grows with layers, their length, dimensions and threads.") { parts, _json, _work, _rounds };
        grow.SetAction(result =>
        {
            Report report = Report.Load(result.GetValue(_json));
            foreach (string part in result.GetValue(parts)!)
            {
                GrowSuite.Run(new Workspace(result.GetRequiredValue(_work)), part, report, FewRounds(result));
                report.Save(result.GetValue(_json));
            }
        });
        return grow;
    }

    /// <summary>The page of what was measured before, in one run or in several.</summary>
    private Command Page()
    {
        Option<string[]> reports = new("--json")
        {
            Description = "Files with figures; where two have the same, the later one counts.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        Command page = new("page", "Makes the page and its pictures of figures that were measured before.") { reports, _page };
        page.SetAction(result =>
        {
            Report all = Report.Load(null);
            foreach (string file in result.GetRequiredValue(reports))
                all.Merge(Report.Load(file));
            PageWriter.Write(all, result.GetValue(_page)!);
        });
        return page;
    }

    private Command Everything() => Measuring("all", "Everything, and the page.", [_page], MeasureAll, (result, report) =>
    {
        foreach (string part in GrowSuite.Parts)
        {
            GrowSuite.Run(new Workspace(result.GetRequiredValue(_work)), part, report, FewRounds(result));
            report.Save(result.GetValue(_json));
        }

        PageWriter.Write(report, result.GetValue(_page)!);
    });

    private void MeasureAll(ParseResult result, DataSet dataSet, Report report)
    {
        int rounds = result.GetValue(_rounds);
        int few = FewRounds(result);
        switch (dataSet.Name)
        {
            case "mix":
                ConvertSuite.RunFresh(dataSet, report, [LaminaPeer.Lz4.Name], [ChildProgram.Self], few);
                break;
            case "reference":
                LoadSuite.Run(dataSet, report, Programs(result), rounds);
                break;
            default:
                ReadSuite.Run(dataSet, report, [], rounds, milliseconds: 25);
                ConvertSuite.RunWarm(dataSet, report, rounds);
                ConvertSuite.RunFresh(dataSet, report, [], Programs(result), few);
                SizeSuite.Run(dataSet, report, Enum.GetValues<CompressionLevel>(), few);
                OpenSuite.Run(dataSet, report, [], Programs(result), rounds);
                break;
        }
    }

    private Command Measuring(
        string name,
        string description,
        Option[] options,
        Action<ParseResult, DataSet, Report> measure,
        Action<ParseResult, Report>? finish = null)
    {
        Command command = new(name, description) { _dataSets, _json, _work, _rounds };
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction(result =>
        {
            Workspace workspace = new(result.GetRequiredValue(_work));
            Report report = Report.Load(result.GetValue(_json));
            report.Machine = Machine.Current();
            try
            {
                foreach (string dataSet in result.GetRequiredValue(_dataSets))
                {
                    DataSet opened = workspace.Open(dataSet);
                    AddFacts(opened, report);
                    measure(result, opened, report);
                    report.Save(result.GetValue(_json));
                }

                finish?.Invoke(result, report);
                return 0;
            }
            catch (MissingDataException exception)
            {
                Console.Error.WriteLine(exception.Message);
                return 1;
            }
        });
        return command;
    }

    /// <summary>What takes seconds each time is not done so often.</summary>
    private int FewRounds(ParseResult result) => (result.GetValue(_rounds) + 2) / 3;

    /// <summary>Published once a run.</summary>
    private IReadOnlyList<ChildProgram> Programs(ParseResult result) =>
        _programs ??= ChildProgram.All(result.GetRequiredValue(_work));

    /// <summary>What the page says of a data set. A source too large to be looked through before each command is left out.</summary>
    private static void AddFacts(DataSet dataSet, Report report)
    {
        if (new FileInfo(dataSet.Source).Length > int.MaxValue)
            return;
        report.Add(Measurement.Of("facts", dataSet.Name, "source", dataSet.Name, "layers", [dataSet.Index.Count]));
        report.Add(Measurement.Of("facts", dataSet.Name, "source", dataSet.Name, "bytes of contents", [dataSet.Index.ContentBytes]));
    }
}
