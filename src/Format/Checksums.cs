using Lamina.Format.Hashing;

namespace Lamina.Format;

/// <summary>The hashes of the format. Spec: chapter "Checksums".</summary>
internal static class Checksums
{
    /// <summary>XXH3-64 of a part of a file. Spec: CHK-1 to CHK-4.</summary>
    public static ulong Part(ReadOnlySpan<byte> bytes) => Xxh3.Hash64(bytes);

    /// <summary>XXH128 of a region's header and section table. Spec: CHK-5.</summary>
    public static Digest128 Digest(ReadOnlySpan<byte> headerAndSectionTable) => Xxh3.Hash128(headerAndSectionTable);
}
