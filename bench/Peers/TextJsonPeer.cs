using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lamina.Bench.Peers;

/// <summary>
/// What most programs do: the whole source deserialized by System.Text.Json into objects, their texts turned into UTF-8 and put
/// into a dictionary.
/// </summary>
internal sealed partial class TextJsonPeer : IPeer
{
    public string Name => "System.Text.Json";

    public string? StoreName => null;

    public void Build(string json, string store) => throw new InvalidOperationException("There is nothing to build.");

    public IStore Open(string path)
    {
        using FileStream file = File.OpenRead(path);
        Source source = JsonSerializer.Deserialize(file, SourceContext.Default.Source)
            ?? throw new InvalidDataException("The source is null.");
        Dictionary<ulong, byte[]> contents = new(source.Layers.Length);
        foreach (Layer layer in source.Layers)
        {
            LayerId id = new(layer.DimensionId, layer.LayerNum);
            contents.Add(PackedKey.Of(id), System.Text.Encoding.UTF8.GetBytes(layer.Content));
        }

        return new DictionaryStore(contents);
    }

    internal sealed record Source(Layer[] Layers);

    internal sealed record Layer(
        [property: JsonPropertyName("dimension_id")] ushort DimensionId,
        [property: JsonPropertyName("layer_num")] uint LayerNum,
        string[]? Keywords,
        double? Frequency,
        string Content);

    [JsonSourceGenerationOptions(PropertyNameCaseInsensitive = false, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Source))]
    private sealed partial class SourceContext : JsonSerializerContext;
}
