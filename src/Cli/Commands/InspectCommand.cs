using System.CommandLine;
using Lamina.Cli.Output;
using Lamina.Format.Inspection;
using Lamina.Format.Inspection.Html;
using Lamina.Format.Verification;

namespace Lamina.Cli.Commands;

/// <summary><c>lamina inspect PATH</c>: what is in a data set or region file.</summary>
internal static class InspectCommand
{
    public static Command Create(CliHost host)
    {
        Argument<string> path = Common.DataSet("PATH");
        Option<string?> html = new("--html")
        {
            Description = "Check every bit and write a page of what is in it, with pictures; - for standard output.",
            HelpName = "FILE",
        };
        Option<bool> json = Common.Json();
        LaminaCommand command = new(
            "inspect",
            "Says what is in a data set or region file: sizes, ratio, layers, keywords, sections, blocks.",
            [
                "lamina inspect data",
                "lamina inspect data/D01-00112233445566778899aabbccddeeff.lamina --json",
                "lamina inspect data --html data.html",
            ])
        {
            path,
            html,
            json,
        };
        command.Validators.Add(call =>
        {
            if (call.GetResult(html) is not null && call.GetResult(json) is not null)
                call.AddError("--html and --json are two ways to write one result. Leave one of them out.");
        });
        command.SetAction((call, cancellationToken) => call.GetValue(html) is { } page
            ? WritePageAsync(host, call.GetRequiredValue(path), page, cancellationToken)
            : Task.FromResult(Run(host, call.GetRequiredValue(path), call.GetValue(json), cancellationToken)));
        return command;
    }

    private static async Task<int> WritePageAsync(CliHost host, string path, string page, CancellationToken cancellationToken)
    {
        Common.RequireDataSet(path);
        VerificationReport report = await ProgressDisplay.RunAsync(host, wanted: true, "Checking", tell =>
        {
            ProgressDisplay.Relay<(long Done, long Total)> progress =
                new(step => tell(new ProgressDisplay.Step(step.Done, step.Total)));
            return Task.Run(
                () => page == Common.Standard
                    ? DataSetHtml.Write(path, host.Output, progress, cancellationToken)
                    : AtomicFile.Write(page, stream => DataSetHtml.Write(path, stream, progress, cancellationToken)),
                cancellationToken);
        }).ConfigureAwait(false);
        int damaged = report.Files.Count(static file => file.Fault is not null);
        if (page != Common.Standard)
        {
            string files = Plural.Of(report.Files.Count, "file");
            host.Out.WriteLine($"{Printable.Of(page)}: {files} checked, {SizeText.Count(damaged)} damaged.");
        }

        return report.IsValid ? ExitCode.Done : ExitCode.BadData;
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
