using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Lamina.Cli.Tests.Process;

/// <summary>The command in a process of its own.</summary>
internal sealed partial class LaminaProcess : IDisposable
{
    /// <summary>Far above what a run takes, so that a hang fails instead of blocking the suite.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly System.Diagnostics.Process _process;

    public LaminaProcess(params string[] args)
        : this(new ProcessStartInfo(Host), args)
    {
    }

    private LaminaProcess(ProcessStartInfo start, string[] args)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "lamina.dll"));
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        _process = System.Diagnostics.Process.Start(start)!;
    }

    private static string Host =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>The command in a process that may make no file longer than <paramref name="kibibytes"/>; Unix alone has it.</summary>
    public static LaminaProcess WithFileSizeLimit(int kibibytes, params string[] args)
    {
        ProcessStartInfo start = new("bash");
        foreach (string arg in (string[])["-c", $"ulimit -f {kibibytes}; exec \"$@\"", "bash", Host])
            start.ArgumentList.Add(arg);

        // The runtime's own code is written to a file in memory, which the limit would hold for.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new LaminaProcess(start, args);
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    public StreamReader Error => _process.StandardError;

    /// <summary>Sends what Ctrl-C sends.</summary>
    public void Interrupt() => Assert.Equal(0, Kill(_process.Id, 2));

    /// <summary>Ends the process at once, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public bool HasExited => _process.HasExited;

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
