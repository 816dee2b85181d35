using System.IO.Hashing;

namespace Lamina.Bench.Peers;

/// <summary>Reads every byte: XXH3-64.</summary>
internal readonly struct HashOfAllBytes : IWork
{
    public static ulong Take(ReadOnlySpan<byte> content) => XxHash3.HashToUInt64(content);
}
