using System.Diagnostics;
using System.Globalization;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Lamina.Bench.Measuring;

/// <summary>A build of this program whose fresh processes are measured: this one, or one compiled before it is started.</summary>
/// <param name="assembly">The path of its <c>bench.dll</c>.</param>
internal sealed class ChildProgram(string assembly)
{
    /// <summary>What stands behind the circumstances of a figure of a program compiled ahead.</summary>
    public const string AheadSuffix = ", compiled ahead";

    private const string Project = "Lamina.Bench.csproj";

    // As packages are compiled (eng/ahead/Systems.props); here for all contenders alike.
    private const string AheadOptions = "--instruction-set:x86-64-v3";

    /// <summary>This program as it was built.</summary>
    public static ChildProgram Self { get; } = new(Path.Combine(AppContext.BaseDirectory, "bench.dll"));

    /// <summary>Whether the library in it was compiled ahead (PublishReadyToRun), as the runtime's own libraries are.</summary>
    public bool IsCompiledAhead { get; } = HasNativeCode(Path.Combine(Path.GetDirectoryName(assembly)!, "Lamina.Runtime.dll"));

    /// <summary>What stands behind the circumstances of a figure of this one.</summary>
    public string Suffix => IsCompiledAhead ? AheadSuffix : "";

    /// <summary>This program and, where its project is at hand, the same compiled ahead, which is published into a folder of the workspace.</summary>
    /// <param name="work">The workspace.</param>
    /// <exception cref="InvalidOperationException">It cannot be published; the message is what the build wrote.</exception>
    public static IReadOnlyList<ChildProgram> All(string work)
    {
        if (Self.IsCompiledAhead || FindProject() is not { } project)
            return [Self];
        string folder = Path.Combine(Path.GetFullPath(work), "compiled-ahead");
        Console.Error.WriteLine("publishing this program compiled ahead");
        Run("dotnet", [
            "publish", project, "--nologo", "-v", "q", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false",
            "-p:PublishReadyToRun=true", .. Options(), "-o", folder]);
        ChildProgram ahead = new(Path.Combine(folder, "bench.dll"));
        return ahead.IsCompiledAhead
            ? [Self, ahead]
            : throw new InvalidOperationException($"The program in {folder} was published, but its libraries hold no compiled code.");
    }

    /// <summary>Runs a task of <see cref="ChildTasks"/> in a fresh process; the figures that it printed.</summary>
    /// <exception cref="InvalidOperationException">The child failed; the message is what it wrote.</exception>
    public double[] Run(params string[] task)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "bench" ? path : "dotnet";
        string output = Run(host, ["exec", assembly, ChildTasks.Command, .. task]);
        return [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(static text => double.Parse(text, CultureInfo.InvariantCulture))];
    }

    private static string[] Options() => RuntimeInformation.OSArchitecture == Architecture.X64 && !OperatingSystem.IsMacOS()
        ? ["-p:PublishReadyToRunCrossgen2ExtraArgs=" + AheadOptions]
        : [];

    private static string Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // As the command has it, for all contenders alike: a fresh process is too short to win by compiling loops twice.
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"A child ({string.Join(' ', arguments)}) ended with {process.ExitCode}: {errors.Result}{(program == "dotnet" ? output : "")}");
    }

    private static string? FindProject()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string project = Path.Combine(folder.FullName, Project);
            if (File.Exists(project))
                return project;
        }

        return null;
    }

    private static bool HasNativeCode(string path)
    {
        if (!File.Exists(path))
            return false;
        using FileStream file = File.OpenRead(path);
        using PEReader reader = new(file);
        return reader.PEHeaders.CorHeader?.ManagedNativeHeaderDirectory.Size > 0;
    }
}
