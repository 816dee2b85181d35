using System.Runtime.InteropServices;

namespace Lamina.Format.Publishing;

/// <summary>Makes renames in a folder survive a loss of power. Unix alone needs that; Windows journals them.</summary>
internal static partial class DirectoryFlush
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <summary>Waits until the entries of <paramref name="folder"/> are on the disk, where the system offers to.</summary>
    /// <exception cref="IOException">The folder could not be flushed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            throw Failed(folder);
        try
        {
            // Some file systems cannot flush folders and say EINVAL; there is nothing else to be done on those.
            if (Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
                throw Failed(folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder) => new(
        $"The folder '{folder}' could not be flushed to the disk: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
