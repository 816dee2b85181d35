namespace Lamina.Format.Schema;

/// <summary>The properties of <c>dimensions.json</c>.</summary>
internal enum InputProperty
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
