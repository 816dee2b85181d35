using System.Globalization;
using System.Text;
using System.Text.Json;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Properties;

/// <summary>Writes a region as the <c>dimensions.json</c> that its author could have written.</summary>
internal static class SourceText
{
    /// <summary>Layers in any order, depths left out or not, contents as text or base64: all of it by chance.</summary>
    public static byte[] Of(OracleRegion region, Random random)
    {
        OracleLayer[] layers = [.. region.Layers];
        random.Shuffle(layers);
        string dimension = string.Create(CultureInfo.InvariantCulture, $"\"dimensions\": [{{\"id\": {region.Dimension}")
            + Property("name", Quote(region.Name))
            + Property("size_bytes", region.SizeBytes?.ToString(CultureInfo.InvariantCulture))
            + Property("frequency_min", Number(region.FrequencyMin))
            + Property("frequency_max", Number(region.FrequencyMax)) + "}]";
        string list = "\"layers\": [" + string.Join(",\n", layers.Select(layer => Layer(region, layer, random))) + "]";
        return Encoding.UTF8.GetBytes("{" + (random.Next(2) == 0 ? dimension + ",\n" + list : list + ",\n" + dimension) + "}");
    }

    private static string Layer(OracleRegion region, OracleLayer layer, Random random)
    {
        int depth = 0;
        for (OracleLayer up = layer; up.Parent is not null; depth++)
            up = region.Layers.First(other => other.Number == up.Parent);
        string[] properties =
        [
            string.Create(CultureInfo.InvariantCulture, $", \"dimension_id\": {region.Dimension}, \"layer_num\": {layer.Number}"),
            Property("name", Quote(layer.Name)),
            Property("parent_layer", layer.Parent?.ToString(CultureInfo.InvariantCulture)),
            Property("depth", random.Next(2) == 0 ? null : depth.ToString(CultureInfo.InvariantCulture)),
            Property("frequency", Number(layer.Frequency)),
            Property("keywords", "[" + string.Join(", ", layer.Keywords.Select(Quote)) + "]"),
            OracleBytes.InvalidUtf8(layer.Content) < 0 && random.Next(2) == 0
                ? Property("content", Quote(Encoding.UTF8.GetString(layer.Content)))
                : Property("content_base64", $"\"{Convert.ToBase64String(layer.Content)}\""),
        ];
        random.Shuffle(properties);
        return "{" + string.Concat(properties)[2..] + "}";
    }

    private static string Property(string name, string? value) => value is null ? "" : $", \"{name}\": {value}";

    private static string? Quote(string? text) => text is null ? null : JsonSerializer.Serialize(text);

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);
}
