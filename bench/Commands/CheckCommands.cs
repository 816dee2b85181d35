using System.CommandLine;
using Lamina.Bench.Checks;

namespace Lamina.Bench.Commands;

/// <summary>The commands that look for wrong answers and not for time.</summary>
internal static class CheckCommands
{
    public static IEnumerable<Command> All()
    {
        Argument<FileInfo> json = new("json") { Description = "A dimensions.json." };
        Argument<DirectoryInfo> folder = new("folder") { Description = "The data set made from it." };
        Argument<string> file = new("file") { Description = "A region file, a manifest or a data set's folder." };
        Option<int> places = new("--places") { Description = "Bits to flip.", DefaultValueFactory = static _ => 1000 };
        Option<int> seed = new("--seed") { Description = "Which random places.", DefaultValueFactory = static _ => 1 };

        Command readBack = new("read-back", "Reads every layer of a data set through the runtime and compares it with its JSON.") { json, folder };
        readBack.SetAction(result => ReadBack.Run(result.GetRequiredValue(json).FullName, result.GetRequiredValue(folder).FullName));

        Command flip = new("flip", "Flips one bit at random places of a copy of a file and asks verify each time.") { file, places, seed };
        flip.SetAction(result => BitFlips.Run(result.GetRequiredValue(file), result.GetValue(places), result.GetValue(seed)));

        Option<int> times = new("--times") { Description = "Conversions to kill.", DefaultValueFactory = static _ => 200 };
        Option<FileInfo> lamina = new("--command")
        {
            Description = "The command, a lamina.dll or a program [default: the one that src/Cli builds].",
            DefaultValueFactory = static _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "../../../../src/Cli/bin/Release/net10.0/lamina.dll")),
        };
        Command kill = new("kill", "Kills conversions at random instants and checks that the old data set or the new one is whole.") { json, times, seed, lamina };
        kill.SetAction(result => DurabilityKill.Run(
            result.GetRequiredValue(json), result.GetValue(times), result.GetValue(seed), result.GetRequiredValue(lamina)));

        return [readBack, flip, kill];
    }
}
