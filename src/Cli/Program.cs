using System.Runtime.InteropServices;
using Lamina.Cli;
using Lamina.Cli.Output;

// SIGXFSZ, which has no name in .NET; the number is the same on Linux and macOS.
const int SignalFileTooLong = 25;

using CancellationTokenSource interruption = new();
int signal = 0;
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);

// A file that grows past what `ulimit -f` allows is an error of that write, which has a message, and no end without one.
using PosixSignalRegistration? fileTooLong = OperatingSystem.IsWindows()
    ? null
    : PosixSignalRegistration.Create((PosixSignal)SignalFileTooLong, static context => context.Cancel = true);
return await CliApplication.RunAsync(args, StandardStreams.CreateHost(), interruption.Token).ConfigureAwait(false);

// The first signal asks the work to stop and to clear up; a second one ends the process at once.
void Interrupt(PosixSignalContext context)
{
    if (Interlocked.Exchange(ref signal, 1) != 0)
        return;
    context.Cancel = true;
    interruption.Cancel();
}
