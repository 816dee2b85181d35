using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Lamina.Format.Conversion;
using Lamina.Format.Export;
using Lamina.Format.Tests.Inspection;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Export;

public sealed class DataSetExporterTests : IDisposable
{
    private readonly RegionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 100)]
    public void Export_AnyRegion_ReadsBackAsWhatTheAuthorWrote(OracleCase @case)
    {
        byte[] text = Export(@case.Region, @case.Options, InputSyntax.Json);

        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement dimension = Assert.Single(document.RootElement.GetProperty("dimensions").EnumerateArray());
        OracleRegion read = ReadBack(dimension, document.RootElement.GetProperty("layers").EnumerateArray());
        Assert.Equal(WithoutSimulated(@case.Region).ToText(), read.ToText());
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 50)]
    public void Export_AsJsonLines_HasAnObjectALineAndSaysTheSame(OracleCase @case)
    {
        string text = Encoding.UTF8.GetString(Export(@case.Region, @case.Options, InputSyntax.JsonLines));

        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        JsonElement[] lines = [.. text.TrimEnd('\n').Split('\n').Select(static line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(WithoutSimulated(@case.Region).ToText(), ReadBack(lines[0], lines[1..]).ToText());
    }

    [Fact]
    public void Export_SmallRegion_IsThisText()
    {
        OracleRegion region = new()
        {
            Dimension = 1,
            Name = "Emotion",
            FrequencyMin = 0.5,
            FrequencyMax = 1e300,
            SizeBytes = 20971520,
            Layers =
            [
                new OracleLayer { Number = 0, Content = "say \"é😀\"\\\n\u0001"u8.ToArray() },
                new OracleLayer { Number = 3, Name = "Joy", Parent = 0, Keywords = ["joy", "elation"], Frequency = 2, Content = [0xFF, 0, 1] },
                new OracleLayer { Number = 4, Simulated = true, Content = "made up"u8.ToArray() },
            ],
        };

        string text = Encoding.UTF8.GetString(Export(region, null, InputSyntax.Json));

        Assert.Equal(
            """
            {
              "dimensions": [
                {"id": 1, "name": "Emotion", "frequency_min": 0.5, "frequency_max": 1E+300, "size_bytes": 20971520}
              ],
              "layers": [
                {"dimension_id": 1, "layer_num": 0, "depth": 0, "content": "say \"é😀\"\\\n\u0001"},
                {"dimension_id": 1, "layer_num": 3, "name": "Joy", "depth": 1, "parent_layer": 0, "keywords": ["joy", "elation"], "frequency": 2, "content_base64": "/wAB"},
                {"dimension_id": 1, "layer_num": 4, "depth": 0}
              ]
            }

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Export_WithoutLayers_HasAnEmptyList()
    {
        string text = Encoding.UTF8.GetString(Export(new OracleRegion { Dimension = 7 }, null, InputSyntax.Json));

        Assert.Equal("{\n  \"dimensions\": [\n    {\"id\": 7}\n  ],\n  \"layers\": []\n}\n", text);
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(300_001)]
    public void Export_ContentsAroundTheBuffersSize_AreWhole(int length)
    {
        byte[] plain = Encoding.ASCII.GetBytes(new string('x', length));
        byte[] escaped = Encoding.ASCII.GetBytes(new string('"', length));
        byte[] binary = new byte[length];
        new Random(length).NextBytes(binary);
        binary[0] = 0xFF;
        OracleRegion region = new()
        {
            Dimension = 1,
            Layers =
            [
                new OracleLayer { Number = 0, Content = plain },
                new OracleLayer { Number = 1, Content = escaped },
                new OracleLayer { Number = 2, Content = binary },
            ],
        };

        using JsonDocument document = JsonDocument.Parse(Export(region, null, InputSyntax.Json));

        JsonElement layers = document.RootElement.GetProperty("layers");
        Assert.Equal(plain, Encoding.UTF8.GetBytes(layers[0].GetProperty("content").GetString()!));
        Assert.Equal(escaped, Encoding.UTF8.GetBytes(layers[1].GetProperty("content").GetString()!));
        Assert.Equal(binary, layers[2].GetProperty("content_base64").GetBytesFromBase64());
    }

    [Fact]
    public void Export_Counts_SayWhatWasWritten()
    {
        OracleRegion region = new()
        {
            Dimension = 1,
            Layers =
            [
                new OracleLayer { Number = 0, Content = [0x80] },
                new OracleLayer { Number = 1, Simulated = true },
                new OracleLayer { Number = 2, Content = "text"u8.ToArray() },
            ],
        };
        using MemoryStream output = new();
        List<(long Done, long Total)> told = [];

        ExportResult result = DataSetExporter.Export(_folder.Write(region), output, progress: new Told(told));

        Assert.Equal(new ExportResult(1, 3, 1, 1, output.Length), result);
        Assert.Equal((5L, 5L), told[^1]);
    }

    [Fact]
    public void Export_Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        string path = _folder.Write(new OracleRegion { Dimension = 1 });

        Assert.Throws<OperationCanceledException>(() => DataSetExporter.Export(path, Stream.Null, cancellationToken: source.Token));
    }

    private byte[] Export(OracleRegion region, OracleOptions? options, InputSyntax syntax)
    {
        using MemoryStream output = new();
        DataSetExporter.Export(_folder.Write(region, options), output, syntax);
        return output.ToArray();
    }

    private static OracleRegion WithoutSimulated(OracleRegion region) => region with
    {
        Layers = [.. region.Layers.Select(static layer => layer.Simulated ? layer with { Content = [] } : layer)],
    };

    private static OracleRegion ReadBack(JsonElement dimension, IEnumerable<JsonElement> layers) => new()
    {
        Dimension = dimension.GetProperty("id").GetUInt16(),
        Name = Text(dimension, "name"),
        SizeBytes = dimension.TryGetProperty("size_bytes", out JsonElement size) ? size.GetUInt64() : null,
        FrequencyMin = Number(dimension, "frequency_min"),
        FrequencyMax = Number(dimension, "frequency_max"),
        Layers = [.. layers.Select(static layer => new OracleLayer
        {
            Number = layer.GetProperty("layer_num").GetUInt32(),
            Name = Text(layer, "name"),
            Frequency = Number(layer, "frequency"),
            Parent = layer.TryGetProperty("parent_layer", out JsonElement parent) ? parent.GetUInt32() : null,
            Keywords = layer.TryGetProperty("keywords", out JsonElement keywords) ? [.. keywords.EnumerateArray().Select(static word => word.GetString()!)] : [],
            Content = ContentOf(layer),
            Simulated = !layer.TryGetProperty("content", out _) && !layer.TryGetProperty("content_base64", out _),
        })],
    };

    private static byte[] ContentOf(JsonElement layer) =>
        layer.TryGetProperty("content_base64", out JsonElement bytes) ? bytes.GetBytesFromBase64()
        : layer.TryGetProperty("content", out JsonElement text) ? Encoding.UTF8.GetBytes(text.GetString()!)
        : [];

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) ? value.GetString() : null;

    private static double? Number(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement value) ? value.GetDouble() : null;

    private sealed class Told(List<(long Done, long Total)> told) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => told.Add(value);
    }
}
