using System.Globalization;
using System.Text;
using Lamina.Format.Tests.Oracle;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Specification;

/// <summary>The executable specification: what is generated from it reads every frozen file as the oracle does.</summary>
public class KaitaiTests
{
    [NodeFact]
    public void GeneratedReader_EveryFrozenFile_FindsWhatTheOracleFinds()
    {
        string[] files = Directory.EnumerateFiles(
            Path.Combine(Repository.Fixtures, ValidFixtures.Folder), "*.lamina", SearchOption.AllDirectories).ToArray();

        string[] found = KaitaiReader.Read(files);

        Assert.Equal(files.Length, found.Length);
        for (int i = 0; i < files.Length; i++)
            Assert.Equal(Describe(File.ReadAllBytes(files[i])), found[i].TrimEnd('\n') + "\n");
    }

    [Fact]
    public void Lock_OfTheCompiler_NamesNoHost() =>
        Assert.DoesNotContain("://", File.ReadAllText(Path.Combine(
            Repository.Root, "tests", "Format.Tests", "Specification", "kaitai", "package-lock.json")), StringComparison.Ordinal);

    /// <summary>The file as <c>kaitai/read.js</c> prints it.</summary>
    private static string Describe(byte[] bytes)
    {
        OracleReading reading = OracleDecoder.Decode(bytes);
        OracleFile file = new(bytes);
        StringBuilder text = new();
        Hex("header.magic", Header.Magic, 8);
        Number("header.major", Header.Major, 2);
        Number("header.minor", Header.Minor, 2);
        Number("header.len_header", Header.HeaderLength, 4);
        Number("header.required_features", Header.RequiredFeatures, 8);
        Number("header.optional_features", Header.OptionalFeatures, 8);
        Number("header.len_file", Header.FileLength, 8);
        Number("header.dimension", Header.Dimension, 2);
        Number("header.block_size_log2", Header.BlockSizeLog2, 1);
        Number("header.alignment_log2", Header.AlignmentLog2, 1);
        Flags("header", Header.Flags, 4, "has_name", "has_size_bytes", "has_frequency_min", "has_frequency_max", "simulated");
        Number("header.num_sections", Header.SectionCount, 4);
        Number("header.num_layers", Header.LayerCount, 4);
        Number("header.num_blocks", Header.BlockCount, 4);
        Number("header.num_keywords", Header.KeywordCount, 4);
        Number("header.first_number", Header.FirstNumber, 4);
        Number("header.len_name", Header.NameLength, 4);
        Number("header.len_image", Header.ImageLength, 8);
        Number("header.len_content", Header.ContentLength, 8);
        Number("header.size_bytes", Header.SizeBytes, 8);
        Double("header.frequency_min", Header.FrequencyMin);
        Double("header.frequency_max", Header.FrequencyMax);
        Hex("header.fingerprint", Header.Fingerprint, 16);
        Hex("header.reserved", Header.Reserved, 48);
        Number("header.section_table_checksum", Header.SectionTableChecksum, 8);
        Number("header.header_checksum", Header.HeaderChecksum, 8);
        Hex("longer_header", HeaderSize, file.HeaderLength - HeaderSize);
        for (int i = 0; i < file.SectionCount; i++)
        {
            int at = file.HeaderLength + (i * SectionSize);
            Number($"sections[{i}].kind", at + Section.Kind, 4);
            Flags($"sections[{i}]", at + Section.Flags, 4, "must_be_known");
            Number($"sections[{i}].ofs", at + Section.Offset, 8);
            Number($"sections[{i}].len", at + Section.Length, 8);
            Number($"sections[{i}].checksum", at + Section.Checksum, 8);
        }

        if (file.Length(Kind.Dictionary) > 0)
        {
            Number("dictionary.len_decoded", file.Offset(Kind.Dictionary), 4);
            Hex("dictionary.stored", file.Offset(Kind.Dictionary) + 4, file.Length(Kind.Dictionary) - 4);
        }

        for (int i = 0; i < reading.Parts.Blocks.Count; i++)
        {
            int at = file.Field(Kind.Blocks, i, 0);
            Number($"blocks[{i}].ofs", at + Block.Offset, 8);
            Number($"blocks[{i}].ofs_image", at + Block.ImageOffset, 8);
            Number($"blocks[{i}].len_stored", at + Block.StoredLength, 4);
            Number($"blocks[{i}].len_decoded", at + Block.DecodedLength, 4);
            Number($"blocks[{i}].checksum", at + Block.Checksum, 8);
            Number($"blocks[{i}].codec", at + Block.Codec, 4);
            Number($"blocks[{i}].first_layer", at + Block.FirstLayer, 4);
        }

        List("numbers", reading.Parts.Numbers);
        for (int i = 0; i < reading.Parts.Layers.Count; i++)
        {
            int at = file.Field(Kind.Locations, i, 0);
            Number($"locations[{i}].ofs_image", at + Location.ImageOffset, 8);
            Number($"locations[{i}].len", at + Location.Length, 4);
            Number($"locations[{i}].block", at + Location.Block, 4);
        }

        for (int i = 0; i < reading.Parts.Layers.Count; i++)
        {
            int at = file.Field(Kind.Layers, i, 0);
            Double($"layers[{i}].frequency", at + Layer.Frequency);
            Number($"layers[{i}].parent", at + Layer.Parent, 4);
            Number($"layers[{i}].ofs_name", at + Layer.NameOffset, 4);
            Number($"layers[{i}].len_name", at + Layer.NameLength, 2);
            Number($"layers[{i}].depth", at + Layer.Depth, 2);
            Flags($"layers[{i}]", at + Layer.Flags, 2, "has_name", "has_frequency", "simulated");
            Number($"layers[{i}].num_keywords", at + Layer.KeywordCount, 2);
            Number($"layers[{i}].keyword_start", at + Layer.KeywordStart, 4);
            Number($"layers[{i}].reserved", at + Layer.Reserved, 4);
        }

        List("layer_keywords", reading.Parts.LayerKeywords);
        for (int i = 0; i < reading.Parts.Keywords.Count; i++)
        {
            Number($"keywords[{i}].ofs_string", file.Field(Kind.Keywords, i, Keyword.StringOffset), 4);
            Number($"keywords[{i}].posting_start", file.Field(Kind.Keywords, i, Keyword.PostingStart), 4);
        }

        List("postings", reading.Parts.Postings);
        List("names", reading.Parts.Names);
        Hex("strings", file.Offset(Kind.Strings), file.Length(Kind.Strings));
        Line("name", HexOf(reading.Region.Name));
        Line("decoded_dictionary", Convert.ToHexStringLower(reading.Parts.Dictionary));
        for (int i = 0; i < reading.Region.Layers.Count; i++)
        {
            OracleLayer layer = reading.Region.Layers[i];
            text.Append(
                CultureInfo.InvariantCulture,
                $"layer[{i}] name={HexOf(layer.Name)} keywords={string.Join(',', layer.Keywords.Select(HexOf))} content={Convert.ToHexStringLower(layer.Content)}\n");
        }

        string[] keywords = reading.Region.Layers.SelectMany(static layer => layer.Keywords).Distinct(StringComparer.Ordinal)
            .OrderBy(OracleEncoder.Utf8, Comparer<byte[]>.Create(OracleBytes.Compare)).ToArray();
        for (int k = 0; k < keywords.Length; k++)
        {
            IEnumerable<int> layers = Enumerable.Range(0, reading.Region.Layers.Count).Where(
                i => reading.Region.Layers[i].Keywords.Contains(keywords[k]));
            text.Append(CultureInfo.InvariantCulture, $"keyword[{k}] postings={string.Join(',', layers)}\n");
        }

        return text.ToString();

        void Line(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name}={value}\n");

        void Number(string name, int offset, int size) => Line(
            name, file.Get(offset, size).ToString(CultureInfo.InvariantCulture));

        void Double(string name, int offset) => Line(name, file.Get(offset, 8).ToString("x16", CultureInfo.InvariantCulture));

        void Hex(string name, int offset, int size) => Line(name, Convert.ToHexStringLower(bytes, offset, size));

        void List(string name, List<uint> values) => Line(name, string.Join(',', values));

        void Flags(string owner, int offset, int size, params string[] names)
        {
            ulong flags = file.Get(offset, size);
            for (int bit = 0; bit < names.Length; bit++)
                Line($"{owner}.{names[bit]}", (flags >> bit & 1) == 1 ? "true" : "false");
            Line($"{owner}.unknown_flags", (flags >> names.Length).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string HexOf(string? text) => text is null ? "-" : Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
}
