using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Lamina.Format.Linux;

/// <summary>
/// Reads or maps a whole file by a handful of calls of the C library. The framework's own way takes a fresh process several milliseconds, most of
/// them to compile what makes its first file handle. Every "no" means only that the framework is to be asked, which alone says what is wrong.
/// </summary>
internal static unsafe partial class LinuxFile
{
    private const int ReadOnly = 0;
    private const int FromEnd = 2;
    private const int LockShared = 1;
    private const int LockAtOnce = 4;
    private const int CloseOnExecute = 0x8_0000;

    // Longer ones than systems take are left to the framework, and so is what would not fit on the stack.
    private const int LongestPath = 1024;
    private const int BytesPerCharacter = 3;

    /// <summary>Maps the file at <paramref name="path"/>, which is not empty, for reading.</summary>
    /// <returns>Whether it was mapped: <paramref name="length"/> bytes from <paramref name="start"/>, until <see cref="LinuxMemory.Unmap(byte*, long)"/>.</returns>
    public static bool TryMap(string path, out byte* start, out long length)
    {
        start = null;
        int descriptor = TryOpen(path, out length);
        if (descriptor < 0)
            return false;

        start = LinuxMemory.MapFile(descriptor, length);
        _ = Close(descriptor);
        return start is not null;
    }

    /// <summary>Reads the file at <paramref name="path"/>, of one to <paramref name="most"/> bytes; null if it has more, or could not be read.</summary>
    public static byte[]? TryRead(string path, int most)
    {
        int descriptor = TryOpen(path, out long length);
        if (descriptor < 0)
            return null;
        try
        {
            if (length > most)
                return null;
            byte[] bytes = new byte[length];

            // SAFETY: the array has as many bytes, and stays where it is meanwhile.
            fixed (byte* target = bytes)
                return ReadAt(descriptor, target, (nuint)length, 0) == length ? bytes : null;
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static void WriteName(string path, byte* name)
    {
        // SAFETY: there is room for as many bytes as the longest path can have, and a zero behind them.
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] >= 0x80)
            {
                WriteUtf8(path, name);
                return;
            }

            name[i] = (byte)path[i];
        }

        name[path.Length] = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WriteUtf8(string path, byte* name)
    {
        fixed (char* characters = path)
            name[Encoding.UTF8.GetBytes(characters, path.Length, name, LongestPath * BytesPerCharacter)] = 0;
    }

    /// <summary>Opens a file under the lock that the framework takes for reading; negative if it could not, or the file is empty.</summary>
    [SkipLocalsInit]
    private static int TryOpen(string path, out long length)
    {
        length = 0;

        if (!LinuxLibrary.IsThere)
            return -1;
        if (path.Length == 0 || path.Contains('\0') || (path = Path.GetFullPath(path)).Length > LongestPath)
            return -1;
        byte* name = stackalloc byte[(LongestPath * BytesPerCharacter) + 1];
        WriteName(path, name);
        try
        {
            // SAFETY: the name ends with a zero. Without a flag that makes files, open takes no third argument.
            int descriptor = Open(name, ReadOnly | CloseOnExecute);
            if (descriptor < 0)
                return -1;
            length = Seek(descriptor, 0, FromEnd);
            if (length > 0 && Lock(descriptor, LockShared | LockAtOnce) == 0)
                return descriptor;
            _ = Close(descriptor);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            LinuxLibrary.SetAbsent();
        }

        return -1;
    }

    [LibraryImport(LinuxLibrary.Name, EntryPoint = "open")]
    [DefaultDllImportSearchPaths(LinuxLibrary.NotBesideTheProgram)]
    private static partial int Open(byte* path, int flags);

    [LibraryImport(LinuxLibrary.Name, EntryPoint = "lseek")]
    [DefaultDllImportSearchPaths(LinuxLibrary.NotBesideTheProgram)]
    private static partial long Seek(int descriptor, long offset, int origin);

    [LibraryImport(LinuxLibrary.Name, EntryPoint = "flock")]
    [DefaultDllImportSearchPaths(LinuxLibrary.NotBesideTheProgram)]
    private static partial int Lock(int descriptor, int operation);

    [LibraryImport(LinuxLibrary.Name, EntryPoint = "pread")]
    [DefaultDllImportSearchPaths(LinuxLibrary.NotBesideTheProgram)]
    private static partial nint ReadAt(int descriptor, byte* target, nuint count, long offset);

    [LibraryImport(LinuxLibrary.Name, EntryPoint = "close")]
    [DefaultDllImportSearchPaths(LinuxLibrary.NotBesideTheProgram)]
    private static partial int Close(int descriptor);
}
