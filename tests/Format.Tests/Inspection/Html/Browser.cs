using System.Diagnostics;

namespace Lamina.Format.Tests.Inspection.Html;

/// <summary>Chromium without a window or a network.</summary>
internal static class Browser
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string? Program = Find();

    /// <summary>Why it cannot be run here; null if it can.</summary>
    public static string? Unavailable =>
        Program is null ? "There is no chromium, chromium-browser or google-chrome on the path." : null;

    /// <summary>What the browser makes of the page at <paramref name="path"/>, written as HTML.</summary>
    public static Task<string> DumpAsync(string path, string workFolder) =>
        RunAsync(workFolder, "--dump-dom", new Uri(path).AbsoluteUri);

    /// <summary>A picture of the page at <paramref name="path"/>, as PNG.</summary>
    public static async Task<byte[]> DrawAsync(string path, string workFolder, bool dark)
    {
        string picture = Path.Combine(workFolder, dark ? "dark.png" : "light.png");
        string[] options = [$"--screenshot={picture}", "--window-size=1000,1400", "--hide-scrollbars"];
        string[] scheme = dark ? ["--force-dark-mode"] : [];
        await RunAsync(workFolder, [.. options, .. scheme, new Uri(path).AbsoluteUri]);
        return await File.ReadAllBytesAsync(picture);
    }

    private static async Task<string> RunAsync(string workFolder, params string[] arguments)
    {
        ProcessStartInfo start = new(
            Program!,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
                $"--user-data-dir={Path.Combine(workFolder, "profile")}", .. arguments,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = new(Patience);
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, await error);
            return output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string? Find()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return (from name in (string[])["chromium", "chromium-browser", "google-chrome"]
                from folder in folders
                let path = Path.Combine(folder, name)
                where File.Exists(path)
                select path).FirstOrDefault();
    }
}
