using System.CommandLine;

namespace Lamina.Bench.Budget;

/// <summary>The command <c>budget</c>.</summary>
internal static class BudgetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<double> minutes = new("--minutes") { Description = "How long to read.", DefaultValueFactory = static _ => 1 };
        Option<int> budget = new("--budget")
        {
            Description = "The budget in MiB; the data set has ten times as much.",
            DefaultValueFactory = static _ => 32,
        };
        Option<int> threads = new("--threads") { Description = "Threads that read.", DefaultValueFactory = static _ => 8 };
        Option<int> seed = new("--seed") { Description = "Which random trace.", DefaultValueFactory = static _ => 1 };
        Command command = new(
            "budget",
            "Reads ten times the budget, Zipf with scans mixed in: memory within the budget, hit rate beside other policies, nothing leaked.")
        {
            minutes, budget, threads, seed,
        };
        command.SetAction(result => BudgetRun.Run(
            TimeSpan.FromMinutes(result.GetValue(minutes)),
            result.GetValue(budget),
            result.GetValue(threads),
            (ulong)result.GetValue(seed)));
        return command;
    }
}
