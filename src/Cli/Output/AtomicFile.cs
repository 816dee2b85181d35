namespace Lamina.Cli.Output;

/// <summary>Writes a file that is there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/>; a file that is there is replaced when the new one is complete.</summary>
    /// <param name="path">The file. A device or pipe is written to as it is.</param>
    /// <param name="write">Writes the bytes; if it throws, the file is as it was before.</param>
    /// <exception cref="WrongCallException">The path is a folder, or its folder is not there.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static T Write<T>(string path, Func<Stream, T> write)
    {
        if (IsDevice(Path.GetFullPath(path)))
        {
            using FileStream device = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            return write(device);
        }

        string target = Resolve(path);
        string temporary = Path.Combine(
            Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            T result;
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                result = write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
            return result;
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    /// <summary>Where a path leads, once it is known to be one that a file can be written to.</summary>
    private static string Resolve(string path)
    {
        if (Directory.Exists(path))
            throw new WrongCallException($"'{path}' is a folder. Name the file to write.");
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            throw new WrongCallException($"There is no folder '{folder}' to write to. Make it first.");

        // A link stays, and what it leads to is replaced.
        return new FileInfo(target).LinkTarget is null ? target : File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
    }

    /// <summary>Whether a path is /dev/null, /dev/stdout, the /dev/fd/63 of a shell's <c>&gt;(…)</c>, or their like.</summary>
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows() && File.Exists(path)
        && (Path.GetDirectoryName(path) is "/dev" or "/dev/fd" || path.StartsWith("/proc/", StringComparison.Ordinal));

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The reason why the file was not written is told; it counts for more than its rest.
        }
    }
}
