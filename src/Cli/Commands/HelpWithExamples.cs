using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Lamina.Cli.Commands;

/// <summary>Writes a command's help and its examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = _help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is LaminaCommand command)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in command.Examples)
                output.WriteLine($"  {example}");
            if (command.Notes is not null)
            {
                output.WriteLine();
                output.WriteLine(command.Notes);
            }
        }

        return code;
    }
}
