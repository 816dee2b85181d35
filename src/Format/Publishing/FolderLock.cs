using Lamina.Format.Writing;
using Microsoft.Win32.SafeHandles;

namespace Lamina.Format.Publishing;

/// <summary>The right to publish to a folder: <c>.lamina-lock</c>, opened for itself alone. Spec: PUB-4.</summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = ".lamina-lock";

    private const int MostAttempts = 16;
    private const int MostMark = 1 << 20;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int BsdWouldBlock = 35;

    private readonly SafeFileHandle _handle;

    private FolderLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Takes the lock of <paramref name="folder"/>.</summary>
    /// <exception cref="IOException">Somebody else holds it, or the file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static FolderLock Take(string folder)
    {
        string path = Path.Combine(folder, FileName);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            SafeFileHandle handle = Open(path, folder);
            bool isTaken = false;
            try
            {
                isTaken = StandsAt(handle, path);
                if (isTaken)
                    return new FolderLock(handle);
            }
            finally
            {
                if (!isTaken)
                    handle.Dispose();
            }
        }

        throw Busy(folder);
    }

    /// <summary>Lets go of the lock; its file is deleted first.</summary>
    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle Open(string path, string folder)
    {
        try
        {
            return File.OpenHandle(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        }
        catch (IOException taken) when (taken.HResult is WindowsSharingViolation or LinuxWouldBlock or BsdWouldBlock)
        {
            throw Busy(folder);
        }
    }

    /// <summary>
    /// Whether the file behind <paramref name="handle"/> still is the one at <paramref name="path"/>. On Unix the holder before
    /// may have deleted it between our opening and our locking it, and then the lock would bind nobody. A length of our own
    /// tells the two apart.
    /// </summary>
    private static bool StandsAt(SafeFileHandle handle, string path)
    {
        if (OperatingSystem.IsWindows())
            return true;
        long mark = Random.Shared.Next(1, MostMark);
        OutputBytes.SetLength(handle, mark);
        FileInfo standing = new(path);
        return standing.Exists && standing.Length == mark;
    }

    private static IOException Busy(string folder) => new(
        $"Another conversion to '{folder}' is running: it holds '{FileName}' there. "
        + "Wait until it ends, or convert to another folder.");
}
