using Lamina.Format.Inspection;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Lamina.Cli.Output;

/// <summary>Shows on standard error how far a long work has come, if that is a terminal.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs <paramref name="work"/> and shows what it tells.</summary>
    /// <param name="host">Whose standard error.</param>
    /// <param name="wanted">Whether the user wants to see it.</param>
    /// <param name="title">What is done.</param>
    /// <param name="work">The work; told how to say how far it has come, from any thread.</param>
    public static Task<T> RunAsync<T>(CliHost host, bool wanted, string title, Func<Action<Step>, Task<T>> work)
    {
        if (!wanted || !host.IsErrorTerminal)
            return work(static _ => { });

        Progress progress = new(Tables.CreateConsole(host, host.Error, isTerminal: true, host.Width))
        {
            AutoClear = true,
            ExcludeVerticalPadding = true,
        };
        progress.Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new BytesColumn(),
            new TransferSpeedColumn { Base = FileSizeBase.Binary }, new RemainingColumn());
        return progress.StartAsync(context =>
        {
            ProgressTask task = context.AddTask(Markup.Escape(title));
            task.IsIndeterminate = true;
            return work(step =>
            {
                if (step.Total is > 0)
                {
                    task.MaxValue = step.Total.Value;
                    task.IsIndeterminate = false;
                }
                else
                {
                    // Ahead of what is done, so that the display does not take the work for finished.
                    task.MaxValue = Math.Max(task.MaxValue, (step.Done * 2.0) + 1);
                }

                task.Value = step.Done;
                if (step.Note is not null)
                    task.Description = Markup.Escape($"{title} {step.Note}");
            });
        });
    }

    /// <summary>How far a work has come.</summary>
    /// <param name="Done">Bytes done.</param>
    /// <param name="Total">Bytes in all, if known.</param>
    /// <param name="Note">What else there is to say.</param>
    public readonly record struct Step(long Done, long? Total, string? Note = null);

    /// <summary>Hands reports on in the thread that makes them, in their order.</summary>
    public sealed class Relay<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }

    private sealed class BytesColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(
            task.IsIndeterminate ? SizeText.Size(task.Value) : $"{SizeText.Size(task.Value)} of {SizeText.Size(task.MaxValue)}");
    }

    /// <summary>The time left; nothing where nobody knows how much there is.</summary>
    private sealed class RemainingColumn : ProgressColumn
    {
        private readonly RemainingTimeColumn _time = new();

        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            task.IsIndeterminate ? Text.Empty : _time.Render(options, task, deltaTime);
    }
}
