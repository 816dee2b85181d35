using System.CommandLine;
using System.CommandLine.Invocation;

namespace Lamina.Cli.Commands;

/// <summary>Writes the program's version.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(CliApplication.Version);
        return ExitCode.Done;
    }
}
