using System.Runtime.InteropServices;
using Lamina.Cli;
using Lamina.Cli.Output;

using CancellationTokenSource interruption = new();
int signal = 0;
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await CliApplication.RunAsync(args, StandardStreams.CreateHost(), interruption.Token).ConfigureAwait(false);

// The first signal asks the work to stop and to clear up; a second one ends the process at once.
void Interrupt(PosixSignalContext context)
{
    if (Interlocked.Exchange(ref signal, 1) != 0)
        return;
    context.Cancel = true;
    interruption.Cancel();
}
