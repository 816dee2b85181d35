using System.Text;
using System.Text.Json;
using Lamina.Format.Tests.Oracle;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Specification;

/// <summary>The frozen data sets of version 1 under <c>fixtures/valid/</c>: how they are made, and where their sources are.</summary>
internal static class ValidFixtures
{
    public const string Folder = "valid";

    private static readonly OracleOptions Small = new() { BlockSizeLog2 = 10 };

    public static IReadOnlyList<ValidFixture> All { get; } =
    [
        new("reference", "reference/dimensions.json"),
        new("reference-lz4", "reference/dimensions.json", new OracleOptions { Codec = 1, AlignmentLog2 = 0 }),
        new("no-layers", "edges/no-layers.json"),
        new("nameless", "edges/nameless.json"),
        new("sparse-numbers", "edges/sparse-numbers.json"),
        new("dense-from-middle", "edges/dense-from-middle.json"),
        new("empty-content", "edges/empty-content.json"),
        new("only-empty-contents", "edges/only-empty-contents.json"),
        new("one-byte-content", "edges/one-byte-content.json"),
        new("large-content", "edges/large-content.json", Small),
        new("large-content-lz4", "edges/large-content.json", Small with { Codec = 1 }),
        new("large-content-dictionary", "edges/large-content.json", Small with
        {
            Codec = 2,
            Dictionary = Encoding.ASCII.GetBytes(
                "Line 1 of a content that is larger than the smallest block. xxxxxxxx small, before"),
        }),
        new("large-content-dictionary-lz4", "edges/large-content.json", Small with
        {
            Codec = 2,
            Dictionary = Encoding.ASCII.GetBytes(
                "Line 1 of a content that is larger than the smallest block. Line 2 of a content that is larger than the smallest block."),
        }),
        new("content-sources", "edges/content-sources.json"),
        new("unaligned", "edges/content-sources.json", Small with { AlignmentLog2 = 0 }),
        new("aligned-to-pages", "edges/content-sources.json", Small with { AlignmentLog2 = 12 }),
        new("non-ascii", "edges/non-ascii.json"),
        new("escapes", "edges/escapes.json"),
        new("keywords", "edges/keywords.json"),
        new("repeated-keyword", "edges/repeated-keyword.json"),
        new("extreme-numbers", "edges/extreme-numbers.json"),
        new("any-order", "edges/any-order.json"),
        new("json-lines", "edges/json-lines.jsonl"),
        new("byte-order-mark", "edges/byte-order-mark.json"),
        new("simulated", "edges/simulated.json") { Simulate = true },
        new("unknown-sections", "edges/keywords.json")
        {
            // HDR-5, SEC-3: what a reader of version 1.0 may ignore in a file of version 1.0.
            Change = static parts =>
            {
                parts.OptionalFeatures = 0x8000_0000_0000_0001;
                parts.Extra.Add(new OracleSection { Kind = 12, Flags = 0, Bytes = "a later section"u8.ToArray() });
                parts.Extra.Add(new OracleSection { Kind = 4_000_000_000, Flags = 0 });
            },
        },
        new("later-minor-version", "edges/keywords.json")
        {
            // CMP-2: a longer header, flags and reserved fields that a later minor version may define.
            Change = static parts =>
            {
                parts.Minor = 7;
                parts.HeaderLength = 320;
                parts.Flags |= 0x8000_0020;
                parts.Layers[0].Flags |= 0x8008;
                parts.Layers[0].Reserved = 0xCAFE;
            },
            Patch = static file =>
            {
                file.Set(Header.Reserved, 8, 0x0123_4567_89AB_CDEF);
                file.Set(HeaderSize, 8, ulong.MaxValue);
                file.Set(file.Entry(Kind.Strings) + Section.Flags, 4, 0x8000_0001);
                file.Seal();
            },
        },
    ];

    /// <summary>Every file of the folder, by its path in it.</summary>
    public static IReadOnlyDictionary<string, byte[]> Build()
    {
        Dictionary<string, byte[]> files = [];
        foreach (ValidFixture fixture in All)
        {
            List<OracleManifestEntry> entries = [];
            foreach (OracleRegion region in fixture.Regions())
            {
                OracleParts parts = OracleEncoder.ToParts(region, fixture.Options);
                fixture.Change?.Invoke(parts);
                OracleFile file = parts.ToFile();
                fixture.Patch?.Invoke(file);
                OracleManifestEntry entry = OracleManifestEntry.Of(region, file.Bytes);
                entries.Add(entry);
                files.Add($"{fixture.Name}/{entry.File}", file.Bytes);
            }

            files.Add($"{fixture.Name}/{OracleManifest.FileName}", OracleManifest.Encode(entries));
        }

        // For whoever reads the folder without this list.
        string sources = "[\n" + string.Join(",\n", All.Select(static fixture =>
            $"  {{ \"set\": {JsonSerializer.Serialize(fixture.Name)}, \"source\": {JsonSerializer.Serialize("../" + fixture.Source)}, \"simulate\": {(fixture.Simulate ? "true" : "false")} }}")) + "\n]\n";
        files.Add("sources.json", Encoding.UTF8.GetBytes(sources));
        return files;
    }
}
