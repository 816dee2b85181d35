using System.CommandLine;
using System.CommandLine.Parsing;

namespace Lamina.Cli.Commands;

/// <summary>Says what is wrong with a call, and what was probably meant.</summary>
internal static class CallErrors
{
    /// <summary>One message for each error.</summary>
    public static IEnumerable<string> Describe(ParseResult call)
    {
        Command command = call.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            // Without a command, everything else on the line is an error as well, and none that helps.
            string known = string.Join(", ", command.Subcommands.Select(static sub => sub.Name));
            return call.UnmatchedTokens is [string given, ..]
                ? [$"'{given}' is not a command.{Suggest(given, command.Subcommands.Select(static sub => sub.Name))} Commands are {known}."]
                : [$"There is no command in the call. Commands are {known}."];
        }

        string[] missing = [.. command.Arguments.Where(argument => call.GetResult(argument) is not { Tokens.Count: > 0 })
            .Select(static argument => $"<{argument.Name}>")];
        IEnumerable<string> lacking = missing.Length == 0
            ? []
            : [$"The call lacks {string.Join(" and ", missing)}."];
        return lacking.Concat(call.Errors.Where(error => !IsMissingArgument(error)).Select(error => Describe(call, error)).Distinct());
    }

    /// <summary>How the command was called, for a hint such as <c>lamina convert --help</c>.</summary>
    public static string CommandOf(ParseResult call)
    {
        string name = call.CommandResult.Command.Name;
        for (SymbolResult? parent = call.CommandResult.Parent; parent is CommandResult result; parent = result.Parent)
            name = $"{result.Command.Name} {name}";
        return name;
    }

    private static string Describe(ParseResult call, ParseError error)
    {
        string? unknown = call.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));
        if (unknown is null)
            return error.Message;
        if (!unknown.StartsWith('-'))
            return $"'{unknown}' is one argument too many. Quote an argument that has spaces.";
        return $"'{unknown}' is not an option.{Suggest(unknown, call.CommandResult.Command.Options.Select(static option => option.Name))}";
    }

    // Such an error names the command and not the argument.
    private static bool IsMissingArgument(ParseError error) =>
        error.SymbolResult is not OptionResult && error.Message.StartsWith("Required argument missing", StringComparison.Ordinal);

    private static string Suggest(string given, IEnumerable<string> known) =>
        Closest.To(given, known) is { } closest ? $" Did you mean '{closest}'?" : string.Empty;
}
