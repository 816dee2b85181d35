using System.CommandLine;
using Lamina.Cli.Output;
using Lamina.Format.Inspection;

namespace Lamina.Cli.Commands;

/// <summary><c>lamina find DIR WORD</c>: the layers with a keyword.</summary>
internal static class FindCommand
{
    public static Command Create(CliHost host)
    {
        Argument<string> path = Common.DataSet("DIR");
        Argument<string> word = new("WORD") { Description = "The keyword; upper and lower case differ." };
        Option<bool> prefix = new("--prefix", "-p") { Description = "Find keywords that begin with WORD." };
        Option<bool> json = Common.Json();
        LaminaCommand command = new(
            "find",
            "Lists the layers that have a keyword: identifier, name and the keywords found, separated by tabs.",
            ["lamina find data joy", "lamina find data jo --prefix --json", "lamina find data joy | cut -f1"])
        {
            path,
            word,
            prefix,
            json,
        };
        command.SetAction((call, cancellationToken) => Task.FromResult(Run(
            host,
            DataSetFiles.Find(Common.RequireDataSet(call.GetRequiredValue(path))),
            call.GetRequiredValue(word),
            call.GetValue(prefix),
            call.GetValue(json),
            cancellationToken)));
        return command;
    }

    private static int Run(CliHost host, DataSetFiles files, string word, bool prefix, bool json, CancellationToken cancellationToken)
    {
        IEnumerable<(LayerDescription Layer, string? Dimension, KeywordMatch Match)> matches = Search(files, word, prefix, cancellationToken);
        if (json)
        {
            FindOutput.WriteJson(host, word, prefix, matches);
            return ExitCode.Done;
        }

        long found = FindOutput.Write(host, matches);
        if (found == 0)
        {
            host.Error.WriteLine(prefix
                ? $"No layer has a keyword that begins with '{Printable.Of(word)}'."
                : $"No layer has the keyword '{Printable.Of(word)}'. Use --prefix to find longer ones.");
        }

        return ExitCode.Done;
    }

    private static IEnumerable<(LayerDescription Layer, string? Dimension, KeywordMatch Match)> Search(
        DataSetFiles files, string word, bool prefix, CancellationToken cancellationToken)
    {
        foreach (RegionFile file in files.Regions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using RegionReader region = file.Open();
            string? dimension = region.Name;
            foreach (KeywordMatch match in region.FindKeyword(word, prefix))
                yield return (region.Describe(match.LayerIndex), dimension, match);
        }
    }
}
