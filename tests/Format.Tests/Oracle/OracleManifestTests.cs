using System.Text;
using FsCheck.Xunit;

namespace Lamina.Format.Tests.Oracle;

public class OracleManifestTests
{
    [Property(Arbitrary = [typeof(OracleArbitraries)])]
    public void Decode_WhatEncodeMade_IsTheSame(OracleCase @case)
    {
        OracleManifestEntry entry = OracleManifestEntry.Of(@case.Region, OracleEncoder.Encode(@case.Region, @case.Options));

        byte[] manifest = OracleManifest.Encode([entry]);

        Assert.Equal([entry], OracleManifest.Decode(manifest));
    }

    [Fact]
    public void Encode_TheExampleOfTheSpecification_IsWrittenAsThere()
    {
        string spec = File.ReadAllText(Path.Combine(Repository.Root, "format-spec", "08-manifest.md")).ReplaceLineEndings("\n");
        string example = spec.Split("```json\n")[1].Split("```")[0];
        OracleManifestEntry entry = new()
        {
            Id = 1,
            Name = "Emotion",
            File = "D01-00112233445566778899aabbccddeeff.lamina",
            Length = 4711,
            Layers = 4,
            Simulated = false,
        };

        string text = Encoding.UTF8.GetString(OracleManifest.Encode([entry]));

        // The example's checksum stands for any.
        Assert.Equal(example[..^20], text[..^20]);
        Assert.Equal(example[^4..], text[^4..]);
    }
}
