using System.CommandLine;
using Lamina.Bench.Budget;
using Lamina.Bench.Commands;
using Lamina.Bench.Measuring;
using Lamina.Bench.Torture;

// Before anything else is loaded: what a fresh process measures is not this program's own start.
if (args is [ChildTasks.Command, .. string[] task])
    return ChildTasks.Run(task);

RootCommand root = new("Measures and checks Lamina on real data.") { TortureCommand.Create(), BudgetCommand.Create() };
foreach (Command command in CheckCommands.All().Concat(new MeasureCommands().All()))
    root.Subcommands.Add(command);
return root.Parse(args).Invoke();
