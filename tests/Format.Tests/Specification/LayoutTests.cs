using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format.Layout;

namespace Lamina.Format.Tests.Specification;

/// <summary>The specification's tables, held against the constants and structures of <c>src/Format/Layout</c>.</summary>
public class LayoutTests
{
    [Fact, Trait("Spec", "GEN-2")]
    public void Header_Table_IsTheLayout() =>
        Assert.Equal(Fields("02-header.md", "# 2 Header", out int size), Constants(typeof(RegionHeaderLayout), "Length", size));

    [Fact, Trait("Spec", "GEN-2")]
    public void Section_Table_IsTheLayout() =>
        Assert.Equal(Fields("03-sections.md", "# 3 Sections", out int size), Constants(typeof(SectionEntryLayout), "Size", size));

    [Fact, Trait("Spec", "DIC-2")]
    public void Dictionary_Table_IsTheLayout()
    {
        Assert.Equal([("DecodedLength", DictionaryLayout.DecodedLength)], Fields("03-sections.md", "**DIC-2.**", out int size));
        Assert.Equal(DictionaryLayout.Stored, size);
        Assert.Equal(DictionaryLayout.LongestSection, size + Limits.MaxDictionaryLength);
    }

    [Fact]
    public void Block_Table_IsTheStructure() => CheckStructure<BlockEntry>("04-blocks.md", "# 4 Blocks");

    [Fact]
    public void Location_Table_IsTheStructure() => CheckStructure<LayerLocation>("05-layers.md", "## Locations");

    [Fact]
    public void Layer_Table_IsTheStructure() => CheckStructure<LayerEntry>("05-layers.md", "## Layer descriptions");

    [Fact]
    public void Keyword_Table_IsTheStructure() => CheckStructure<KeywordEntry>("06-strings.md", "## Keywords");

    [Fact, Trait("Spec", "SEC-1")]
    public void Kinds_Table_IsTheEnumeration()
    {
        IEnumerable<(int, string)> table = SpecificationText.Table("03-sections.md", "**SEC-1.**", "kind")
            .Select(static row => (Number(row[0]), Name(row[1])));

        Assert.Equal(table, Enum.GetValues<SectionKind>().Select(static kind => ((int)kind, kind.ToString())));
    }

    [Fact, Trait("Spec", "HDR-10")]
    public void RegionFlags_Table_IsTheEnumeration()
    {
        IEnumerable<(int, string)> table = SpecificationText.Table("02-header.md", "**HDR-10.**", "bit")
            .Select(static row => (1 << Number(row[0]), Name(row[1])));

        Assert.Equal(table, Bits<RegionFlags>());
    }

    [Fact, Trait("Spec", "LAY-5")]
    public void LayerFlags_Text_IsTheEnumeration()
    {
        string text = SpecificationText.Chapters["05-layers.md"];
        IEnumerable<(int, string)> clause = Enumerable.Range(0, 3).Select(bit =>
            (1 << bit, Name(text.Split($"bit {bit} *")[1].Split('*')[0])));

        Assert.Equal(clause, Bits<LayerFlags>());
    }

    [Fact, Trait("Spec", "BLK-7")]
    public void Codecs_Table_IsTheEnumeration() =>
        Assert.Equal(
            SpecificationText.Table("04-blocks.md", "**BLK-7.**", "codec").Select(static row => Number(row[0])),
            Enum.GetValues<BlockCodec>().Select(static codec => (int)codec));

    /// <summary>Every number of the limits table, by clause.</summary>
    [Fact]
    [Trait("Spec", "LIM-1"), Trait("Spec", "LIM-2"), Trait("Spec", "LIM-3"), Trait("Spec", "LIM-5"), Trait("Spec", "LIM-10")]
    [Trait("Spec", "LIM-11"), Trait("Spec", "LIM-15"), Trait("Spec", "LIM-18")]
    public void Limits_Table_IsTheCode()
    {
        Dictionary<string, long[]> code = new()
        {
            ["LIM-1"] = [Limits.MaxDimensions],
            ["LIM-2"] = [Limits.MaxLayers],
            ["LIM-3"] = [Limits.MaxBlocks],
            ["LIM-4"] = [Limits.MinBlockSizeLog2, Limits.MaxBlockSizeLog2],
            ["LIM-5"] = [Limits.MaxLayerLength],
            ["LIM-6"] = [0, Limits.MaxContentAlignmentLog2],
            ["LIM-7"] = [1, Limits.MaxNameLength],
            ["LIM-8"] = [1, Limits.MaxKeywordLength],
            ["LIM-9"] = [Limits.MaxKeywordsPerLayer],
            ["LIM-10"] = [Limits.MaxKeywordUses],
            ["LIM-11"] = [Limits.MaxStringsLength],
            ["LIM-12"] = [Enum.GetValues<SectionKind>().Length, Limits.MaxSections],
            ["LIM-13"] = [Limits.MaxDictionaryLength],
            ["LIM-14"] = [Limits.MaxCompressionRatio],
            ["LIM-15"] = [Limits.MaxFileLength],
            ["LIM-16"] = [Limits.MaxDepth],
            ["LIM-17"] = [Limits.MaxManifestLength],
            ["LIM-18"] = [Limits.MaxKeywords],
        };

        IReadOnlyList<string[]> table = SpecificationText.Table("09-limits.md", "# 9 Limits", "clause");

        Assert.Equal(
            code.Keys.Order(StringComparer.Ordinal),
            table.Select(static row => row[0].Trim('*', '.')).Order(StringComparer.Ordinal));
        Assert.All(table, row => Assert.Equal(
            code[row[0].Trim('*', '.')],
            row[2].Split(" to ").Select(
                static number => long.Parse(number, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))));
    }

    /// <summary>A field table as (name, offset), after its own sums are checked.</summary>
    private static List<(string Field, int Offset)> Fields(string chapter, string heading, out int size)
    {
        List<(string, int)> fields = [];
        int next = 0;
        IReadOnlyList<string[]> rows = SpecificationText.Table(chapter, heading, "offset");
        foreach (string[] row in rows.Take(rows.Count - 1))
        {
            int length = Number(row[1]);
            Assert.Equal(next, Number(row[0]));
            Assert.Equal(row[2] switch { "u8" => 1, "u16" => 2, "u32" => 4, "u64" or "f64" => 8, _ => length }, length);
            Assert.True(row[2] is "u8" or "u16" or "u32" or "u64" or "f64" or "bytes", row[2]);
            Assert.Contains(SpecificationText.Clauses, clause => clause.Clause == row[4]);
            fields.Add((Name(row[3]), next));
            next += length;
        }

        Assert.Equal(["", next.ToString(CultureInfo.InvariantCulture), "", "", ""], rows[^1]);
        size = next;
        return fields;
    }

    private static List<(string Field, int Offset)> Constants(Type layout, string total, int size)
    {
        Dictionary<string, int> constants = layout.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field is { IsLiteral: true } && field.FieldType == typeof(int))
            .ToDictionary(static field => field.Name, static field => (int)field.GetRawConstantValue()!);
        int length = layout == typeof(SectionEntryLayout) ? SectionEntryLayout.Size : RegionHeaderLayout.Length;
        Assert.Equal(size, length);
        Assert.Equal(size, constants[total]);

        // What is no field of the table.
        if (layout == typeof(RegionHeaderLayout))
            constants.Remove(total);
        constants.Remove("Size");
        constants.Remove("Alignment");
        return constants.Select(static constant => (constant.Key, constant.Value)).OrderBy(static field => field.Value).ToList();
    }

    private static void CheckStructure<T>(string chapter, string heading)
        where T : unmanaged
    {
        List<(string, int)> table = Fields(chapter, heading, out int size);
        List<(string, int)> structure = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(static property => (property.Name, (int)Marshal.OffsetOf<T>($"<{property.Name}>k__BackingField")))
            .OrderBy(static field => field.Item2)
            .ToList();

        Assert.Equal(table, structure);
        Assert.Equal(size, Unsafe.SizeOf<T>());
    }

    private static IEnumerable<(int, string)> Bits<T>()
        where T : struct, Enum => Enum.GetValues<T>()
        .Select(static flag => (Convert.ToInt32(flag, CultureInfo.InvariantCulture), flag.ToString()))
        .Where(static flag => int.IsPow2(flag.Item1));

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>"content alignment, log2" is ContentAlignmentLog2; "major version" is Major, as in the code.</summary>
    private static string Name(string words)
    {
        string name = string.Concat(words.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
        return name switch { "MajorVersion" => "Major", "MinorVersion" => "Minor", _ => name };
    }
}
