using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using Lamina.Cli.Commands;
using Lamina.Cli.Output;
using Lamina.Format;

namespace Lamina.Cli;

/// <summary>The <c>lamina</c> command: takes a call apart, runs it, and turns what goes wrong into a message and an exit code.</summary>
internal static class CliApplication
{
    /// <summary>Runs the command that <paramref name="args"/> call.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="host">Where to read and write.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host, CancellationToken cancellationToken)
    {
        try
        {
            int code = await InvokeAsync(args, host, cancellationToken).ConfigureAwait(false);
            await host.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return code;
        }
        catch (BrokenPipeException)
        {
            // The reader has what it wanted, as with `| head`.
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            host.Error.WriteLine("lamina: interrupted; nothing half-written is left.");
            return ExitCode.Interrupted;
        }
        catch (Exception e)
        {
            (int code, string message) = Explain(e);
            await FlushWhatIsThereAsync(host).ConfigureAwait(false);
            host.WriteError(message);
            return code;
        }
    }

    /// <summary>The version of the program and of the format that it writes.</summary>
    internal static string Version
    {
        get
        {
            string? version = typeof(CliApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            int build = version?.IndexOf('+') ?? -1;
            return $"lamina {(build < 0 ? version : version![..build])} (format 1.0)";
        }
    }

    private static async Task<int> InvokeAsync(IReadOnlyList<string> args, CliHost host, CancellationToken cancellationToken)
    {
        LaminaCommand root = BuildRoot(host);

        // A word to look for may begin with '@'; the parser would take it for a file of options.
        ParseResult call = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (call.Errors.Count > 0 && call.Action is not { ClearsParseErrors: true })
        {
            foreach (string message in CallErrors.Describe(call))
                host.WriteError(message);
            host.Error.WriteLine($"Try '{CallErrors.CommandOf(call)} --help'.");
            return ExitCode.WrongCall;
        }

        InvocationConfiguration configuration = new()
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await call.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
    }

    private static LaminaCommand BuildRoot(CliHost host)
    {
        LaminaCommand root = new(
            "lamina",
            "Turns hierarchical data written as JSON into compressed, checksummed files that programs map into memory, and looks into them.",
            [
                "lamina convert dimensions.json -o data",
                "lamina inspect data",
                "lamina get data Emotion:Joy",
            ])
        {
            ConvertCommand.Create(host),
            VerifyCommand.Create(host),
            InspectCommand.Create(host),
            GetCommand.Create(host),
            FindCommand.Create(host),
            ExportCommand.Create(host),
            DiffCommand.Create(host),
        };
        root.Notes =
            "Exit codes: 0 done, 1 the data is bad (diff: differs), 2 the call is wrong, 3 the system failed, 130 interrupted.";
        root.Options.Add(new HelpOption { Description = "Says how to call the command.", Action = new HelpWithExamples() });
        root.Options.Add(new VersionOption { Description = "Says the version.", Action = new VersionAction() });
        return root;
    }

    private static (int Code, string Message) Explain(Exception exception) => exception switch
    {
        WrongCallException => (ExitCode.WrongCall, exception.Message),
        LaminaFormatException => (ExitCode.BadData, exception.Message),
        IOException e when SystemError.IsDiskFull(e) => (ExitCode.SystemFailed, $"{Sentence(e.Message)} Free some space, or write to another disk."),
        UnauthorizedAccessException => (ExitCode.SystemFailed, $"{Sentence(exception.Message)} Check the permissions of the file and its folder."),
        IOException => (ExitCode.SystemFailed, exception.Message),
        OutOfMemoryException => (ExitCode.SystemFailed, "There is not enough memory. A content is decoded as a whole; close other programs and try again."),
        _ => (ExitCode.SystemFailed, $"The program has a fault: {exception.GetType().Name}: {Sentence(exception.Message)} Please report it."),
    };

    private static string Sentence(string message) => message.TrimEnd('.', ' ') + ".";

    private static async Task FlushWhatIsThereAsync(CliHost host)
    {
        try
        {
            await host.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // What went wrong first is what matters.
        }
    }
}
