using System.Runtime.InteropServices;
using Lamina.Format.Linux;
using Lamina.Mapping;

namespace Lamina.Memory;

/// <summary>Page-aligned native memory that was charged to the budget before it was taken. Freed once.</summary>
/// <remarks>
/// Mapped on Linux. The C library's allocator maps only blocks that are larger than any it has freed before; of the others it keeps what lies
/// below a block that is in use, which may be several times the budget.
/// </remarks>
internal sealed unsafe class NativePages
{
    private readonly MemoryBudget _budget;
    private readonly bool _isMapped;
    private nint _start;

    private NativePages(MemoryBudget budget, void* start, long length, bool isMapped)
    {
        _budget = budget;
        _isMapped = isMapped;
        _start = (nint)start;
        Length = length;
    }

    /// <summary>The first byte.</summary>
    public byte* Start => (byte*)_start;

    /// <summary>Bytes charged and taken: whole pages.</summary>
    public long Length { get; }

    /// <summary><paramref name="bytes"/>, at least one, in whole pages; the largest number of them if there are too many.</summary>
    public static long RoundUp(long bytes)
    {
        long page = Environment.SystemPageSize;
        return bytes > long.MaxValue - page ? long.MaxValue - page + 1 : Math.Max(page, (bytes + page - 1) & -page);
    }

    /// <summary>Takes memory, or answers null if the budget does not have that much left. It may hold anything.</summary>
    /// <exception cref="OutOfMemoryException">The system has no more; nothing stays charged.</exception>
    public static NativePages? TryTake(MemoryBudget budget, long bytes, long alignment = 0)
    {
        long length = RoundUp(bytes);
        if (!budget.TryCharge(length))
            return null;

        try
        {
            // SAFETY: freed by Free alone, which its owners call when nobody can read the memory any more.
            void* start = Allocate(length, Math.Max(alignment, Environment.SystemPageSize), out bool isMapped);
            return new NativePages(budget, start, length, isMapped);
        }
        catch
        {
            budget.Release(length);
            throw;
        }
    }

    /// <summary>Asks the system for large pages, where it has them.</summary>
    public void PreferLargePages() => SystemHints.LargePages(Start, Length);

    /// <summary>Frees the memory and gives back the charge.</summary>
    /// <exception cref="InvalidOperationException">It is free already.</exception>
    public void Free()
    {
        nint start = Interlocked.Exchange(ref _start, 0);
        if (start == 0)
            throw new InvalidOperationException("The memory has been freed before.");
        Free((void*)start, Length, _isMapped);
        _budget.Release(Length);
    }

    private static void* Allocate(long length, long alignment, out bool isMapped)
    {
        void* start = LinuxMemory.TryMapMemory(length, alignment);
        isMapped = start is not null;
        return isMapped ? start : NativeMemory.AlignedAlloc((nuint)length, (nuint)alignment);
    }

    private static void Free(void* start, long length, bool isMapped)
    {
        if (isMapped)
            LinuxMemory.Unmap((byte*)start, length);
        else
            NativeMemory.AlignedFree(start);
    }
}
