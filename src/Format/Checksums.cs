using System.IO.Hashing;

namespace Lamina.Format;

/// <summary>The hashes of the format. Spec: chapter "Checksums".</summary>
internal static class Checksums
{
    /// <summary>XXH3-64 of a part of a file. Spec: CHK-1 to CHK-4.</summary>
    public static ulong Part(ReadOnlySpan<byte> bytes) => XxHash3.HashToUInt64(bytes);

    /// <summary>XXH128 of a region's header and section table. Spec: CHK-5.</summary>
    public static UInt128 Digest(ReadOnlySpan<byte> headerAndSectionTable) => XxHash128.HashToUInt128(headerAndSectionTable);

    /// <summary>A digest's text form: 32 hexadecimal digits in lower case, the most significant first. Spec: CHK-5.</summary>
    public static string ToText(UInt128 digest) => digest.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
