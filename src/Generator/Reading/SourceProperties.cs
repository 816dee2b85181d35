namespace Lamina.Generator.Reading;

/// <summary>Which properties each object of a data set's source has.</summary>
internal static class SourceProperties
{
    public const string RootNames = "'dimensions', 'layers' and '$schema'";

    public const string DimensionNames = "'id', 'name', 'size_bytes', 'frequency_min' and 'frequency_max'";

    public const string LayerNames =
        "'dimension_id', 'layer_num', 'name', 'depth', 'parent_layer', 'keywords', 'frequency', 'mmap_offset', 'content', "
        + "'content_base64' and 'content_file'";

    /// <summary>The property called <paramref name="name"/>, of a dimension or of a layer.</summary>
    public static SourceProperty Find(string name) => name switch
    {
        "id" => SourceProperty.Id,
        "name" => SourceProperty.Name,
        "size_bytes" => SourceProperty.SizeBytes,
        "frequency_min" => SourceProperty.FrequencyMin,
        "frequency_max" => SourceProperty.FrequencyMax,
        "dimension_id" => SourceProperty.DimensionId,
        "layer_num" => SourceProperty.LayerNum,
        "depth" => SourceProperty.Depth,
        "parent_layer" => SourceProperty.ParentLayer,
        "keywords" => SourceProperty.Keywords,
        "frequency" => SourceProperty.Frequency,
        "mmap_offset" => SourceProperty.MmapOffset,
        "content" => SourceProperty.Content,
        "content_base64" => SourceProperty.ContentBase64,
        "content_file" => SourceProperty.ContentFile,
        _ => SourceProperty.Unknown,
    };

    /// <summary>The object that has <paramref name="property"/>, if it is not in both.</summary>
    public static RecordKind OwnerOf(SourceProperty property) => property switch
    {
        SourceProperty.Unknown or SourceProperty.Name => RecordKind.Unknown,
        <= SourceProperty.FrequencyMax => RecordKind.Dimension,
        _ => RecordKind.Layer,
    };

    /// <summary>What an error calls the object.</summary>
    public static string NameOf(RecordKind kind) => kind switch
    {
        RecordKind.Dimension => "dimension",
        RecordKind.Layer => "layer",
        _ => "line",
    };

    /// <summary>The properties that an object may have, for an error.</summary>
    public static string KnownTo(RecordKind kind) => kind switch
    {
        RecordKind.Dimension => DimensionNames,
        RecordKind.Layer => LayerNames,
        _ => DimensionNames + " for a dimension, " + LayerNames + " for a layer",
    };
}
