using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Lamina.Bench.Measuring;

/// <summary>Where the figures come from.</summary>
/// <param name="Processor">The processor's name, as the system tells it.</param>
/// <param name="Processors">How many the process may use.</param>
/// <param name="MemoryGigabytes">Of the machine.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Vector">The widest vectors in use.</param>
/// <param name="Packages">The peers' versions.</param>
internal sealed record Machine(
    string Processor, int Processors, double MemoryGigabytes, string System, string Runtime, string Vector, string[] Packages)
{
    private static readonly string[] Assemblies =
        ["K4os.Compression.LZ4", "Apache.Arrow", "LightningDB", "MemoryPack.Core", "Microsoft.Data.Sqlite", "RocksDbSharp"];

    public static Machine Current() => new(
        ProcessorName(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        OperatingSystemName(),
        RuntimeInformation.FrameworkDescription,
        Vectors(),
        [.. Assemblies.Select(VersionOf)]);

    private static string Vectors() =>
        global::System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? "512 bits"
        : global::System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? "256 bits"
        : "128 bits";

    private static string ProcessorName() => ValueOf("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string OperatingSystemName() =>
        ValueOf("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription;

    private static string? ValueOf(string file, string key, char separator)
    {
        if (!File.Exists(file))
            return null;
        string? line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line?[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string VersionOf(string assembly)
    {
        Assembly loaded = Assembly.Load(assembly);
        string version = loaded.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? loaded.GetName().Version!.ToString();
        int build = version.IndexOf('+', StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{assembly} {(build < 0 ? version : version[..build])}");
    }
}
