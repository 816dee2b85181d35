using System.CommandLine;
using Lamina.Cli.Output;
using Lamina.Format.Verification;

namespace Lamina.Cli.Commands;

/// <summary><c>lamina verify PATH</c>: reads and checks every bit.</summary>
internal static class VerifyCommand
{
    public static Command Create(CliHost host)
    {
        Argument<string> path = Common.DataSet("PATH");
        Option<bool> json = Common.Json();
        LaminaCommand command = new(
            "verify",
            "Checks every bit of a data set or region file. Ends with 1 if a file is damaged.",
            ["lamina verify data", "lamina verify data/D01-00112233445566778899aabbccddeeff.lamina --json"])
        {
            path,
            json,
        };
        command.SetAction((call, cancellationToken) =>
            RunAsync(host, call.GetRequiredValue(path), call.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliHost host, string path, bool json, CancellationToken cancellationToken)
    {
        Common.RequireDataSet(path);
        VerificationReport report = await ProgressDisplay.RunAsync(host, !json, "Verifying", tell => Task.Run(
            () => DataSetVerifier.Verify(
                path,
                new ProgressDisplay.Relay<(long Done, long Total)>(step => tell(new ProgressDisplay.Step(step.Done, step.Total))),
                cancellationToken),
            cancellationToken)).ConfigureAwait(false);

        if (json)
            VerificationOutput.WriteJson(host, report);
        else
            VerificationOutput.Write(host, report);
        return report.IsValid ? ExitCode.Done : ExitCode.BadData;
    }
}
