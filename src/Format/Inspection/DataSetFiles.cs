using Lamina.Format.Publishing;

namespace Lamina.Format.Inspection;

/// <summary>The region files at a path, for tools that look at a data set once. Immutable, safe to share between threads.</summary>
/// <remarks>
/// No region file is opened until <see cref="RegionFile.Open"/>. Programs that read contents all day use the runtime's
/// manager instead, which keeps files open, shares decoded blocks and bounds memory.
/// </remarks>
public sealed class DataSetFiles
{
    private DataSetFiles(string path, DataSetManifest? manifest, IReadOnlyList<RegionFile> regions)
    {
        Path = path;
        Manifest = manifest;
        Regions = regions;
    }

    /// <summary>The data set's folder, or the region file.</summary>
    public string Path { get; }

    /// <summary>The data set's manifest; null for a single region file.</summary>
    public DataSetManifest? Manifest { get; }

    /// <summary>The region files, by dimension.</summary>
    public IReadOnlyList<RegionFile> Regions { get; }

    /// <summary>Finds what is at <paramref name="path"/>.</summary>
    /// <param name="path">A data set's folder, its <c>manifest.json</c>, or one region file.</param>
    /// <exception cref="FileNotFoundException">There is nothing at <paramref name="path"/>.</exception>
    /// <exception cref="LaminaFormatException">The folder has no manifest, or the manifest is damaged or of another version.</exception>
    /// <exception cref="IOException">The manifest could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The manifest may not be read.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static DataSetFiles Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            return ReadManifest(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no data set or region file at '{path}'.", path);
        if (System.IO.Path.GetFileName(path) == DataSetManifest.FileName)
            return ReadManifest(System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".");
        return new DataSetFiles(path, null, [new RegionFile(path, null)]);
    }

    private static DataSetFiles ReadManifest(string folder)
    {
        DataSetManifest manifest = DataSetManifest.Load(folder);
        RegionFile[] regions = new RegionFile[manifest.Dimensions.Count];
        for (int i = 0; i < regions.Length; i++)
            regions[i] = new RegionFile(System.IO.Path.Combine(folder, manifest.Dimensions[i].File), manifest.Dimensions[i]);
        return new DataSetFiles(folder, manifest, regions);
    }
}
