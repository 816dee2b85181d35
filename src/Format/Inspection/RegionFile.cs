using Lamina.Format.Publishing;

namespace Lamina.Format.Inspection;

/// <summary>A region file that has not been opened.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Entry">What the manifest says of it; null for a file that was named by itself.</param>
public sealed record RegionFile(string Path, ManifestEntry? Entry)
{
    /// <summary>Opens the file, checks its header and tables, and that it is the one that the manifest names.</summary>
    /// <returns>The region; the caller disposes it.</returns>
    /// <exception cref="LaminaFormatException">The file is damaged, of another version, not the one that the manifest names,
    /// or named by the manifest and not there.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public RegionReader Open()
    {
        try
        {
            return new RegionReader(Path, Entry);
        }
        catch (FileNotFoundException) when (Entry is not null)
        {
            throw new LaminaFormatException(
                FormatFault.RegionMissing, "The manifest names this file, and it is not there. Copy or convert the data set again.", -1, Path);
        }
    }
}
