using System.ComponentModel;
using System.Diagnostics;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Specification;

/// <summary>Runs the reader that is generated from <c>format-spec/lamina_region.ksy</c>.</summary>
internal static class KaitaiReader
{
    private static readonly string Source = Path.Combine(Repository.Root, "tests", "Format.Tests", "Specification", "kaitai");
    private static readonly string Work = Path.Combine(Repository.Root, "tests", "Format.Tests", "obj", "kaitai");
    private static readonly Lazy<string?> Reason = new(Prepare);

    /// <summary>Why it cannot be run here; null if it can.</summary>
    public static string? Unavailable => Reason.Value;

    /// <summary>What the generated reader finds in each of <paramref name="files"/>.</summary>
    public static string[] Read(IEnumerable<string> files)
    {
        (int code, string output, string error) = Run(
            "node", ["read.js", Path.Combine(SpecificationText.Folder, "lamina_region.ksy"), .. files]);
        Assert.True(code == 0, error);
        return output.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Installs the locked packages once; later runs find them.</summary>
    private static string? Prepare()
    {
        try
        {
            if (Run("node", ["--version"]).Code != 0)
                return "node does not run here.";
            string mark = Path.Combine(Work, "installed");
            string locked = File.ReadAllText(Path.Combine(Source, "package-lock.json"));
            foreach (string path in Directory.EnumerateFiles(Source))
                File.Copy(path, Path.Combine(Work, Path.GetFileName(path)), overwrite: true);
            if (File.Exists(mark) && File.ReadAllText(mark) == locked)
                return null;
            (int code, _, string error) = Run(
                OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            if (code != 0)
                return $"npm cannot install the Kaitai Struct compiler here: {error.Trim().Split('\n')[0]}";
            File.WriteAllText(mark, locked);
            return null;
        }
        catch (Win32Exception)
        {
            return "node or npm is not installed here.";
        }
    }

    private static (int Code, string Output, string Error) Run(string program, IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(Work);
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Work,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
