using System.CommandLine;
using Lamina.Cli.Output;
using Lamina.Format.Inspection;

namespace Lamina.Cli.Commands;

/// <summary><c>lamina diff A B</c>: what two data sets do not agree on.</summary>
internal static class DiffCommand
{
    public static Command Create(CliHost host)
    {
        Argument<string> first = Common.DataSet("A");
        Argument<string> second = Common.DataSet("B");
        Option<bool> json = Common.Json();
        LaminaCommand command = new(
            "diff",
            "Lists the dimensions and layers that were added (+), removed (-) or changed (~) from A to B. Ends with 0 if they are the same, 1 if not.",
            ["lamina diff old new", "lamina diff old new --json", "lamina diff old new > changes.txt || echo changed"])
        {
            first,
            second,
            json,
        };
        command.Notes = "Contents and descriptions are compared, not how they are packed: block size, alignment, compression.";
        command.SetAction((call, cancellationToken) =>
        {
            IEnumerable<DataSetDifference> differences = DataSetComparer.Compare(
                Common.RequireDataSet(call.GetRequiredValue(first)), Common.RequireDataSet(call.GetRequiredValue(second)), cancellationToken);
            bool same = call.GetValue(json) ? DiffOutput.WriteJson(host, differences) : DiffOutput.Write(host, differences);
            return Task.FromResult(same ? ExitCode.Done : ExitCode.BadData);
        });
        return command;
    }
}
