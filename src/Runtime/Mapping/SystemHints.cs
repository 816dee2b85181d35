using System.Runtime.InteropServices;

namespace Lamina.Mapping;

/// <summary>Tells the operating system how memory will be used, where it listens. Never fails: a hint not taken is no error.</summary>
internal static unsafe partial class SystemHints
{
    private const int WillNeedAdvice = 3;
    private const int LinuxHugePageAdvice = 14;

    /// <summary>The mapped bytes from <paramref name="start"/>, a page's start, will be read soon.</summary>
    public static void WillNeed(byte* start, long length)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            Advise(start, length, WillNeedAdvice);
    }

    /// <summary>The private memory from <paramref name="start"/>, a page's start, would gain from large pages.</summary>
    public static void LargePages(byte* start, long length)
    {
        if (OperatingSystem.IsLinux())
            Advise(start, length, LinuxHugePageAdvice);
    }

    private static void Advise(byte* start, long length, int advice)
    {
        try
        {
            // SAFETY: neither advice changes what memory holds.
            _ = MemoryAdvise(start, (nuint)length, advice);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without it.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvise(void* start, nuint length, int advice);
}
