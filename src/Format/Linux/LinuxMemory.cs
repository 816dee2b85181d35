using System.Runtime.InteropServices;

namespace Lamina.Format.Linux;

/// <summary>Maps files and memory by the C library's own functions. 64-bit Linux alone; whoever calls looks at <see cref="LinuxLibrary.IsThere"/>.</summary>
internal static unsafe partial class LinuxMemory
{
    private const int ProtectionRead = 1;
    private const int ProtectionWrite = 2;
    private const int MapShared = 1;
    private const int MapPrivate = 2;
    private const int MapAnonymous = 0x20;
    private const nint Failed = -1;

    /// <summary>Maps an open file for reading, at a place that the system chooses. It stays when the file is closed.</summary>
    /// <returns>Null if the system refused.</returns>
    /// <exception cref="DllNotFoundException">The C library has another name.</exception>
    public static byte* MapFile(int descriptor, long length)
    {
        // SAFETY: a new mapping.
        nint start = (nint)Map(null, (nuint)length, ProtectionRead, MapShared, descriptor, 0);
        return start == Failed ? null : (byte*)start;
    }

    /// <summary>Maps new memory, all zero. What is unmapped goes back to the system, which memory that is freed may not.</summary>
    /// <param name="length">Bytes, whole pages.</param>
    /// <param name="alignment">What the address is a multiple of: a power of two, a page or more.</param>
    /// <returns>Null if the system has none, or is another.</returns>
    public static byte* TryMapMemory(long length, long alignment)
    {
        if (!LinuxLibrary.IsThere)
            return null;
        try
        {
            // So much longer that the place is somewhere inside; what is before and behind it is given back.
            long spare = alignment - Environment.SystemPageSize;

            // SAFETY: a new mapping, of which nobody knows yet.
            nint mapped = (nint)Map(null, (nuint)(length + spare), ProtectionRead | ProtectionWrite, MapPrivate | MapAnonymous, -1, 0);
            if (mapped == Failed)
                return null;
            nint start = (nint)((mapped + alignment - 1) & -alignment);
            long before = start - mapped;
            if (before > 0)
                Unmap((byte*)mapped, before);
            if (spare > before)
                Unmap((byte*)start + length, spare - before);
            return (byte*)start;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            LinuxLibrary.SetAbsent();
            return null;
        }
    }

    /// <summary>Takes back a mapping. Once, and nothing may read it any more.</summary>
    // SAFETY: the caller hands in what it was given.
    public static void Unmap(byte* start, long length) => _ = Unmap((void*)start, (nuint)length);

    [LibraryImport(LinuxLibrary.Name, EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(LinuxLibrary.NotBesideTheProgram)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport(LinuxLibrary.Name, EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(LinuxLibrary.NotBesideTheProgram)]
    private static partial int Unmap(void* address, nuint length);
}
