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
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        ProcessStartInfo start = new(host)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "lamina.dll"));
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        _process = System.Diagnostics.Process.Start(start)!;
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    public StreamReader Error => _process.StandardError;

    /// <summary>Sends what Ctrl-C sends.</summary>
    public void Interrupt() => Assert.Equal(0, Kill(_process.Id, 2));

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
