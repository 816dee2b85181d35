namespace Lamina.Format.Publishing;

/// <summary>What a manifest says of one region file. Spec: MAN-4 to MAN-6.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="Name">The dimension's name, if it has one.</param>
/// <param name="File">The region file's name, without a folder: <c>D01-</c>, 32 hexadecimal digits of the digest, <c>.lamina</c>.</param>
/// <param name="Length">Bytes of the region file.</param>
/// <param name="Digest">The region file's digest: XXH128 of its header and section table. Spec: CHK-5.</param>
/// <param name="LayerCount">Layers of the dimension.</param>
/// <param name="Simulated">Whether any layer's content was made up by simulation.</param>
public sealed record ManifestEntry(
    DimensionId Dimension, string? Name, string File, long Length, UInt128 Digest, int LayerCount, bool Simulated)
{
    internal const string FileExtension = ".lamina";

    private const int DigestTextLength = 32;

    /// <summary>The name of the region file of <paramref name="dimension"/> with <paramref name="digest"/>. Spec: MAN-5.</summary>
    internal static string FileNameOf(DimensionId dimension, UInt128 digest) =>
        $"{dimension}-{Checksums.ToText(digest)}{FileExtension}";

    /// <summary>Whether <paramref name="fileName"/> is exactly as <see cref="FileNameOf"/> makes names; the digest it tells.</summary>
    internal static bool TryParseFileName(ReadOnlySpan<char> fileName, out DimensionId dimension, out UInt128 digest)
    {
        digest = default;
        int dash = fileName.IndexOf('-');
        return DimensionId.TryParse(fileName[..Math.Max(dash, 0)], null, out dimension)
            && fileName.Length == dash + 1 + DigestTextLength + FileExtension.Length
            && UInt128.TryParse(
                fileName.Slice(dash + 1, DigestTextLength),
                System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture,
                out digest)
            && fileName.SequenceEqual(FileNameOf(dimension, digest));
    }
}
