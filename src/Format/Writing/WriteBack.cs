using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lamina.Format.Writing;

/// <summary>Asks the system to begin with what a later flush waits for. Linux alone can be asked; it is no more than a hint.</summary>
internal static partial class WriteBack
{
    private const uint BeginWriting = 2;

    // By its full name, under which it is in every process already; "libc" is looked for in eleven places.
    private const string Library = "libc.so.6";

    private static bool s_isAbsent;

    /// <summary>Has the system begin to write what the file has in memory, without waiting for any of it.</summary>
    public static void Begin(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux() || s_isAbsent)
            return;
        try
        {
            // Whatever it answers, the flush that follows says what is wrong.
            _ = SyncFileRange(file, 0, 0, BeginWriting);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library by another name.
            s_isAbsent = true;
        }
    }

    [LibraryImport(Library, EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long count, uint flags);
}
