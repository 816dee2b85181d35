using Lamina.Format.Writing;
using Microsoft.Win32.SafeHandles;

namespace Lamina.Format.Publishing;

/// <summary>
/// Replaces the data set in a folder as a whole. From its making until it is disposed it holds the folder's lock, and
/// whatever happens in between, a reader finds the old data set or the new one. Spec: chapter "Manifest", publishing.
/// </summary>
internal sealed class DataSetPublisher : IDisposable
{
    private const string TemporaryPrefix = ".lamina-";

    private readonly string _folder;
    private readonly List<string> _foldersMade;
    private readonly Action<PublishStep>? _onStep;
    private readonly FolderLock _lock;

    /// <summary>Makes the folder if it is not there, locks it, and removes what earlier conversions left over.</summary>
    /// <exception cref="IOException">Another conversion to the folder is running, or the folder cannot be made or read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public DataSetPublisher(string folder, Action<PublishStep>? onStep)
    {
        _folder = Path.GetFullPath(folder);
        _onStep = onStep;
        _foldersMade = MissingFolders(_folder);
        try
        {
            Directory.CreateDirectory(_folder);
            _lock = FolderLock.Take(_folder);
        }
        catch
        {
            RemoveFoldersMade();
            throw;
        }

        try
        {
            RemoveTemporaries();
            Done(PublishStep.Locked);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The path of the temporary file with <paramref name="label"/>.</summary>
    public string TemporaryPath(string label) => Path.Combine(_folder, $"{TemporaryPrefix}{label}.tmp");

    /// <summary>Has the system begin to write a region that <see cref="Stage"/> will probably get, unless it stands there already.
    /// Thread-safe.</summary>
    /// <exception cref="IOException">What stands there could not be read.</exception>
    public void BeginFlush(FinishedRegion region)
    {
        if (!StandsAlready(region))
            region.File.BeginFlush();
    }

    /// <summary>
    /// Gets a region, under a temporary name so far, ready for <see cref="Publish"/>: on the disk, or gone if the same region
    /// was published before, whose file then stays. Thread-safe.
    /// </summary>
    /// <exception cref="IOException">The file could not be flushed.</exception>
    public void Stage(FinishedRegion region)
    {
        // PUB-1: the same name is the same content, unless something has damaged the file.
        if (StandsAlready(region))
        {
            region.File.Dispose();
            File.Delete(region.Path);
            return;
        }

        region.File.FlushToDisk();
    }

    /// <summary>Makes <paramref name="regions"/>, all of them staged, the data set of the folder.</summary>
    /// <param name="regions">The regions, ascending by dimension.</param>
    /// <param name="keepPrevious">Whether the region files of the data set that was there before stay. Spec: PUB-3.</param>
    /// <param name="cancellationToken">Stops the work, until the manifest is put in its place.</param>
    /// <exception cref="IOException">A file could not be renamed or written; the old data set is as it was.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled; the old data set is as it was.</exception>
    public DataSetManifest Publish(
        IReadOnlyList<FinishedRegion> regions, bool keepPrevious, CancellationToken cancellationToken)
    {
        DataSetManifest manifest = new([.. regions.Select(static region => region.Entry)]);
        HashSet<string>? keep = NamesOf(manifest);
        List<string> named = [];
        try
        {
            Done(PublishStep.RegionsStaged);
            foreach (FinishedRegion region in regions.Where(static region => File.Exists(region.Path)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                string path = Path.Combine(_folder, region.Entry.File);
                if (!File.Exists(path))
                    named.Add(path);
                File.Move(region.Path, path, overwrite: true);
            }

            DirectoryFlush.Flush(_folder);
            Done(PublishStep.RegionsNamed);
            string written = WriteManifest(manifest);
            Done(PublishStep.ManifestWritten);
            cancellationToken.ThrowIfCancellationRequested();

            if (keepPrevious)
                keep = NamesOfReplaced() is { } replaced ? [.. keep, .. replaced] : null;
            File.Move(written, Path.Combine(_folder, DataSetManifest.FileName), overwrite: true);
        }
        catch
        {
            foreach (string path in named)
                File.Delete(path);
            throw;
        }

        // From here on the new data set is the published one.
        _foldersMade.Clear();
        FlushPublished();
        if (keep is not null)
            RemoveOldRegions(keep);
        return manifest;
    }

    /// <summary>Removes temporary files, lets go of the lock, and removes the folder if it was made here and is empty.</summary>
    public void Dispose()
    {
        try
        {
            RemoveTemporaries();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next conversion removes them; what this one has to say is more important.
        }

        _lock.Dispose();
        RemoveFoldersMade();
    }

    /// <summary>Makes the new manifest survive a loss of power. Nothing old has been removed so far.</summary>
    private void FlushPublished()
    {
        try
        {
            DirectoryFlush.Flush(_folder);
        }
        catch (IOException failure)
        {
            throw new IOException(
                $"The data set is published, but a loss of power may bring the old one back. {failure.Message}", failure);
        }
    }

    private static HashSet<string> NamesOf(DataSetManifest manifest) =>
        [.. manifest.Dimensions.Select(static entry => entry.File)];

    /// <summary>The names in the manifest that is there now: none if there is none, null if it cannot be read.</summary>
    private HashSet<string>? NamesOfReplaced()
    {
        try
        {
            return NamesOf(DataSetManifest.Load(_folder));
        }
        catch (LaminaFormatException fault)
        {
            return fault.Fault == FormatFault.ManifestMissing ? [] : null;
        }
    }

    private bool StandsAlready(FinishedRegion region)
    {
        string path = Path.Combine(_folder, region.Entry.File);
        if (!File.Exists(path))
            return false;

        byte[] start = new byte[region.Start.Length];
        using SafeFileHandle handle = File.OpenHandle(path);
        return RandomAccess.GetLength(handle) == region.Entry.Length
            && RandomAccess.Read(handle, start, 0) == start.Length
            && region.Start.Span.SequenceEqual(start);
    }

    private string WriteManifest(DataSetManifest manifest)
    {
        string path = TemporaryPath("manifest");
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        OutputBytes.Write(handle, manifest.ToUtf8(), 0);
        RandomAccess.FlushToDisk(handle);
        return path;
    }

    /// <summary>Spec: PUB-3. A file that is still in use where that forbids deleting stays for the next conversion.</summary>
    private void RemoveOldRegions(HashSet<string> keep)
    {
        foreach (string path in Directory.EnumerateFiles(_folder, "D*" + ManifestEntry.FileExtension))
        {
            string name = Path.GetFileName(path);
            if (keep.Contains(name) || !ManifestEntry.TryParseFileName(name, out _, out _))
                continue;
            try
            {
                File.Delete(path);
            }
            catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
    }

    private void RemoveTemporaries()
    {
        foreach (string path in Directory.EnumerateFiles(_folder, TemporaryPrefix + "*"))
        {
            if (Path.GetFileName(path) != FolderLock.FileName)
                File.Delete(path);
        }
    }

    /// <summary>The folders from <paramref name="folder"/> upwards that are not there.</summary>
    private static List<string> MissingFolders(string folder)
    {
        List<string> missing = [];
        for (string? path = folder; path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
            missing.Add(path);
        return missing;
    }

    private void RemoveFoldersMade()
    {
        foreach (string folder in _foldersMade)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                // Somebody else has put something there, or has removed it.
                return;
            }
        }
    }

    private void Done(PublishStep step) => _onStep?.Invoke(step);
}
