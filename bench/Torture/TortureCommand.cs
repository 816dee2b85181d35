using System.CommandLine;

namespace Lamina.Bench.Torture;

/// <summary>The command <c>torture</c>.</summary>
internal static class TortureCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<double> minutes = new("--minutes") { Description = "How long.", DefaultValueFactory = static _ => 1 };
        Option<int> threads = new("--threads") { Description = "Threads in all, at least 8.", DefaultValueFactory = static _ => 32 };
        Option<int> seed = new("--seed") { Description = "Which random choices.", DefaultValueFactory = static _ => 1 };
        Command command = new(
            "torture",
            "Reads in every way while other threads load, unload, reload, evict, refresh, dispose and end; hashes everything that is read.")
        {
            minutes, threads, seed,
        };
        command.SetAction(result => TortureRun.Run(
            TimeSpan.FromMinutes(result.GetValue(minutes)), Math.Max(8, result.GetValue(threads)), (ulong)result.GetValue(seed)));
        return command;
    }
}
