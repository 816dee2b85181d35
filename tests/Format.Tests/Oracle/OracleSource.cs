using System.Globalization;
using System.Text;

namespace Lamina.Format.Tests.Oracle;

/// <summary>Reads a <c>dimensions.json</c> that keeps all rules, or its JSON Lines form; it does not look for mistakes.</summary>
internal static class OracleSource
{
    /// <summary>The regions of the source at <paramref name="path"/>, by dimension.</summary>
    /// <param name="path">The file; <c>.jsonl</c> is JSON Lines.</param>
    /// <param name="simulate">Whether layers without content get the text of CAN-9.</param>
    public static IReadOnlyList<OracleRegion> Read(string path, bool simulate = false)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        List<OracleJson> objects = [];
        if (path.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            objects.AddRange(Encoding.UTF8.GetString(bytes).Split('\n')
                .Where(static line => line.Trim().Length > 0)
                .Select(static line => OracleJson.Parse(Encoding.UTF8.GetBytes(line))));
        }
        else
        {
            OracleJson root = OracleJson.Parse(bytes);
            objects.AddRange(root["dimensions"]!.Items!);
            objects.AddRange(root["layers"]?.Items ?? []);
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return objects.Where(static o => o["id"] is not null).OrderBy(static o => Integer(o, "id")).Select(dimension =>
        {
            ulong id = Integer(dimension, "id")!.Value;
            List<OracleJson> layers = objects.Where(o => Integer(o, "dimension_id") == id)
                .OrderBy(static o => Integer(o, "layer_num")).ToList();
            OracleRegion region = new()
            {
                Dimension = (ushort)id,
                Name = dimension["name"]?.Value as string,
                SizeBytes = Integer(dimension, "size_bytes"),
                FrequencyMin = Double(dimension, "frequency_min"),
                FrequencyMax = Double(dimension, "frequency_max"),
                Layers = layers.Select(layer => Layer(layer, folder)).ToList(),
            };
            bool[] made = layers.Select(layer => simulate && Content(layer, folder) is null).ToArray();
            return region with
            {
                Layers = region.Layers.Select((layer, i) => made[i] ? Simulate(region, layer) : layer)
                .ToList()
            };
        }).ToList();
    }

    private static OracleLayer Layer(OracleJson layer, string folder) => new()
    {
        Number = (uint)Integer(layer, "layer_num")!.Value,
        Name = layer["name"]?.Value as string,
        Frequency = Double(layer, "frequency"),
        Parent = (uint?)Integer(layer, "parent_layer"),
        Keywords = (layer["keywords"]?.Items ?? []).Select(static keyword => (string)keyword.Value!)
            .Distinct(StringComparer.Ordinal).ToList(),
        Content = Content(layer, folder) ?? [],
    };

    private static byte[]? Content(OracleJson layer, string folder)
    {
        if (layer["content"]?.Value is string text)
            return Encoding.UTF8.GetBytes(text);
        if (layer["content_base64"]?.Value is string base64)
            return Convert.FromBase64String(base64);
        return layer["content_file"]?.Value is string file ? File.ReadAllBytes(Path.Combine(folder, file)) : null;
    }

    /// <summary>CAN-9.</summary>
    private static OracleLayer Simulate(OracleRegion region, OracleLayer layer)
    {
        int depth = 0;
        for (OracleLayer up = layer; up.Parent is not null; depth++)
            up = region.Layers.First(other => other.Number == up.Parent);
        string id = Invariant($"{region.Id}:L{layer.Number}");
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"[simulated] {layer.Name ?? id}\n");
        text.Append(CultureInfo.InvariantCulture, $"Layer {id}, depth {depth}");
        text.Append(layer.Parent is null ? ".\n" : Invariant($", parent {region.Id}:L{layer.Parent}.\n"));
        if (layer.Frequency is double f)
        {
            string band = f < 4 ? "delta" : f < 8 ? "theta" : f < 13 ? "alpha" : f < 30 ? "beta" : "gamma";
            text.Append(CultureInfo.InvariantCulture, $"Frequency {f:R} Hz, {band} band.\n");
        }

        if (layer.Keywords.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"Keywords: {string.Join(", ", layer.Keywords)}.\n");
        text.Append("Guidance: ").Append(depth switch
        {
            0 => "set the frame that the layers below fill in",
            1 => "build on the parent layer and name what is particular here",
            2 => "refine the parent layer with concrete detail",
            _ => "give the finest grain and leave the frame to the layers above",
        }).Append('.');
        return layer with { Content = Encoding.UTF8.GetBytes(text.ToString()), Simulated = true };
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static ulong? Integer(OracleJson o, string property) => (o[property]?.Value as OracleJsonNumber)?.Integer;

    private static double? Double(OracleJson o, string property) => (o[property]?.Value as OracleJsonNumber)?.Double;
}
