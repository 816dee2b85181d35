namespace Lamina.Format.Schema;

/// <summary>What the properties are called and what they take. The converter and the source generator compile this file.</summary>
internal static class InputPropertyNames
{
    private static readonly string[] Names =
    [
        "", "$schema", "dimensions", "layers", "id", "name", "size_bytes", "frequency_min", "frequency_max", "dimension_id",
        "layer_num", "depth", "parent_layer", "keywords", "frequency", "mmap_offset", "content", "content_base64", "content_file",
    ];

    /// <summary>How many values <see cref="InputProperty"/> has.</summary>
    public static int Count => Names.Length;

    /// <summary>The property's name.</summary>
    public static string NameOf(InputProperty property) => Names[(int)property];

    /// <summary>What the property takes, in words.</summary>
    public static string TakenBy(InputProperty property) => property switch
    {
        InputProperty.Dimensions => "an array of objects, each a dimension",
        InputProperty.Layers => "an array of objects, each a layer",
        InputProperty.Id or InputProperty.DimensionId => "a whole number from 1 to 65535",
        InputProperty.LayerNum or InputProperty.ParentLayer => "a whole number from 0 to 4294967295",
        InputProperty.Depth => "a whole number from 0 to 65535",
        InputProperty.SizeBytes => "a whole number from 0 to 281474976710656",
        InputProperty.FrequencyMin or InputProperty.FrequencyMax or InputProperty.Frequency => "a number of hertz, 0 or more",
        InputProperty.MmapOffset => "a number",
        InputProperty.Keywords => "an array of strings",
        _ => "a string",
    };
}
