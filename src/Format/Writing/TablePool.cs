using System.Numerics;

namespace Lamina.Format.Writing;

/// <summary>Arrays of plain values that tables are made of and that are used again. Thread-safe.</summary>
/// <remarks>The framework's pool does as much, but over a structure of ours it cannot be compiled ahead: each of its fifteen methods would be
/// compiled for each of five types while the first dimension is read.</remarks>
internal static class TablePool<T>
    where T : unmanaged
{
    private const int ShortestLog2 = 4;
    private const int LongestLog2 = 30;
    private const int MostSpare = 8;

    private static readonly object Gate = new();

    // Held by nothing else: what is spare is forgotten when memory is collected.
    private static readonly WeakReference<Spare> Kept = new(new Spare());

    /// <summary>An array of at least <paramref name="length"/> items, which hold anything.</summary>
    public static T[] Rent(int length)
    {
        int log2 = Math.Max(BitOperations.Log2((uint)Math.Max(length - 1, 1)) + 1, ShortestLog2);
        if (log2 > LongestLog2)
            return new T[length];
        lock (Gate)
        {
            if (Kept.TryGetTarget(out Spare? spare) && spare.Counts[log2] > 0)
            {
                int last = --spare.Counts[log2];
                T[] array = spare.Arrays[(log2 * MostSpare) + last]!;
                spare.Arrays[(log2 * MostSpare) + last] = null;
                return array;
            }
        }

        return new T[1 << log2];
    }

    /// <summary>Takes back an array of <see cref="Rent"/>, which its user has to forget.</summary>
    public static void Return(T[] array)
    {
        if (!BitOperations.IsPow2(array.Length) || array.Length < 1 << ShortestLog2)
            return;
        int log2 = BitOperations.Log2((uint)array.Length);
        lock (Gate)
        {
            if (!Kept.TryGetTarget(out Spare? spare))
                Kept.SetTarget(spare = new Spare());
            if (spare.Counts[log2] < MostSpare)
                spare.Arrays[(log2 * MostSpare) + spare.Counts[log2]++] = array;
        }
    }

    private sealed class Spare
    {
        public T[]?[] Arrays { get; } = new T[]?[(LongestLog2 + 1) * MostSpare];

        public int[] Counts { get; } = new int[LongestLog2 + 1];
    }
}
