using System.CommandLine;
using Lamina.Bench.Data;
using Lamina.Bench.Measuring;
using Lamina.Bench.Suites;

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
                ConvertSuite.RunFresh(dataSet, report, result.GetValue(_only)!, Math.Min(3, result.GetValue(_rounds)));
        });
        return [read, convert];
    }

    private Command Measuring(string name, string description, Option[] options, Action<ParseResult, DataSet, Report> measure)
    {
        Command command = new(name, description) { _dataSets, _json, _work, _rounds };
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction(result =>
        {
            Workspace workspace = new(result.GetRequiredValue(_work));
            Report report = Report.Load(result.GetValue(_json));
            report.Machine = Machine.Current();
            foreach (string dataSet in result.GetRequiredValue(_dataSets))
            {
                measure(result, workspace.Open(dataSet), report);
                report.Save(result.GetValue(_json));
            }

            return 0;
        });
        return command;
    }
}
