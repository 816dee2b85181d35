using System.CommandLine;
using Lamina.Cli.Output;
using Lamina.Format.Conversion;
using Lamina.Format.Export;
using Lamina.Format.Inspection;

namespace Lamina.Cli.Commands;

/// <summary><c>lamina export DIR -o FILE</c>: the source that a data set could have been made from.</summary>
internal static class ExportCommand
{
    private const string JsonLinesExtension = ".jsonl";

    public static Command Create(CliHost host)
    {
        Argument<string> path = Common.DataSet("DIR");
        Option<string> output = new("--output", "-o")
        {
            Description = "The file to write, or - for standard output. A name that ends with .jsonl gets one object a line.",
            HelpName = "FILE",
            Required = true,
        };
        Option<bool> jsonLines = new("--jsonl") { Description = "Write one JSON object a line, a dimension or a layer each." };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Write errors alone." };
        LaminaCommand command = new(
            "export",
            "Writes a data set as a dimensions.json that converts to the same files.",
            ["lamina export data -o dimensions.json", "lamina export data -o - --jsonl | head", "lamina export data -o - | lamina convert - -o copy"])
        {
            path,
            output,
            jsonLines,
            quiet,
        };
        command.Notes =
            "A content that is not UTF-8 is written as content_base64. Simulated contents are left out; convert with --simulate to get them again.";
        command.SetAction((call, cancellationToken) => RunAsync(
            host,
            Common.RequireDataSet(call.GetRequiredValue(path)),
            call.GetRequiredValue(output),
            call.GetValue(jsonLines),
            call.GetValue(quiet),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        CliHost host, string path, string output, bool jsonLines, bool quiet, CancellationToken cancellationToken)
    {
        InputSyntax syntax = jsonLines || output.EndsWith(JsonLinesExtension, StringComparison.OrdinalIgnoreCase)
            ? InputSyntax.JsonLines
            : InputSyntax.Json;

        // On a terminal the text itself shows how far it has come.
        bool showProgress = !quiet && !(output == Common.Standard && host.IsOutputTerminal);
        ExportResult result = await ProgressDisplay.RunAsync(host, showProgress, "Exporting", tell =>
        {
            ProgressDisplay.Relay<(long Done, long Total)> progress = new(step => tell(new ProgressDisplay.Step(step.Done, step.Total)));
            return Task.Run(
                () => output == Common.Standard
                    ? DataSetExporter.Export(path, host.Output, syntax, progress, cancellationToken)
                    : AtomicFile.Write(output, stream => DataSetExporter.Export(path, stream, syntax, progress, cancellationToken)),
                cancellationToken);
        }).ConfigureAwait(false);
        if (!quiet)
            Say(host, output, result);
        return ExitCode.Done;
    }

    /// <summary>Says what was written; on standard error, since standard output may be what was written.</summary>
    private static void Say(CliHost host, string output, ExportResult result)
    {
        if (output != Common.Standard)
        {
            host.Error.WriteLine(
                $"{Plural.Of(result.Dimensions, "dimension")}, {Plural.Of(result.Layers, "layer")} in {Printable.Of(output)} ({SizeText.Size(result.Bytes)})");
        }

        if (result.Base64Layers > 0)
            host.Error.WriteLine($"{Plural.Of(result.Base64Layers, "content")} as base64, not being UTF-8.");
        if (result.SimulatedLayers > 0)
            host.Error.WriteLine($"{Plural.Of(result.SimulatedLayers, "simulated content")} left out; convert with --simulate to get them again.");
    }
}
