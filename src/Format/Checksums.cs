using System.IO.Hashing;
using System.Runtime.CompilerServices;
using Lamina.Format.Hashing;

namespace Lamina.Format;

/// <summary>The hashes of the format. Spec: chapter "Checksums".</summary>
internal static class Checksums
{
    // What the library's own code hashes faster than System.IO.Hashing is loaded and compiled, which takes some milliseconds. A
    // program that hashes more than this has use for its vectors.
    private const long FewBytes = 4 << 20;

    // Not exact where threads meet: it only tells few from many.
    private static long s_hashed;

    /// <summary>XXH3-64 of a part of a file. Spec: CHK-1 to CHK-4.</summary>
    public static ulong Part(ReadOnlySpan<byte> bytes)
    {
        if (s_hashed > FewBytes)
            return PartByVectors(bytes);
        s_hashed += bytes.Length;
        return Xxh3.Hash64(bytes);
    }

    /// <summary>XXH128 of a region's header and section table. Spec: CHK-5.</summary>
    public static Digest128 Digest(ReadOnlySpan<byte> headerAndSectionTable) => Xxh3.Hash128(headerAndSectionTable);

    // Apart, so that nothing of it is loaded before it is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong PartByVectors(ReadOnlySpan<byte> bytes) => XxHash3.HashToUInt64(bytes);
}
