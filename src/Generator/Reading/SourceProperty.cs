namespace Lamina.Generator.Reading;

/// <summary>The properties of dimensions and layers.</summary>
internal enum SourceProperty
{
    Unknown,
    Id,
    Name,
    SizeBytes,
    FrequencyMin,
    FrequencyMax,
    DimensionId,
    LayerNum,
    Depth,
    ParentLayer,
    Keywords,
    Frequency,
    MmapOffset,
    Content,
    ContentBase64,
    ContentFile,
}
