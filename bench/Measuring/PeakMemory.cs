using System.Diagnostics;
using System.Globalization;

namespace Lamina.Bench.Measuring;

/// <summary>The most memory that this process held at once.</summary>
internal static class PeakMemory
{
    /// <summary>Megabytes (10^6 bytes), pages of mapped files included.</summary>
    public static double Megabytes()
    {
        // The system's own high-water mark; Process.PeakWorkingSet64 is 0 in some of them.
        if (File.Exists("/proc/self/status"))
        {
            string line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return double.Parse(line[6..^2].Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
        }

        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }
}
