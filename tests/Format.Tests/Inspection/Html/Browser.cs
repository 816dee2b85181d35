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
    public static async Task<string> DumpAsync(string path, string workFolder)
    {
        using Process process = Start(workFolder, "--dump-dom", new Uri(path).AbsoluteUri);
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

    /// <summary>Opens the page at <paramref name="path"/> to look at it and press keys on it.</summary>
    public static Task<BrowserTab> OpenAsync(string path, string workFolder) =>
        BrowserTab.OpenAsync(Start(workFolder, "--remote-debugging-port=0"), new Uri(path).AbsoluteUri, Patience);

    private static Process Start(string workFolder, params string[] arguments)
    {
        ProcessStartInfo start = new(
            Program!,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--no-first-run",
                $"--user-data-dir={Path.Combine(workFolder, "profile")}", .. arguments,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
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
