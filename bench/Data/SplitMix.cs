namespace Lamina.Bench.Data;

/// <summary>SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, 2014): random numbers that depend on their seed alone.</summary>
internal static class SplitMix
{
    /// <summary>The next number of the sequence that <paramref name="state"/> stands in.</summary>
    public static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9E37_79B9_7F4A_7C15;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below <paramref name="count"/>.</summary>
    public static int Next(ref ulong state, int count) => (int)Math.BigMul(Next(ref state), (ulong)count, out _);
}
