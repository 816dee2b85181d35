using Lamina.Format.Publishing;
using Lamina.Format.Reading;

namespace Lamina.Format.Verification;

/// <summary>Proves that a data set's files are whole: every bit of them is read and checked.</summary>
public static class DataSetVerifier
{
    /// <summary>Checks the data set folder, manifest or single region file at <paramref name="path"/>.</summary>
    /// <param name="path">A data set's folder, its <c>manifest.json</c>, or one region file.</param>
    /// <param name="progress">Told the bytes checked and the bytes in all, from time to time.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>What was checked and every fault found, one a file at most. A damaged file is an answer, not an exception.</returns>
    /// <exception cref="FileNotFoundException">There is nothing at <paramref name="path"/>.</exception>
    /// <exception cref="IOException">A file could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public static VerificationReport Verify(
        string path,
        IProgress<(long Done, long Total)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        bool isManifest = Path.GetFileName(path) == DataSetManifest.FileName;
        if (Directory.Exists(path) || (isManifest && File.Exists(path)))
            return VerifyDataSet(isManifest && File.Exists(path) ? FolderOf(path) : path, progress, cancellationToken);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no data set or region file at '{path}'.", path);

        long total = new FileInfo(path).Length;
        long done = 0;
        return new VerificationReport([VerifyRegion(path, null, Advance, cancellationToken)]);

        void Advance(long bytes) => progress?.Report((done += bytes, total));
    }

    private static VerificationReport VerifyDataSet(
        string folder, IProgress<(long Done, long Total)>? progress, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, DataSetManifest.FileName);
        long length = File.Exists(path) ? new FileInfo(path).Length : 0;
        DataSetManifest manifest;
        try
        {
            manifest = DataSetManifest.Load(folder);
        }
        catch (LaminaFormatException fault)
        {
            return new VerificationReport([new VerifiedFile(path, null, length, 0, 0, fault)]);
        }

        List<VerifiedFile> files = [new VerifiedFile(path, null, length, 0, 0, null)];
        long total = manifest.Dimensions.Sum(static entry => entry.Length);
        long done = 0;
        foreach (ManifestEntry entry in manifest.Dimensions)
            files.Add(VerifyRegion(Path.Combine(folder, entry.File), entry, Advance, cancellationToken));
        return new VerificationReport(files);

        void Advance(long bytes) => progress?.Report((done += bytes, total));
    }

    private static VerifiedFile VerifyRegion(
        string path, ManifestEntry? entry, Action<long> checkedBytes, CancellationToken cancellationToken)
    {
        DimensionId? dimension = entry?.Dimension;
        long length = 0;
        int blocks = 0;
        int layers = 0;
        LaminaFormatException? fault = null;
        try
        {
            using MappedFile file = new(path);
            length = file.View.Length;
            Region region = Region.Open(file.View, path);
            dimension = region.Dimension;
            if (entry is not null)
                CheckIs(region, entry);
            RegionVerifier.Verify(region, checkedBytes, cancellationToken);
            blocks = region.BlockCount;
            layers = region.LayerCount;
        }
        catch (FileNotFoundException) when (entry is not null)
        {
            fault = new LaminaFormatException(
                FormatFault.RegionMissing, "The manifest names this file, and it is not there. Copy or convert the data set again.", -1, path);
        }
        catch (LaminaFormatException damaged)
        {
            fault = damaged;
        }

        return new VerifiedFile(path, dimension, length, blocks, layers, fault);
    }

    private static void CheckIs(Region region, ManifestEntry entry)
    {
        region.CheckIs(entry);
        if (!region.Descriptions.DimensionName.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(entry.Name ?? string.Empty)))
        {
            new Fault(region.File).Throw(
                FormatFault.RegionMismatch, -1, "The file is whole and has another name than the manifest says. Convert the data set again.");
        }
    }

    private static string FolderOf(string manifest) =>
        Path.GetDirectoryName(manifest) is { Length: > 0 } folder ? folder : ".";
}
