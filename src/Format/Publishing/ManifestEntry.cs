namespace Lamina.Format.Publishing;

/// <summary>What a manifest says of one region file. Spec: MAN-4 to MAN-6.</summary>
public sealed record ManifestEntry
{
    internal const string FileExtension = ".lamina";

    /// <summary>Describes a region file. Nothing is checked.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="name">The dimension's name, if it has one.</param>
    /// <param name="file">The region file's name, without a folder.</param>
    /// <param name="length">Bytes of the region file.</param>
    /// <param name="digest">The region file's digest.</param>
    /// <param name="layerCount">Layers of the dimension.</param>
    /// <param name="simulated">Whether any layer's content was made up by simulation.</param>
    public ManifestEntry(
        DimensionId dimension, string? name, string file, long length, UInt128 digest, int layerCount, bool simulated)
        : this(dimension, name, file, length, Digest128.From(digest), layerCount, simulated)
    {
    }

    internal ManifestEntry(
        DimensionId dimension, string? name, string file, long length, Digest128 digest, int layerCount, bool simulated)
    {
        Dimension = dimension;
        Name = name;
        File = file;
        Length = length;
        Digest128 = digest;
        LayerCount = layerCount;
        Simulated = simulated;
    }

    /// <summary>The dimension.</summary>
    public DimensionId Dimension { get; init; }

    /// <summary>The dimension's name, if it has one.</summary>
    public string? Name { get; init; }

    /// <summary>The region file's name, without a folder: <c>D01-</c>, 32 hexadecimal digits of the digest, <c>.lamina</c>.</summary>
    public string File { get; init; }

    /// <summary>Bytes of the region file.</summary>
    public long Length { get; init; }

    /// <summary>The region file's digest: XXH128 of its header and section table. Spec: CHK-5.</summary>
    public UInt128 Digest
    {
        get => Digest128.ToUInt128();
        init => Digest128 = Digest128.From(value);
    }

    /// <summary>Layers of the dimension.</summary>
    public int LayerCount { get; init; }

    /// <summary>Whether any layer's content was made up by simulation.</summary>
    public bool Simulated { get; init; }

    /// <inheritdoc cref="Digest"/>
    internal Digest128 Digest128 { get; private init; }

    /// <summary>The name of the region file of <paramref name="dimension"/> with <paramref name="digest"/>. Spec: MAN-5.</summary>
    internal static string FileNameOf(DimensionId dimension, Digest128 digest) => $"{dimension}-{digest}{FileExtension}";

    /// <summary>Whether <paramref name="fileName"/> is exactly as <see cref="FileNameOf"/> makes names; the digest it tells.</summary>
    internal static bool TryParseFileName(ReadOnlySpan<char> fileName, out DimensionId dimension, out Digest128 digest)
    {
        digest = default;
        int dash = fileName.IndexOf('-');
        return DimensionId.TryParse(fileName[..Math.Max(dash, 0)], null, out dimension)
            && fileName.Length == dash + 1 + Digest128.TextLength + FileExtension.Length
            && Digest128.TryParse(fileName.Slice(dash + 1, Digest128.TextLength), out digest)
            && fileName.SequenceEqual(FileNameOf(dimension, digest));
    }
}
