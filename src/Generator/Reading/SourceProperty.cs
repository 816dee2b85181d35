namespace Lamina.Generator.Reading;

/// <summary>The properties of a data set's source.</summary>
internal enum SourceProperty
{
    Unknown,
    Schema,
    Dimensions,
    Layers,
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
