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

    private static OracleRegion Region(string neighbours, string first, string second) => neighbours switch
    {
        "dimension and layer" => new() { Dimension = 5, Name = first, Layers = [First with { Name = second }] },
        "dimension and keyword" => new() { Dimension = 5, Name = first, Layers = [First with { Keywords = [second] }] },
        "two layers" => new() { Dimension = 5, Layers = [First with { Name = first }, Second with { Name = second }] },
        "layer and keyword" => new() { Dimension = 5, Layers = [First with { Name = first, Keywords = [second] }] },
        _ => new() { Dimension = 5, Layers = [First with { Keywords = [second, first] }] },
    };
}
