using System.Globalization;
using System.Runtime.InteropServices;

namespace Lamina.Bench.Data;

/// <summary>Whose the anonymous memory of this process is, as far as its owners tell: the rest is mapped, or of stacks and compiled code.</summary>
/// <param name="CollectorBytes">What the collector has of the system.</param>
/// <param name="LibraryBytes">What the C library's allocator has of the system.</param>
/// <param name="LibraryUsedBytes">What of that is in use.</param>
internal readonly partial record struct HeapFigures(long CollectorBytes, long LibraryBytes, long LibraryUsedBytes)
{
    /// <summary>Takes all figures; zero what is not known.</summary>
    public static HeapFigures Take()
    {
        long collector = GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;
        if (!OperatingSystem.IsLinux())
            return new HeapFigures(collector, 0, 0);
        try
        {
            AllocatorFigures library = ReadAllocator();
            return new HeapFigures(collector, (long)(library.Heaps + library.Mapped), (long)(library.Used + library.Mapped));
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library, or one before 2.33 of GNU's.
            return new HeapFigures(collector, 0, 0);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"collector {CollectorBytes / 1048576.0:F1} MiB, C library {LibraryBytes / 1048576.0:F1} MiB, of which {LibraryUsedBytes / 1048576.0:F1} in use");

    // SAFETY: takes nothing, and answers a structure of ten numbers.
    [LibraryImport("libc.so.6", EntryPoint = "mallinfo2")]
    private static partial AllocatorFigures ReadAllocator();

    [StructLayout(LayoutKind.Sequential)]
    private struct AllocatorFigures
    {
        public nuint Heaps;
        public nuint FreeChunks;
        public nuint FastChunks;
        public nuint MappedChunks;
        public nuint Mapped;
        public nuint Unused;
        public nuint FastFree;
        public nuint Used;
        public nuint Free;
        public nuint Top;
    }
}
