using System.Runtime.InteropServices;

namespace Lamina.Mapping;

/// <summary>Tells the operating system how memory will be used, where it listens. Never fails: a hint not taken is no error.</summary>
internal static unsafe partial class SystemHints
{
    private const int RandomAdvice = 1;
    private const int SequentialAdvice = 2;
    private const int WillNeedAdvice = 3;
    private const int LinuxHugePageAdvice = 14;

    /// <summary>The mapped bytes from <paramref name="start"/>, a page's start, will be read soon.</summary>
    /// <returns>Whether the system has taken the hint.</returns>
    public static bool WillNeed(byte* start, long length)
    {
        if (OperatingSystem.IsWindows())
            return PrefetchOnWindows(start, length);
        return (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && Advise(start, length, WillNeedAdvice);
    }

    /// <summary>The mapped bytes from <paramref name="start"/>, a page's start, will be read in a pattern.</summary>
    /// <returns>Whether the system has taken the hint.</returns>
    public static bool Expect(byte* start, long length, AccessPattern pattern) =>
        pattern != AccessPattern.Normal
        && (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        && Advise(start, length, pattern == AccessPattern.Random ? RandomAdvice : SequentialAdvice);

    /// <summary>The private memory from <paramref name="start"/>, a page's start, would gain from large pages.</summary>
    public static void LargePages(byte* start, long length)
    {
        if (OperatingSystem.IsLinux())
            Advise(start, length, LinuxHugePageAdvice);
    }

    private static bool Advise(byte* start, long length, int advice)
    {
        try
        {
            // SAFETY: none of these changes what memory holds.
            return MemoryAdvise(start, (nuint)length, advice) == 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without it.
            return false;
        }
    }

    private static bool PrefetchOnWindows(byte* start, long length)
    {
        try
        {
            // SAFETY: reads the range and changes nothing; the range is mapped for as long as the caller protects it.
            MemoryRange range = new() { Start = start, Length = (nuint)length };
            return PrefetchVirtualMemory(CurrentProcess, 1, &range, 0) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    // The pseudo handle that GetCurrentProcess answers.
    private const nint CurrentProcess = -1;

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* start, nuint length, int advice);

    [LibraryImport("kernel32")]
    private static partial int PrefetchVirtualMemory(nint process, nuint count, MemoryRange* ranges, uint flags);

    private struct MemoryRange
    {
        public byte* Start;
        public nuint Length;
    }
}
