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
    DimensionId Dimension, string? Name, string File, long Length, UInt128 Digest, int LayerCount, bool Simulated);
