namespace Lamina.Format.Inspection;

/// <summary>The facts of a region file that its header and tables tell. Immutable.</summary>
public sealed record RegionSummary
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The format's version, such as <c>1.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>The file's digest, 32 hexadecimal digits. Spec: CHK-5.</summary>
    public required string Digest { get; init; }

    /// <summary>The schema's fingerprint, 32 hexadecimal digits. Spec: FPR-1.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The dimension.</summary>
    public required DimensionId Dimension { get; init; }

    /// <summary>The dimension's name, if it has one.</summary>
    public string? Name { get; init; }

    /// <summary>The size in bytes that the author reserved, if declared.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The lower end of the author's frequency range in hertz, if declared.</summary>
    public double? FrequencyMin { get; init; }

    /// <summary>The upper end of the author's frequency range in hertz, if declared.</summary>
    public double? FrequencyMax { get; init; }

    /// <summary>Bytes that a block of several layers decodes to at most.</summary>
    public required int BlockSize { get; init; }

    /// <summary>Bytes that each content is aligned to.</summary>
    public required int ContentAlignment { get; init; }

    /// <summary>Layers.</summary>
    public required int Layers { get; init; }

    /// <summary>The smallest layer number; null without layers.</summary>
    public uint? FirstNumber { get; init; }

    /// <summary>The largest layer number; null without layers.</summary>
    public uint? LastNumber { get; init; }

    /// <summary>Whether the layer numbers are consecutive.</summary>
    public required bool IsDense { get; init; }

    /// <summary>Layers with a name.</summary>
    public required int NamedLayers { get; init; }

    /// <summary>Layers whose content was made up by simulation.</summary>
    public required int SimulatedLayers { get; init; }

    /// <summary>Layers whose content is empty.</summary>
    public required int EmptyLayers { get; init; }

    /// <summary>The depth of the deepest layer; 0 without layers.</summary>
    public required int MaxDepth { get; init; }

    /// <summary>Different keywords.</summary>
    public required int Keywords { get; init; }

    /// <summary>Keywords of all layers, repetitions counted.</summary>
    public required int KeywordUses { get; init; }

    /// <summary>Bytes of all contents.</summary>
    public required long ContentBytes { get; init; }

    /// <summary>Bytes of all blocks as they are stored, without padding.</summary>
    public required long StoredBytes { get; init; }

    /// <summary>Blocks by codec; codecs without a block are left out.</summary>
    public required IReadOnlyList<BlockSummary> Blocks { get; init; }

    /// <summary>The sections, in the order of the file.</summary>
    public required IReadOnlyList<SectionSummary> Sections { get; init; }

    /// <summary>The layers with the longest contents, the longest first; <see cref="RegionInspector.ListedLayers"/> at most.</summary>
    public required IReadOnlyList<LayerSize> LargestLayers { get; init; }

    /// <summary>The layers with the shortest contents, the shortest first; <see cref="RegionInspector.ListedLayers"/> at most.</summary>
    public required IReadOnlyList<LayerSize> SmallestLayers { get; init; }

    /// <summary>Content bytes for each stored byte; 1 without content.</summary>
    public double Ratio => StoredBytes == 0 ? 1 : (double)ContentBytes / StoredBytes;
}
