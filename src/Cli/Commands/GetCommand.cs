using System.CommandLine;
using Lamina.Cli.Output;
using Lamina.Format.Inspection;

namespace Lamina.Cli.Commands;

/// <summary><c>lamina get DIR D01:L3</c>: a layer's content.</summary>
internal static class GetCommand
{
    public static Command Create(CliHost host)
    {
        Argument<string> path = Common.DataSet("DIR");
        Argument<string> layer = new("LAYER")
        {
            Description = "The layer's dimension and number, as D01:L3; or either by its name, as D01:Joy or Emotion:Joy.",
        };
        Option<string?> output = new("--output", "-o") { Description = "Write to a file instead of standard output.", HelpName = "FILE" };
        LaminaCommand command = new(
            "get",
            "Writes the content of a layer, byte for byte.",
            ["lamina get data D01:L3", "lamina get data Emotion:Joy | jq .", "lamina get data D02:L7 -o layer.bin"])
        {
            path,
            layer,
            output,
        };
        command.SetAction((call, _) => Task.FromResult(
            Run(host, call.GetRequiredValue(path), call.GetRequiredValue(layer), call.GetValue(output))));
        return command;
    }

    private static int Run(CliHost host, string path, string layer, string? output)
    {
        DataSetFiles files = DataSetFiles.Find(Common.RequireDataSet(path));
        using FoundLayer found = LayerFinder.Find(files, layer);
        if (output is null or Common.Standard)
        {
            found.Region.CopyContent(found.Index, host.Output);
            host.Output.Flush();
        }
        else
        {
            AtomicFile.Write(output, stream =>
            {
                found.Region.CopyContent(found.Index, stream);
                return true;
            });
        }

        return ExitCode.Done;
    }
}
