using System.CommandLine;
using Lamina.Cli.Output;
using Lamina.Format.Inspection;

namespace Lamina.Cli.Commands;

/// <summary><c>lamina inspect PATH</c>: what is in a data set or region file.</summary>
internal static class InspectCommand
{
    public static Command Create(CliHost host)
    {
        Argument<string> path = Common.DataSet("PATH");
        Option<bool> json = Common.Json();
        LaminaCommand command = new(
            "inspect",
            "Says what is in a data set or region file: sizes, ratio, layers, keywords, sections, blocks.",
            ["lamina inspect data", "lamina inspect data/D01-00112233445566778899aabbccddeeff.lamina", "lamina inspect data --json"])
        {
            path,
            json,
        };
        command.SetAction((call, cancellationToken) =>
            Task.FromResult(Run(host, call.GetRequiredValue(path), call.GetValue(json), cancellationToken)));
        return command;
    }

    private static int Run(CliHost host, string path, bool json, CancellationToken cancellationToken)
    {
        DataSetFiles files = DataSetFiles.Find(Common.RequireDataSet(path));
        List<RegionSummary> regions = new(files.Regions.Count);
        foreach (RegionFile file in files.Regions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            regions.Add(RegionInspector.Inspect(file));
        }

        if (json)
            InspectionOutput.WriteJson(host, files.Path, regions);
        else if (files.Manifest is null)
            InspectionOutput.WriteRegion(host, regions[0]);
        else
            InspectionOutput.WriteDataSet(host, files.Path, regions);
        return ExitCode.Done;
    }
}
