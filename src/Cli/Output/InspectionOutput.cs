using System.Globalization;
using System.Text.Json;
using Lamina.Format.Inspection;
using Spectre.Console;

namespace Lamina.Cli.Output;

/// <summary>What is in a data set or region file.</summary>
internal static class InspectionOutput
{
    public static void WriteDataSet(CliHost host, string path, IReadOnlyList<RegionSummary> regions)
    {
        Table table = Tables.Create("Dimension", "Name", ">Layers", ">Keywords", ">Content", ">File", ">Ratio", "Blocks");
        foreach (RegionSummary region in regions)
        {
            string blocks = string.Join(", ", region.Blocks.Select(static blocks => $"{SizeText.Count(blocks.Count)} {blocks.Codec}"));
            Tables.AddRow(
                table,
                region.Dimension.ToString(),
                region.Name,
                SizeText.Count(region.Layers),
                SizeText.Count(region.Keywords),
                SizeText.Size(region.ContentBytes),
                SizeText.Size(region.FileBytes),
                Ratio(region.Ratio),
                region.SimulatedLayers > 0 ? $"{blocks} ({SizeText.Count(region.SimulatedLayers)} layers simulated)" : blocks);
        }

        Tables.Write(host, table);
        long content = regions.Sum(static region => region.ContentBytes);
        long stored = regions.Sum(static region => region.StoredBytes);
        host.Out.WriteLine(
            $"{Printable.Of(path)}: {Plural.Of(regions.Count, "dimension")}, {Plural.Of(regions.Sum(static region => (long)region.Layers), "layer")}, "
            + $"{SizeText.Size(content)} of content in {SizeText.Size(regions.Sum(static region => region.FileBytes))} "
            + $"({Ratio(stored == 0 ? 1 : (double)content / stored)}).");
    }

    public static void WriteRegion(CliHost host, RegionSummary region)
    {
        Table facts = Tables.Create("Region", string.Empty);
        foreach ((string name, string? value) in Facts(region))
        {
            if (value is not null)
                Tables.AddRow(facts, name, value);
        }

        Tables.Write(host, facts);
        host.Out.WriteLine();

        Table sections = Tables.Create("Section", ">Offset", ">Bytes", ">Size");
        foreach (SectionSummary section in region.Sections)
        {
            Tables.AddRow(
                sections,
                section.Name == "unknown" ? $"unknown ({section.Kind.ToString(CultureInfo.InvariantCulture)})" : section.Name,
                section.Offset.ToString(CultureInfo.InvariantCulture),
                section.Length.ToString(CultureInfo.InvariantCulture),
                SizeText.Size(section.Length));
        }

        Tables.Write(host, sections);
        host.Out.WriteLine();

        Table blocks = Tables.Create("Blocks", ">Count", ">Stored", ">Decoded", ">Ratio");
        foreach (BlockSummary codec in region.Blocks)
        {
            Tables.AddRow(
                blocks,
                codec.Codec,
                SizeText.Count(codec.Count),
                SizeText.Size(codec.StoredBytes),
                SizeText.Size(codec.DecodedBytes),
                Ratio((double)codec.DecodedBytes / codec.StoredBytes));
        }

        Tables.Write(host, blocks);
        WriteLayers(host, "Largest layers", region.LargestLayers);
        WriteLayers(host, "Smallest layers", region.SmallestLayers);
    }

    public static void WriteJson(CliHost host, string path, IReadOnlyList<RegionSummary> regions) => Report.Write(host, writer =>
    {
        writer.WriteString("path", path);
        writer.WriteNumber("layers", regions.Sum(static region => (long)region.Layers));
        writer.WriteNumber("content_bytes", regions.Sum(static region => region.ContentBytes));
        writer.WriteNumber("stored_bytes", regions.Sum(static region => region.StoredBytes));
        writer.WriteNumber("file_bytes", regions.Sum(static region => region.FileBytes));
        writer.WriteNumber("simulated_layers", regions.Sum(static region => (long)region.SimulatedLayers));
        writer.WriteStartArray("regions");
        foreach (RegionSummary region in regions)
        {
            writer.WriteStartObject();
            WriteRegionJson(writer, region);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static IEnumerable<(string Name, string? Value)> Facts(RegionSummary region)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        yield return ("file", region.Path);
        yield return ("dimension", region.Name is null ? region.Dimension.ToString() : $"{region.Dimension} {region.Name}");
        yield return ("format", region.Version);
        yield return ("size", $"{SizeText.Size(region.FileBytes)} ({region.FileBytes.ToString(invariant)} bytes)");
        yield return ("content", $"{SizeText.Size(region.ContentBytes)} ({Ratio(region.Ratio)})");
        yield return ("reserved", region.SizeBytes is { } size ? SizeText.Size(size) : null);
        yield return ("frequency", Range(region.FrequencyMin, region.FrequencyMax));
        yield return ("layers", Layers(region));
        yield return ("simulated", region.SimulatedLayers > 0 ? Plural.Of(region.SimulatedLayers, "layer") : null);
        yield return ("keywords", $"{SizeText.Count(region.Keywords)} different, {Plural.Of(region.KeywordUses, "use")}");
        yield return ("block size", SizeText.Size(region.BlockSize));
        yield return ("alignment", SizeText.Size(region.ContentAlignment));
        yield return ("digest", region.Digest);
        yield return ("fingerprint", region.Fingerprint);
    }

    private static string Layers(RegionSummary region)
    {
        string layers = SizeText.Count(region.Layers);
        if (region.Layers == 0)
            return layers;
        string numbers = string.Create(
            CultureInfo.InvariantCulture, $"L{region.FirstNumber} to L{region.LastNumber}{(region.IsDense ? string.Empty : " with gaps")}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{layers} ({numbers}), {SizeText.Count(region.NamedLayers)} named, {SizeText.Count(region.EmptyLayers)} empty, depth up to {region.MaxDepth}");
    }

    private static string? Range(double? min, double? max) => (min, max) switch
    {
        (null, null) => null,
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"from {low} Hz"),
        (null, { } high) => string.Create(CultureInfo.InvariantCulture, $"up to {high} Hz"),
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"{low} to {high} Hz"),
    };

    private static string Ratio(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:F2}:1");

    private static void WriteLayers(CliHost host, string title, IReadOnlyList<LayerSize> layers)
    {
        if (layers.Count == 0)
            return;
        host.Out.WriteLine();
        Table table = Tables.Create(title, ">Bytes", "Name");
        foreach (LayerSize layer in layers)
            Tables.AddRow(table, layer.Id.ToString(), SizeText.Count(layer.Length), layer.Name);
        Tables.Write(host, table);
    }

    private static void WriteRegionJson(Utf8JsonWriter writer, RegionSummary region)
    {
        writer.WriteString("path", region.Path);
        writer.WriteString("dimension", region.Dimension.ToString());
        writer.WriteString("name", region.Name);
        writer.WriteString("version", region.Version);
        writer.WriteString("digest", region.Digest);
        writer.WriteString("fingerprint", region.Fingerprint);
        writer.WriteNumber("file_bytes", region.FileBytes);
        writer.WriteNumber("content_bytes", region.ContentBytes);
        writer.WriteNumber("stored_bytes", region.StoredBytes);
        writer.WriteNumber("ratio", Math.Round(region.Ratio, 4));
        writer.WriteNumber("size_bytes", region.SizeBytes);
        writer.WriteNumber("frequency_min", region.FrequencyMin);
        writer.WriteNumber("frequency_max", region.FrequencyMax);
        writer.WriteNumber("block_size", region.BlockSize);
        writer.WriteNumber("alignment", region.ContentAlignment);
        writer.WriteNumber("layers", region.Layers);
        writer.WriteNumber("first_number", (long?)region.FirstNumber);
        writer.WriteNumber("last_number", (long?)region.LastNumber);
        writer.WriteBoolean("dense", region.IsDense);
        writer.WriteNumber("named_layers", region.NamedLayers);
        writer.WriteNumber("simulated_layers", region.SimulatedLayers);
        writer.WriteNumber("empty_layers", region.EmptyLayers);
        writer.WriteNumber("max_depth", region.MaxDepth);
        writer.WriteNumber("keywords", region.Keywords);
        writer.WriteNumber("keyword_uses", region.KeywordUses);
        writer.WriteStartArray("blocks");
        foreach (BlockSummary blocks in region.Blocks)
        {
            writer.WriteStartObject();
            writer.WriteString("codec", blocks.Codec);
            writer.WriteNumber("count", blocks.Count);
            writer.WriteNumber("stored_bytes", blocks.StoredBytes);
            writer.WriteNumber("decoded_bytes", blocks.DecodedBytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("sections");
        foreach (SectionSummary section in region.Sections)
        {
            writer.WriteStartObject();
            writer.WriteNumber("kind", section.Kind);
            writer.WriteString("name", section.Name);
            writer.WriteNumber("offset", section.Offset);
            writer.WriteNumber("bytes", section.Length);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteLayersJson(writer, "largest_layers", region.LargestLayers);
        WriteLayersJson(writer, "smallest_layers", region.SmallestLayers);
    }

    private static void WriteLayersJson(Utf8JsonWriter writer, string property, IReadOnlyList<LayerSize> layers)
    {
        writer.WriteStartArray(property);
        foreach (LayerSize layer in layers)
        {
            writer.WriteStartObject();
            writer.WriteString("id", layer.Id.ToString());
            writer.WriteString("name", layer.Name);
            writer.WriteNumber("bytes", layer.Length);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
