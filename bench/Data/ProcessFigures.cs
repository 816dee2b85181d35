using System.Globalization;

namespace Lamina.Bench.Data;

/// <summary>What the system says of this process. On Linux alone; elsewhere nothing is known.</summary>
/// <param name="AnonymousBytes">Resident memory that is no file's: <c>RssAnon</c>.</param>
/// <param name="Descriptors">Open file descriptors.</param>
/// <param name="Maps">Mappings, of whatever kind.</param>
/// <param name="RegionMaps">Mappings of region files.</param>
internal readonly record struct ProcessFigures(long AnonymousBytes, int Descriptors, int Maps, int RegionMaps)
{
    /// <summary>Whether this system tells.</summary>
    public static bool AreKnown => OperatingSystem.IsLinux();

    /// <summary>Takes all figures.</summary>
    public static ProcessFigures Take()
    {
        if (!AreKnown)
            return default;
        string[] maps = File.ReadAllLines("/proc/self/maps");
        return new ProcessFigures(
            AnonymousMemory(),
            Directory.GetFileSystemEntries("/proc/self/fd").Length,
            maps.Length,
            maps.Count(static line => line.Contains(".lamina", StringComparison.Ordinal)));
    }

    /// <summary>Resident memory that is no file's, in bytes; zero where it is not known.</summary>
    public static long AnonymousMemory()
    {
        if (!AreKnown)
            return 0;
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("RssAnon:", StringComparison.Ordinal))
                return long.Parse(line.AsSpan(8).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) << 10;
        }

        return 0;
    }

    /// <inheritdoc/>
    public override string ToString() => AreKnown
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{AnonymousBytes / 1048576.0:F1} MiB anonymous, {Descriptors} descriptors, {Maps} maps ({RegionMaps} of region files)")
        : "not known on this system";
}
