using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Mapping;

namespace Lamina.Statistics;

/// <summary>
/// How often each layer of a region was read: a counter a layer in each of a few rows of native memory. A thread counts in one row, so that
/// threads that read the same layer do not wait for its cache line. Thread-safe, without locks; a count is never lost.
/// </summary>
/// <remarks>
/// A region that counts tells the fast path that it has no layers, which sends the reads through
/// <see cref="RegionHead.FindListed"/> to here; so where nobody counts, the fast path is the same code as if nobody could.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal unsafe struct AccessCounts
{
    private const uint MaxRows = 8;

    /// <summary>The layers if their numbers are consecutive; zero once the region is retired, and where they are listed.</summary>
    public uint DenseCount;

    private uint _rowMask;
    private uint _layers;

    /// <summary>Bytes for a region of so many layers.</summary>
    public static long SizeFor(int layers) => sizeof(AccessCounts) + ((long)layers * sizeof(ulong) * Rows);

    private static uint Rows { get; } = Math.Min(MaxRows, BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));

    /// <summary>Takes memory for the counts of a region; all are zero.</summary>
    public static AccessCounts* Allocate(int layers, bool dense)
    {
        // SAFETY: freed with the region, by its owner.
        AccessCounts* counts = (AccessCounts*)NativeMemory.AllocZeroed((nuint)SizeFor(layers));
        counts->_layers = (uint)layers;
        counts->DenseCount = dense ? (uint)layers : 0;
        counts->_rowMask = Rows - 1;
        return counts;
    }

    /// <summary>The index of a layer of a region that counts; <see cref="uint.MaxValue"/> if there is none.</summary>
    public static uint Find(RegionHead* head, uint number)
    {
        uint index = number - (uint)head->First;
        return index < Volatile.Read(ref head->Counts->DenseCount) ? index : RegionHead.Search(head, number);
    }

    /// <summary>Counts a read of the layer at <paramref name="index"/>.</summary>
    public static void Add(AccessCounts* counts, uint index)
    {
        uint row = (uint)Environment.CurrentManagedThreadId & counts->_rowMask;

        // SAFETY: the index is below the number of layers, the row below the number of rows.
        Interlocked.Increment(ref Row(counts, row)[index]);
    }

    /// <summary>How often the layer at <paramref name="index"/> was read.</summary>
    public static long Of(AccessCounts* counts, uint index)
    {
        ulong sum = 0;
        for (uint row = 0; row <= counts->_rowMask; row++)
            sum += Volatile.Read(ref Row(counts, row)[index]);
        return (long)sum;
    }

    /// <summary>How often all layers were read.</summary>
    public static long Sum(AccessCounts* counts)
    {
        ulong sum = 0;
        for (uint row = 0; row <= counts->_rowMask; row++)
        {
            // SAFETY: as many counters as there are layers.
            foreach (ref readonly ulong count in new ReadOnlySpan<ulong>(Row(counts, row), (int)counts->_layers))
                sum += Volatile.Read(in count);
        }

        return (long)sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong* Row(AccessCounts* counts, uint row) => (ulong*)(counts + 1) + ((nint)row * (nint)counts->_layers);
}
