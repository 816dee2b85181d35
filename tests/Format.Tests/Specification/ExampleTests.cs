using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Specification;

/// <summary>Chapter 13, held against what the oracle makes of the same source.</summary>
public class ExampleTests
{
    [Fact]
    public void Example_OfTheSpecification_IsWhatTheOracleMakes()
    {
        string chapter = SpecificationText.Chapters["13-example.md"];
        OracleRegion region = Assert.Single(
            OracleSource.Read(Path.Combine(SpecificationText.Folder, "example", "dimensions.json")));
        byte[] file = OracleEncoder.Encode(region);
        byte[] manifest = OracleManifest.Encode([OracleManifestEntry.Of(region, file)]);

        List<byte> dump = [];
        foreach (Match line in Regex.Matches(chapter,
            @"^([0-9a-f]{4,})  (?:00 × ([0-9]+)|([0-9a-f]{2}(?: [0-9a-f]{2})*))(?=  |$)", RegexOptions.Multiline))
        {
            Assert.Equal(
                dump.Count, int.Parse(line.Groups[1].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            dump.AddRange(line.Groups[2].Success
                ? new byte[int.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture)]
                : Convert.FromHexString(line.Groups[3].Value.Replace(" ", "", StringComparison.Ordinal)));
        }

        Assert.Equal(Convert.ToHexString(file), Convert.ToHexString([.. dump]));
        Assert.Contains(Encoding.UTF8.GetString(manifest), chapter, StringComparison.Ordinal);
    }
}
