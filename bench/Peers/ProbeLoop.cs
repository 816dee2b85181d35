using System.Runtime.CompilerServices;

namespace Lamina.Bench.Peers;

/// <summary>The loop that every peer is measured with.</summary>
internal static class ProbeLoop
{
    public static ulong Run<TReader, TKey>(TReader reader, ReadOnlySpan<TKey> keys, Work work)
        where TReader : struct, IReader<TKey>, allows ref struct =>
        work == Work.Length
            ? Run<TReader, TKey, LengthAndFirstByte>(reader, keys)
            : Run<TReader, TKey, HashOfAllBytes>(reader, keys);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Run<TReader, TKey, TWork>(TReader reader, ReadOnlySpan<TKey> keys)
        where TReader : struct, IReader<TKey>, allows ref struct
        where TWork : struct, IWork
    {
        ulong sum = 0;
        foreach (TKey key in keys)
            sum += reader.Read<TWork>(key);
        return sum;
    }
}
