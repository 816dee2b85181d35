namespace Lamina.Generator.Reading;

/// <summary>The names of the properties, and which object has which; what the converter says of them too.</summary>
internal static class SourceProperties
{
    private static readonly string[] Names =
    [
        "", "$schema", "dimensions", "layers", "id", "name", "size_bytes", "frequency_min", "frequency_max", "dimension_id",
        "layer_num", "depth", "parent_layer", "keywords", "frequency", "mmap_offset", "content", "content_base64", "content_file",
    ];

    private static readonly Dictionary<string, SourceProperty> ByName = MapNames();

    /// <summary>How many values <see cref="SourceProperty"/> has.</summary>
    public static int Count => Names.Length;

    /// <summary>The property called <paramref name="name"/>.</summary>
    public static SourceProperty Find(string name) =>
        ByName.TryGetValue(name, out SourceProperty property) ? property : SourceProperty.Unknown;

    /// <summary>The property's name.</summary>
    public static string NameOf(SourceProperty property) => Names[(int)property];

    /// <summary>What the property takes, in words.</summary>
    public static string TakenBy(SourceProperty property) => property switch
    {
        SourceProperty.Dimensions => "an array of objects, each a dimension",
        SourceProperty.Layers => "an array of objects, each a layer",
        SourceProperty.Id or SourceProperty.DimensionId => "a whole number from 1 to 65535",
        SourceProperty.LayerNum or SourceProperty.ParentLayer => "a whole number from 0 to 4294967295",
        SourceProperty.Depth => "a whole number from 0 to 65535",
        SourceProperty.SizeBytes => "a whole number from 0 to 281474976710656",
        SourceProperty.FrequencyMin or SourceProperty.FrequencyMax or SourceProperty.Frequency => "a number of hertz, 0 or more",
        SourceProperty.MmapOffset => "a number",
        SourceProperty.Keywords => "an array of strings",
        _ => "a string",
    };

    /// <summary>Whether an object of <paramref name="kind"/> has <paramref name="property"/>.</summary>
    public static bool Has(RecordKind kind, SourceProperty property) => kind switch
    {
        RecordKind.Dimension => property is >= SourceProperty.Id and <= SourceProperty.FrequencyMax,
        RecordKind.Layer => property is SourceProperty.Name or >= SourceProperty.DimensionId,
        RecordKind.Line => property is SourceProperty.Schema or >= SourceProperty.Id,
        _ => property is SourceProperty.Schema or SourceProperty.Dimensions or SourceProperty.Layers,
    };

    /// <summary>What a message calls an object of <paramref name="kind"/>.</summary>
    public static string ArticleAndName(RecordKind kind) => kind switch
    {
        RecordKind.Dimension => "a dimension",
        RecordKind.Layer => "a layer",
        RecordKind.Line => "a dimension or a layer",
        _ => "the top level",
    };

    /// <summary>The properties that an object of <paramref name="kind"/> has, as a sentence lists them.</summary>
    public static string ListOf(RecordKind kind)
    {
        List<string> names = new();
        for (SourceProperty property = SourceProperty.Schema; property <= SourceProperty.ContentFile; property++)
        {
            if (Has(kind, property))
                names.Add("'" + NameOf(property) + "'");
        }

        return string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];
    }

    private static Dictionary<string, SourceProperty> MapNames()
    {
        Dictionary<string, SourceProperty> map = new(StringComparer.Ordinal);
        for (SourceProperty property = SourceProperty.Schema; property <= SourceProperty.ContentFile; property++)
            map.Add(Names[(int)property], property);
        return map;
    }
}
