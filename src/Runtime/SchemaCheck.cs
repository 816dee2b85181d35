using System.Text;
using Lamina.Format.Reading;
using Lamina.Mapping;

namespace Lamina;

/// <summary>Compares what a program was compiled against with what a region has. Spec: FPR-2.</summary>
internal static class SchemaCheck
{
    /// <summary>Throws if <paramref name="region"/> contradicts <paramref name="schema"/>.</summary>
    /// <exception cref="MemoryException">It does; the message says in what.</exception>
    /// <exception cref="Format.LaminaFormatException">The region's descriptions are damaged.</exception>
    public static void Check(DimensionSchema schema, MmapRegion region)
    {
        Region format = region.Format;
        if (format.Fingerprint == schema.Digest)
            return;

        RegionDescriptions descriptions = format.Descriptions;
        string? name = descriptions.DimensionName.IsEmpty ? null : Encoding.UTF8.GetString(descriptions.DimensionName);
        if (name != schema.Name)
            Mismatch(schema, $"its name is {Quote(name)}, not {Quote(schema.Name)}");
        for (int i = 0; i < schema.LayerCount; i++)
        {
            LayerSchema layer = schema.LayerAt(i);
            int index = format.IndexOf(layer.Id.Number);
            if (index < 0)
                Mismatch(schema, $"it has no layer {layer.Id}{(layer.Name is null ? "" : " " + Quote(layer.Name))}");
            if (!descriptions.NameOf(index).SequenceEqual(schema.Utf8NameAt(i)))
            {
                ReadOnlySpan<byte> found = descriptions.NameOf(index);
                Mismatch(schema, $"its layer {layer.Id} is named {Quote(found.IsEmpty ? null : Encoding.UTF8.GetString(found))}, not {Quote(layer.Name)}");
            }
        }
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private static void Mismatch(DimensionSchema schema, string difference) => throw new MemoryException(
        MemoryError.SchemaMismatch,
        $"{schema.Id} is not the dimension that the program was compiled against: {difference}. Compile against the data set's source, or " +
        "convert the source that the program knows.",
        schema.Id);

    private static string Quote(string? name) => name is null ? "none" : $"'{name}'";
}
