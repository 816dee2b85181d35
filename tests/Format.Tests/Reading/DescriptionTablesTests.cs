using System.Buffers;
using System.Text;
using Lamina.Format.Tests.Hostile;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Tests.Properties;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Reading;

public class DescriptionTablesTests
{
    private static readonly OracleLayer First = new() { Number = 0 };
    private static readonly OracleLayer Second = new() { Number = 1 };

    public static TheoryData<string> Neighbours() => ["dimension and layer", "dimension and keyword", "two layers", "layer and keyword", "two keywords"];

    /// <summary>All strings together are UTF-8, and the second begins inside a character.</summary>
    [Theory, MemberData(nameof(Neighbours)), Trait("Spec", "STR-1")]
    public void Descriptions_StringBeginsInsideACharacter_PointAtIt(string neighbours)
    {
        OracleParts parts = HostileRegions.Parts(Region(neighbours, "aa", "bb"));
        int at = Encoding.ASCII.GetString(parts.Strings).IndexOf("aabb", StringComparison.Ordinal) + 1;
        "é"u8.CopyTo(parts.Strings.AsSpan(at));
        OracleFile file = parts.ToFile();
        using PinnedRegion opened = new(file.Bytes);

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => opened.Region.Descriptions);

        Assert.Equal((FormatFault.Strings, file.Offset(Kind.Strings) + at + 1L), (thrown.Fault, thrown.Offset));
    }

    /// <summary>The same strings, cut where characters end.</summary>
    [Theory, MemberData(nameof(Neighbours)), Trait("Spec", "STR-1")]
    public void Descriptions_StringsOfSeveralBytes_AreRead(string neighbours)
    {
        OracleRegion region = Region(neighbours, "aé", "éb");

        using PinnedRegion opened = new(HostileRegions.Parts(region).ToFile().Bytes);

        Assert.Equal(region.ToText(), opened.ToOracle().ToText());
    }

    [Fact, Trait("Spec", "LAY-3")]
    public void Descriptions_NameLongerThanWhatIsLeft_PointAtItsLength()
    {
        OracleParts parts = HostileRegions.Parts(new OracleRegion { Dimension = 5, Layers = [First with { Name = "aa" }, Second with { Name = "bb" }] });
        parts.Layers[1].NameLength++;

        Refuses(FormatFault.LayerDescription, Kind.Layers, 1, Layer.NameLength, parts);
    }

    [Fact, Trait("Spec", "LAY-6")]
    public void Descriptions_MoreKeywordsThanListed_PointAtTheCountThatPassesThem()
    {
        OracleParts parts = HostileRegions.Parts(new OracleRegion { Dimension = 5, Layers = [First with { Keywords = ["a"] }, Second with { Keywords = ["a"] }] });
        parts.Layers[0].KeywordCount = 3;
        parts.Layers[1].KeywordStart = 3;

        Refuses(FormatFault.Keywords, Kind.Layers, 0, Layer.KeywordCount, parts);
    }

    [Fact, Trait("Spec", "KEY-3")]
    public void Descriptions_PostingsWithoutKeywords_PointAtThem()
    {
        OracleParts parts = HostileRegions.Parts(new OracleRegion { Dimension = 5, Layers = [First with { Keywords = ["a"] }] });
        parts.Keywords.Clear();
        parts.Strings = [];

        Refuses(FormatFault.Keywords, Kind.Postings, 0, 0, parts);
    }

    /// <summary>What a pooled array holds from before must not make up for a keyword that is none.</summary>
    [Fact, Trait("Spec", "KEY-1")]
    public void Descriptions_KeywordThatIsJustNone_PointAtIt()
    {
        OracleParts parts = HostileRegions.Parts(new OracleRegion { Dimension = 5, Layers = [First with { Keywords = ["a"] }] });
        parts.LayerKeywords[0] = 1;
        int[] pooled = ArrayPool<int>.Shared.Rent(1);
        Array.Clear(pooled);
        ArrayPool<int>.Shared.Return(pooled);

        Refuses(FormatFault.Keywords, Kind.LayerKeywords, 0, 0, parts);
    }

    [Theory, Trait("Spec", "LAY-5")]
    [InlineData(true, "A layer is simulated, and the header does not say so.")]
    [InlineData(false, "No layer is simulated, and the header says so.")]
    public void Descriptions_HeaderAndLayersDisagreeOnSimulation_SayHow(bool inLayer, string message)
    {
        OracleParts parts = HostileRegions.Parts(new OracleRegion { Dimension = 5, Layers = [First with { Simulated = inLayer }] });
        parts.Flags ^= Flag.RegionSimulated;
        using PinnedRegion opened = new(parts.ToFile().Bytes);

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => opened.Region.Descriptions);

        Assert.Equal((FormatFault.LayerDescription, (long)Header.Flags), (thrown.Fault, thrown.Offset));
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    private static void Refuses(FormatFault fault, uint kind, int index, int field, OracleParts parts)
    {
        OracleFile file = parts.ToFile();
        using PinnedRegion opened = new(file.Bytes);
        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => opened.Region.Descriptions);
        Assert.Equal((fault, file.Field(kind, index, field)), (thrown.Fault, thrown.Offset));
    }

    private static OracleRegion Region(string neighbours, string first, string second) => neighbours switch
    {
        "dimension and layer" => new() { Dimension = 5, Name = first, Layers = [First with { Name = second }] },
        "dimension and keyword" => new() { Dimension = 5, Name = first, Layers = [First with { Keywords = [second] }] },
        "two layers" => new() { Dimension = 5, Layers = [First with { Name = first }, Second with { Name = second }] },
        "layer and keyword" => new() { Dimension = 5, Layers = [First with { Name = first, Keywords = [second] }] },
        _ => new() { Dimension = 5, Layers = [First with { Keywords = [second, first] }] },
    };
}
