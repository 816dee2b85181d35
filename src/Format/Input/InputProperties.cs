using System.Text;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>Which object has which properties, and which property a name is.</summary>
internal static class InputProperties
{
    /// <summary>What the text as a whole has.</summary>
    public static readonly InputPropertySet OfText = new(InputProperty.Dimensions, InputProperty.Layers, InputProperty.Schema);

    /// <summary>What a dimension has.</summary>
    public static readonly InputPropertySet OfDimension = new(
        InputProperty.Id, InputProperty.Name, InputProperty.SizeBytes, InputProperty.FrequencyMin, InputProperty.FrequencyMax);

    /// <summary>What a layer has.</summary>
    public static readonly InputPropertySet OfLayer = new(
        InputProperty.DimensionId, InputProperty.LayerNum, InputProperty.Name, InputProperty.Depth, InputProperty.ParentLayer,
        InputProperty.Keywords, InputProperty.Frequency, InputProperty.MmapOffset, InputProperty.Content,
        InputProperty.ContentBase64, InputProperty.ContentFile);

    /// <summary>What a line has while it is not known whether it is a dimension, a layer, or the schema's address alone.</summary>
    public static readonly InputPropertySet OfLine = OfDimension.With(OfLayer).With(InputProperty.Schema);

    /// <summary>A name that may be long, for a message.</summary>
    public static string Shorten(ReadOnlySpan<byte> name)
    {
        const int Longest = 64;
        if (name.Length <= Longest)
            return Encoding.UTF8.GetString(name);
        int length = Longest;
        while (length > 0 && (name[length] & 0xC0) == 0x80)
            length--;
        return Encoding.UTF8.GetString(name[..length]) + "…";
    }

    /// <summary>The property named <paramref name="name"/>.</summary>
    public static InputProperty Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => InputProperty.Id,
        4 when name.SequenceEqual("name"u8) => InputProperty.Name,
        5 when name.SequenceEqual("depth"u8) => InputProperty.Depth,
        6 when name.SequenceEqual("layers"u8) => InputProperty.Layers,
        7 when name.SequenceEqual("content"u8) => InputProperty.Content,
        7 when name.SequenceEqual("$schema"u8) => InputProperty.Schema,
        8 when name.SequenceEqual("keywords"u8) => InputProperty.Keywords,
        9 when name.SequenceEqual("layer_num"u8) => InputProperty.LayerNum,
        9 when name.SequenceEqual("frequency"u8) => InputProperty.Frequency,
        10 when name.SequenceEqual("size_bytes"u8) => InputProperty.SizeBytes,
        10 when name.SequenceEqual("dimensions"u8) => InputProperty.Dimensions,
        11 when name.SequenceEqual("mmap_offset"u8) => InputProperty.MmapOffset,
        12 when name.SequenceEqual("dimension_id"u8) => InputProperty.DimensionId,
        12 when name.SequenceEqual("parent_layer"u8) => InputProperty.ParentLayer,
        12 when name.SequenceEqual("content_file"u8) => InputProperty.ContentFile,
        13 when name.SequenceEqual("frequency_min"u8) => InputProperty.FrequencyMin,
        13 when name.SequenceEqual("frequency_max"u8) => InputProperty.FrequencyMax,
        14 when name.SequenceEqual("content_base64"u8) => InputProperty.ContentBase64,
        _ => InputProperty.Unknown,
    };
}
