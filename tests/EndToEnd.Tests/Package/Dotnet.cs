using System.Diagnostics;

namespace Lamina.EndToEnd.Tests.Package;

/// <summary>Runs programs as a person would from a shell: nothing of the build that runs these tests shows through.</summary>
internal static class Dotnet
{
    /// <summary>Far above what a call takes, so that a hang fails instead of blocking the suite.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The command <c>dotnet</c> that runs this.</summary>
    public static string Host { get; } =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>Runs <c>dotnet</c> in <paramref name="folder"/>.</summary>
    public static Task<DotnetResult> RunAsync(string folder, string packagesFolder, params string[] args) =>
        RunProgramAsync(Host, folder, packagesFolder, args);

    /// <summary>Runs a program in <paramref name="folder"/>.</summary>
    public static async Task<DotnetResult> RunProgramAsync(
        string program, string folder, string packagesFolder, params string[] args)
    {
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string arg in args)
            start.ArgumentList.Add(arg);
        foreach (string name in start.Environment.Keys.ToArray())
        {
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "CI" or "DOTNET_HOST_PATH")
                start.Environment.Remove(name);
        }

        // No process outlives its call, and what is written is in one language.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["NUGET_PACKAGES"] = packagesFolder;
        if (Path.GetDirectoryName(Host) is { Length: > 0 } root)
            start.Environment["DOTNET_ROOT"] = root;

        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = new(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new DotnetResult(process.ExitCode, (await output + await error).ReplaceLineEndings("\n"));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
