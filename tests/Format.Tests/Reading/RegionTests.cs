using Lamina.Format.Publishing;
using Lamina.Format.Reading;
using Lamina.Format.Tests.Hostile;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Tests.Properties;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Reading;

public class RegionTests
{
    /// <summary>It would be found at the next section as well; the fault is this one's.</summary>
    [Theory, Trait("Spec", "SEC-5")]
    [InlineData(Kind.Dictionary)]
    [InlineData(Kind.Content)]
    [InlineData(Kind.LayerKeywords)]
    [InlineData(Kind.Strings)]
    public void Open_SectionLongerThanWhatIsLeft_NamesItsLength(uint kind)
    {
        OracleFile file = HostileRegions.Parts().ToFile();
        int field = file.Entry(kind) + OracleFields.Section.Length;
        ulong left = (ulong)(file.Bytes.Length - file.Offset(kind));

        Refuses(FormatFault.SectionTable, field, file.Copy().Set(field, 8, (left & ~3UL) + 4).SealRoots());
    }

    /// <summary>LIM-5, LIM-14: 8,290,000 bytes of LZ4 that decode to 1.97 GiB, which opening does not do.</summary>
    [Theory, Trait("Spec", "LIM-5"), Trait("Spec", "BLK-4")]
    [InlineData(Limits.MaxLayerLength, true)]
    [InlineData(Limits.MaxLayerLength + 1L, false)]
    public void Open_LengthOfALayer_IsAcceptedAtTheLimitAndNotOnePast(long length, bool isAccepted)
    {
        OracleParts parts = HostileRegions.Lz4(new byte[(length + 254) / 255], 1);
        parts.Blocks[0].DecodedLength = parts.Locations[0].Length = (uint)length;
        parts.ImageLength = parts.ContentLength = (ulong)length;
        OracleFile file = parts.ToFile();

        if (!isAccepted)
        {
            Refuses(FormatFault.BlockTable, file.Field(Kind.Blocks, 0, Block.DecodedLength), file);
            return;
        }

        using PinnedRegion opened = new(file.Bytes);
        Assert.Equal((length, length), (opened.Region.ImageLength, opened.Region.ContentLength));
    }

    [Theory, Trait("Spec", "BLK-10")]
    [InlineData(new uint[] { 0 }, true)]
    [InlineData(new uint[] { 0, 0 }, true)]
    [InlineData(new uint[] { 1 }, false)]
    [InlineData(new uint[] { 0, 1 }, false)]
    [InlineData(new uint[] { 1, 0 }, false)]
    [InlineData(new uint[] { 1, 1 }, false)]
    public void IsImage_BlocksOfTheseCodecs_IsTrueIfAllAreStored(uint[] codecs, bool isImage)
    {
        OracleRegion region = new()
        {
            Dimension = 5,
            Layers = [.. codecs.Select(static (_, i) => new OracleLayer { Number = (uint)i, Content = new byte[100] })],
        };
        OracleParts parts = HostileRegions.OneBlockEach(region);
        for (int i = 0; i < codecs.Length; i++)
        {
            parts.Blocks[i].Codec = codecs[i];
            if (codecs[i] == 1)
                parts.Blocks[i].Stored = OracleLz4.Encode(parts.Blocks[i].Stored, []);
        }

        using PinnedRegion opened = new(parts.ToFile().Bytes);

        Assert.Equal(isImage, opened.Region.IsImage);
        Assert.Equal(region.ToText(), opened.ToOracle().ToText());
    }

    [Theory, Trait("Spec", "DIC-2")]
    [InlineData(2u, "", "A block needs a dictionary, and there is none.")]
    [InlineData(1u, "dictionary", "There is a dictionary, and no block needs it.")]
    public void Open_DictionaryAndCodecsDisagree_SaysHow(uint codec, string dictionary, string message)
    {
        OracleParts parts = HostileRegions.Lz4(HostileSections.Run(100), 100, codec);
        parts.Dictionary = OracleEncoder.Utf8(dictionary);

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => new PinnedRegion(parts.ToFile().Bytes));

        Assert.Equal(FormatFault.BlockTable, thrown.Fault);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "NUM-2")]
    public void IndexOf_NumberThatIsNotListed_IsMinusOne()
    {
        using PinnedRegion opened = new(HostileRegions.Parts(HostileRegions.Sparse).ToFile().Bytes);

        Assert.Equal([-1, 0, -1, 1, -1, 3, -1], new uint[] { 0, 30, 35, 40, 41, 60, 61 }.Select(opened.Region.IndexOf));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NumberOf_IndexOfNoLayer_Throws(bool isSparse)
    {
        using PinnedRegion opened = new(HostileRegions.Parts(isSparse ? HostileRegions.Sparse : HostileRegions.Dense).ToFile().Bytes);

        Assert.Equal(isSparse ? 60u : 6u, opened.Region.NumberOf(3));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => opened.Region.NumberOf(4));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => opened.Region.NumberOf(-1));
    }

    [Fact]
    public void DecodeBlock_TargetOfAnotherLength_Throws()
    {
        using PinnedRegion opened = new(HostileRegions.Parts().ToFile().Bytes);
        int length = (int)opened.Region.Blocks[0].DecodedLength;

        Assert.Throws<ArgumentException>("target", () => opened.Region.DecodeBlock(0, new byte[length + 1]));
        Assert.Throws<ArgumentException>("target", () => opened.Region.DecodeBlock(0, new byte[length - 1]));
    }

    [Fact, Trait("Spec", "CHK-4")]
    public void DecodeBlock_StoredByteChanged_IsFoundBeforeItIsDecoded()
    {
        OracleFile file = HostileRegions.Lz4(HostileSections.Run(100), 100).ToFile();
        file.Flip(file.Offset(Kind.Content));
        using PinnedRegion opened = new(file.Bytes);
        byte[] target = new byte[100];

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => opened.Region.DecodeBlock(0, target));

        Assert.Equal((FormatFault.BlockChecksum, (long)file.Offset(Kind.Content)), (thrown.Fault, thrown.Offset));
        Assert.False(target.AsSpan().ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Descriptions_AskedForTwice_AreCheckedOnce()
    {
        using PinnedRegion opened = new(HostileRegions.Parts().ToFile().Bytes);

        Assert.Same(opened.Region.Descriptions, opened.Region.Descriptions);
    }

    [Fact]
    public void Descriptions_Damaged_SaySoAtEachUse()
    {
        OracleFile file = HostileRegions.Parts().ToFile();
        using PinnedRegion opened = new(file.Flip(file.Offset(Kind.Strings)).Bytes);

        for (int i = 0; i < 2; i++)
            Assert.Equal(FormatFault.SectionChecksum, Assert.Throws<LaminaFormatException>(() => opened.Region.Descriptions).Fault);
    }

    [Theory, Trait("Spec", "MAN-6")]
    [InlineData("length")]
    [InlineData("digest")]
    [InlineData("dimension")]
    [InlineData("number of layers")]
    [InlineData("mark of simulation")]
    [InlineData(null)]
    public void CheckIs_AnotherEntry_SaysWhatIsAnother(string? difference)
    {
        using PinnedRegion opened = new(HostileRegions.Parts().ToFile().Bytes);
        Region region = opened.Region;
        ManifestEntry entry = new(
            difference == "dimension" ? new DimensionId(6) : region.Dimension,
            "Dim",
            "not looked at",
            region.FileLength + (difference == "length" ? 1 : 0),
            region.Digest.ToUInt128() ^ (difference == "digest" ? 1u : 0u),
            region.LayerCount + (difference == "number of layers" ? 1 : 0),
            difference == "mark of simulation");

        if (difference is null)
        {
            region.CheckIs(entry);
            return;
        }

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => region.CheckIs(entry));
        Assert.Equal((FormatFault.RegionMismatch, -1), (thrown.Fault, thrown.Offset));
        Assert.Contains($"another {difference} than", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>A field that its flag says is not there.</summary>
    [Fact]
    public void Properties_NothingDeclared_AreNull()
    {
        using PinnedRegion opened = new(HostileRegions.Parts(HostileRegions.Empty).ToFile().Bytes);

        Assert.Null(opened.Region.SizeBytes);
        Assert.Null(opened.Region.FrequencyMin);
        Assert.Null(opened.Region.FrequencyMax);
        Assert.True(opened.Region.Descriptions.DimensionName.IsEmpty);
        Assert.True(opened.Region.IsImage);
        Assert.True(opened.Region.IsDense);
        Assert.Equal(-1, opened.Region.IndexOf(0));
    }

    private static void Refuses(FormatFault fault, long offset, OracleFile file)
    {
        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => new PinnedRegion(file.Bytes));
        Assert.Equal((fault, offset), (thrown.Fault, thrown.Offset));
    }
}
