using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lamina.Format.Linux;

/// <summary>Asks the system to begin with what a later flush waits for. Linux alone can be asked; it is no more than a hint.</summary>
internal static partial class WriteBack
{
    private const uint BeginWriting = 2;

    /// <summary>Has the system begin to write what the file has in memory, without waiting for any of it.</summary>
    public static void Begin(SafeFileHandle file)
    {
        if (!LinuxLibrary.IsThere)
            return;
        try
        {
            // Whatever it answers, the flush that follows says what is wrong.
            _ = SyncFileRange(file, 0, 0, BeginWriting);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            LinuxLibrary.SetAbsent();
        }
    }

    [LibraryImport(LinuxLibrary.Name, EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(LinuxLibrary.NotBesideTheProgram)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long count, uint flags);
}
