using System.Diagnostics;
using System.Globalization;

namespace Lamina.Bench.Measuring;

/// <summary>A fresh process of this program, for what is only cold once.</summary>
internal static class Child
{
    /// <summary>The argument that makes this program a child.</summary>
    public const string Command = "child";

    /// <summary>Runs a task of <see cref="ChildTasks"/>; the figures that it printed.</summary>
    /// <exception cref="InvalidOperationException">The child failed; the message is what it wrote.</exception>
    public static double[] Run(params string[] task)
    {
        string self = Path.Combine(AppContext.BaseDirectory, "bench.dll");
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && !IsProgram(host) ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["exec", self, Command, .. task])
            start.ArgumentList.Add(argument);

        // As the command has it, for all contenders alike: a fresh process is too short to win by compiling loops twice.
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(static text => double.Parse(text, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"A child ({string.Join(' ', task)}) ended with {process.ExitCode}: {errors.Result}");
    }

    private static bool IsProgram(string host) => Path.GetFileNameWithoutExtension(host) == "bench";
}
