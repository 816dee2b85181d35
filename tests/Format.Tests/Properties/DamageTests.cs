using Lamina.Format.Publishing;
using Lamina.Format.Tests.Conversion;
using Lamina.Format.Tests.Hostile;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Verification;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Properties;

/// <summary>Damage is found, and nothing damaged is read.</summary>
public class DamageTests
{
    public static TheoryData<string> Regions() =>
        ["dense", "sparse", "empty", "blocks", "lz4", "dictionary", "aligned", "unknown section"];

    /// <summary>Every bit of a file is covered (CHK-6): each one is flipped.</summary>
    [Theory, MemberData(nameof(Regions))]
    [Trait("Spec", "CHK-6"), Trait("Spec", "HDR-21"), Trait("Spec", "HDR-22")]
    public void Verify_AnyBitFlipped_Faults(string region)
    {
        byte[] file = Build(region);
        string expected = OracleDecoder.Decode(file).Region.ToText();
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(file, expected, $"bit {bit % 8} of byte {bit / 8}");
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory, MemberData(nameof(Regions)), Trait("Spec", "HDR-6")]
    public void Verify_AnyOtherLength_Faults(string region)
    {
        byte[] file = Build(region);
        for (int length = 0; length < file.Length + 130; length++)
        {
            if (length == file.Length)
                continue;
            byte[] other = file[..Math.Min(length, file.Length)];
            Array.Resize(ref other, length);
            LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => new PinnedRegion(other));
            Assert.Equal(length < file.Length ? FormatFault.Truncated : FormatFault.TrailingData, thrown.Fault);
        }
    }

    /// <summary>A checksum binds its part to its place.</summary>
    [Fact, Trait("Spec", "CHK-4"), Trait("Spec", "CHK-6")]
    public void Verify_TwoBlocksExchanged_Faults()
    {
        OracleRegion region = new()
        {
            Dimension = 5,
            Layers = [new() { Number = 0, Content = "eight by"u8.ToArray() },
                new() { Number = 1, Content = "tes each"u8.ToArray() }],
        };
        OracleFile file = HostileRegions.OneBlockEach(region).ToFile();
        string expected = OracleDecoder.Decode(file.Bytes).Region.ToText();
        int first = file.Offset(Kind.Content);
        Exchange(file, first, first + 8, 8);

        AssertRefused(file.Bytes, expected, "stored bytes");

        // With their checksums, in a table whose own checksum is not made right.
        Exchange(file, file.Field(Kind.Blocks, 0, Block.Checksum), file.Field(Kind.Blocks, 1, Block.Checksum), 8);
        AssertRefused(file.Bytes, expected, "stored bytes and checksums");
    }

    /// <summary>Any part of one file in the place of the same part of another of the same shape.</summary>
    [Fact, Trait("Spec", "CHK-1"), Trait("Spec", "CHK-2"), Trait("Spec", "CHK-3"), Trait("Spec", "CHK-6")]
    public void Verify_PartsOfTwoFilesMixed_Faults()
    {
        OracleRegion mine = HostileRegions.Sparse;
        OracleRegion theirs = mine with
        {
            Name = "Mid",
            FrequencyMax = 41,
            Layers =
            [
                mine.Layers[0] with { Name = "bets", Number = 20, Frequency = 3, Content = "FIRST"u8.ToArray(),
                    Keywords = ["m", "k"] },
                mine.Layers[1] with { Parent = 20, Content = "THE SECOND"u8.ToArray() },
                mine.Layers[2] with { Keywords = ["a", "m"] },
                mine.Layers[3] with { Content = "Z"u8.ToArray() },
            ],
        };
        OracleFile file = HostileRegions.Parts(mine).ToFile();
        OracleFile other = HostileRegions.Parts(theirs).ToFile();
        Assert.Equal(file.Bytes.Length, other.Bytes.Length);
        string expected = OracleDecoder.Decode(file.Bytes).Region.ToText();
        string notExpected = OracleDecoder.Decode(other.Bytes).Region.ToText();

        List<(string Part, int Start, int Length)> parts = [("header", 0, HeaderSize), (
            "section table", HeaderSize, 11 * SectionSize)];
        for (uint kind = 1; kind <= 11; kind++)
            parts.Add(($"section {kind}", file.Offset(kind), file.Length(kind)));
        foreach ((string part, int start, int length) in parts)
        {
            if (file.Bytes.AsSpan(start, length).SequenceEqual(other.Bytes.AsSpan(start, length)))
                continue;
            byte[] mixed = (byte[])file.Bytes.Clone();
            other.Bytes.AsSpan(start, length).CopyTo(mixed.AsSpan(start));
            AssertRefused(mixed, expected, part);
            mixed = (byte[])other.Bytes.Clone();
            file.Bytes.AsSpan(start, length).CopyTo(mixed.AsSpan(start));
            AssertRefused(mixed, notExpected, part);
        }
    }

    [Fact, Trait("Spec", "MAN-6"), Trait("Spec", "CHK-5")]
    public void Verify_TwoRegionFilesExchanged_Faults()
    {
        using TemporaryFolder root = new();
        OracleRegion first = HostileRegions.Dense;
        OracleRegion second = first with { Dimension = 6 };
        byte[][] files = [OracleEncoder.Encode(first), OracleEncoder.Encode(second)];
        OracleManifestEntry[] entries = [OracleManifestEntry.Of(first, files[0]), OracleManifestEntry.Of(second, files[1])];
        File.WriteAllBytes(root.Under(OracleManifest.FileName), OracleManifest.Encode(entries));
        File.WriteAllBytes(root.Under(entries[0].File), files[0]);
        File.WriteAllBytes(root.Under(entries[1].File), files[1]);
        Assert.True(DataSetVerifier.Verify(root.Path).IsValid);

        File.WriteAllBytes(root.Under(entries[0].File), files[1]);
        File.WriteAllBytes(root.Under(entries[1].File), files[0]);

        VerificationReport report = DataSetVerifier.Verify(root.Path);
        Assert.Equal(
            [null, FormatFault.RegionMismatch, FormatFault.RegionMismatch],
            report.Files.Select(static file => file.Fault?.Fault));
    }

    [Fact, Trait("Spec", "MAN-7"), Trait("Spec", "CHK-6")]
    public void ParseManifest_AnyBitFlippedOrByteMissing_Faults()
    {
        byte[] manifest = OracleManifest.Encode(
            [OracleManifestEntry.Of(HostileRegions.Dense, OracleEncoder.Encode(HostileRegions.Dense))]);
        Assert.Single(DataSetManifest.Parse(manifest).Dimensions);
        for (int bit = 0; bit < manifest.Length * 8; bit++)
        {
            manifest[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<LaminaFormatException>(() => DataSetManifest.Parse(manifest));
            manifest[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int i = 0; i < manifest.Length; i++)
        {
            Assert.Throws<LaminaFormatException>(() => DataSetManifest.Parse(manifest.AsSpan(0, i)));
            Assert.Throws<LaminaFormatException>(() => DataSetManifest.Parse([.. manifest[..i], .. manifest[(i + 1)..]]));
        }
    }

    /// <summary>A checksum is no signature: whoever can write a file can make its checksums right.</summary>
    [Fact, Trait("Spec", "TRU-6")]
    public void Verify_ForgedAndSealed_IsWhole()
    {
        OracleFile file = HostileRegions.Parts().ToFile();
        file.Set(file.Offset(Kind.Content), 1, 'F').Seal();

        using PinnedRegion opened = new(file.Bytes);

        RegionVerifier.Verify(opened.Region, null, default);
        Assert.Equal("First"u8, opened.Decode(0).AsSpan(0, 5));
    }

    /// <summary>Checking finds a fault; reading finds one or reads what was there before the damage.</summary>
    private static void AssertRefused(byte[] file, string expected, string what)
    {
        PinnedRegion opened;
        try
        {
            opened = new PinnedRegion(file);
        }
        catch (LaminaFormatException)
        {
            return;
        }

        using (opened)
        {
            bool refused = false;
            try
            {
                RegionVerifier.Verify(opened.Region, null, default);
            }
            catch (LaminaFormatException)
            {
                refused = true;
            }

            Assert.True(refused, $"Damage to {what} was not found.");
            try
            {
                Assert.Equal(expected, opened.ToOracle().ToText());
            }
            catch (LaminaFormatException)
            {
            }
        }
    }

    private static void Exchange(OracleFile file, int first, int second, int size)
    {
        ulong value = file.Get(first, size);
        file.Set(first, size, file.Get(second, size)).Set(second, size, value);
    }

    private static byte[] Build(string region)
    {
        OracleParts parts = region switch
        {
            "sparse" => HostileRegions.Parts(HostileRegions.Sparse),
            "empty" => HostileRegions.Parts(HostileRegions.Empty),
            "blocks" => HostileRegions.OneBlockEach(),
            "lz4" => HostileRegions.Lz4(HostileSections.Run(100), 100),
            "dictionary" => HostileRegions.Lz4(HostileSections.Run(100), 100, codec: 2),
            "aligned" => HostileRegions.Parts(alignmentLog2: 8),
            _ => HostileRegions.Parts(),
        };
        if (region == "unknown section")
            parts.Extra.Add(new OracleSection { Kind = 12, Flags = 0, Bytes = [1, 2, 3] });
        return parts.ToFile().Bytes;
    }
}
