using System.Runtime.CompilerServices;

namespace Lamina.Bench.Peers;

/// <summary>The loop that every peer is measured with.</summary>
internal static class ProbeLoop
{
    public static ulong Run<TReader, TKey>(TReader reader, ReadOnlySpan<TKey> keys, Work work)
        where TReader : struct, IReader<TKey>, allows ref struct =>
        work switch
        {
            Work.Length => Run<TReader, TKey, LengthAndFirstByte>(reader, keys),
            Work.Chain => RunChain<TReader, TKey>(reader, keys),
            _ => Run<TReader, TKey, HashOfAllBytes>(reader, keys),
        };

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

    /// <summary>No read begins before the one before has answered: the sum never has its highest bit, which the processor cannot know.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong RunChain<TReader, TKey>(TReader reader, ReadOnlySpan<TKey> keys)
        where TReader : struct, IReader<TKey>, allows ref struct
    {
        ulong sum = 0;
        for (int i = 0; i < keys.Length; i++)
            sum += reader.Read<LengthAndFirstByte>(keys[i + (int)(sum >> 63)]);
        return sum;
    }
}
