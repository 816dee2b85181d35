using Lamina.Format.Publishing;
using Lamina.Format.Tests.Conversion;
using Lamina.Format.Tests.Hostile;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Verification;

namespace Lamina.Format.Tests.Properties;

/// <summary>Files at a limit are read, files one past it refused. Limits that only a file of gigabytes could reach are
/// compared with the specification alone; the corpus has headers that declare them.</summary>
public class LimitTests
{
    private static readonly OracleRegion One = new() { Dimension = 5, Layers = [new() { Number = 0, Content = [1] }] };

    [Theory, Trait("Spec", "LIM-4"), Trait("Spec", "HDR-8")]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(24, true)]
    [InlineData(25, false)]
    public void Open_BlockSizeLog2_IsAcceptedWithinTheLimit(byte log2, bool valid) =>
        Check(OracleEncoder.ToParts(One, new OracleOptions { BlockSizeLog2 = log2 }), valid ? null : FormatFault.LimitExceeded);

    [Theory, Trait("Spec", "LIM-6"), Trait("Spec", "HDR-9")]
    [InlineData(0, true)]
    [InlineData(12, true)]
    [InlineData(13, false)]
    public void Open_AlignmentLog2_IsAcceptedWithinTheLimit(byte log2, bool valid) =>
        Check(OracleEncoder.ToParts(One, new OracleOptions { AlignmentLog2 = log2 }), valid ? null : FormatFault.LimitExceeded);

    [Theory, Trait("Spec", "LIM-7"), Trait("Spec", "HDR-16")]
    [InlineData(1, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void Open_DimensionNameLength_IsAcceptedWithinTheLimit(int length, bool valid) =>
        Check(OracleEncoder.ToParts(One with { Name = new string('n', length) }), valid ? null : FormatFault.HeaderField);

    [Theory, Trait("Spec", "LIM-7"), Trait("Spec", "LAY-3")]
    [InlineData(1, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void Descriptions_LayerNameLength_IsAcceptedWithinTheLimit(int length, bool valid) =>
        Check(With(One.Layers[0] with { Name = new string('n', length) }), valid ? null : FormatFault.LayerDescription);

    [Theory, Trait("Spec", "LIM-8"), Trait("Spec", "KEY-2")]
    [InlineData(1, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void Descriptions_KeywordLength_IsAcceptedWithinTheLimit(int length, bool valid)
    {
        Check(With(One.Layers[0] with { Keywords = [new string('k', length)] }), valid ? null : FormatFault.Keywords);
        Check(With(One.Layers[0] with { Keywords = [new string('k', length), "z"] }), valid ? null : FormatFault.Keywords);
    }

    [Theory, Trait("Spec", "LIM-9")]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void Descriptions_KeywordsOfALayer_AreAcceptedWithinTheLimit(int count, bool valid)
    {
        OracleParts parts = HostileRegions.Parts(One);
        parts.Layers[0].KeywordCount = (ushort)count;
        for (uint k = 0; k < count; k++)
        {
            // Three bytes each, ascending.
            parts.Keywords.Add(new OracleKeyword { StringOffset = 3 * k, PostingStart = k });
            parts.Strings = [.. parts.Strings, (byte)'k', (byte)(k >> 7), (byte)(k & 0x7F)];
            parts.LayerKeywords.Add(k);
            parts.Postings.Add(0);
        }

        Check(parts, valid ? null : FormatFault.LimitExceeded);
    }

    [Theory, Trait("Spec", "LIM-12"), Trait("Spec", "HDR-11")]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Open_Sections_AreAcceptedWithinTheLimit(int count, bool valid)
    {
        OracleParts parts = HostileRegions.Parts(One);
        for (uint kind = 12; kind <= count; kind++)
            parts.Extra.Add(new OracleSection { Kind = kind, Flags = 0, Bytes = [1] });

        Check(parts, valid ? null : FormatFault.LimitExceeded);
    }

    [Theory, Trait("Spec", "LIM-13"), Trait("Spec", "DIC-1")]
    [InlineData(1, true)]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public void Open_DictionaryLength_IsAcceptedWithinTheLimit(int length, bool valid)
    {
        byte[] dictionary = Enumerable.Range(0, length).Select(static i => (byte)(i * 31 >> 3)).ToArray();
        byte[] content = [.. dictionary.Take(400), .. new byte[100]];
        OracleRegion region = One with { Layers = [One.Layers[0] with { Content = content }] };
        OracleParts parts = OracleEncoder.ToParts(region, new OracleOptions { Codec = 2, Dictionary = dictionary });
        Assert.Equal(2u, parts.Blocks[0].Codec);

        Check(parts, valid ? null : FormatFault.LimitExceeded);
    }

    [Theory, Trait("Spec", "LIM-13"), Trait("Spec", "DIC-4")]
    [InlineData(65_540, null)]
    [InlineData(65_541, FormatFault.LimitExceeded)]
    public void Open_DictionarySection_IsAcceptedWithinTheLimit(int length, FormatFault? fault)
    {
        OracleParts parts = HostileRegions.Lz4(HostileSections.Run(100), 100, codec: 2);
        parts.DictionarySection = [0, 0, 1, 0, .. new byte[length - 4]];

        Check(parts, fault);
    }

    /// <summary>A match may reach back as far as LZ4 can: to the first byte of a dictionary of 64 KiB but one.</summary>
    [Fact, Trait("Spec", "DIC-1"), Trait("Spec", "BLK-9")]
    public void Decode_MatchAtTheReachOfLz4_ReadsTheDictionary()
    {
        byte[] dictionary = new byte[65_536];
        "the first bytes"u8.CopyTo(dictionary.AsSpan(1));
        List<byte> block = [];
        OracleLz4.Sequence(block, [], 65_535, 15);
        OracleLz4.Sequence(block, "12345"u8.ToArray(), 0, 0);
        OracleParts parts = HostileRegions.Lz4([.. block,], 20, codec: 2);
        parts.Dictionary = dictionary;

        using PinnedRegion opened = new(parts.ToFile().Bytes);

        Assert.Equal("the first bytes12345"u8, opened.Decode(0));
    }

    [Theory, Trait("Spec", "LIM-14"), Trait("Spec", "BLK-4")]
    [InlineData(10, 2550, FormatFault.BlockEncoding)] // within the limit, so it is decoded, and is no LZ4
    [InlineData(10, 2551, FormatFault.BlockTable)]
    public void Open_DecodedLength_IsAcceptedWithinTheRatio(int stored, int decoded, FormatFault fault) =>
        Check(HostileRegions.Lz4(new byte[stored], decoded), fault);

    [Theory, Trait("Spec", "LIM-16"), Trait("Spec", "LAY-4")]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public void Descriptions_ChainOfParents_IsAcceptedWithinTheDepth(int count, bool valid)
    {
        OracleParts parts = HostileRegions.Parts(new OracleRegion { Dimension = 5 });
        for (int i = 0; i < count; i++)
        {
            parts.Locations.Add(new OracleLocation { ImageOffset = 0, Length = 0, Block = OracleFields.NoIndex });
            parts.Layers.Add(new OracleDescription { Parent = i == 0 ? OracleFields.NoIndex : (uint)(i - 1), Depth = (ushort)i });
        }

        OracleRegion named = new()
        {
            Dimension = 5,
            Layers = [.. Enumerable.Range(0, count).Select(
            static i => new OracleLayer { Number = (uint)i })]
        };
        parts.Fingerprint = OracleHash.Fingerprint(named);
        Check(parts, valid ? null : FormatFault.LayerDescription, decodeByOracle: false);
    }

    /// <summary>The strings one after the other are UTF-8; two of them by themselves are not.</summary>
    [Fact, Trait("Spec", "STR-1")]
    public void Descriptions_CharacterAcrossTwoStrings_IsRefused()
    {
        OracleParts parts = HostileRegions.Parts(One with { Name = "Di?", Layers = [One.Layers[0] with { Name = "?me" }] });
        parts.Strings[2] = 0xC3;
        parts.Strings[3] = 0xA9;
        Assert.Equal("Dié"u8, parts.Strings.AsSpan(0, 4));

        Check(parts, FormatFault.Strings);
    }

    [Fact, Trait("Spec", "LIM-17"), Trait("Spec", "MAN-2")]
    public void Load_ManifestOverTheLimit_IsRefusedBeforeItIsRead()
    {
        using TemporaryFolder root = new();
        using (FileStream file = File.Create(root.Under(OracleManifest.FileName)))
            file.SetLength(Limits.MaxManifestLength + 1L);
        long before = GC.GetAllocatedBytesForCurrentThread();

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => DataSetManifest.Load(root.Path));

        Assert.Equal(FormatFault.LimitExceeded, thrown.Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static OracleParts With(OracleLayer layer) => HostileRegions.Parts(One with { Layers = [layer] });

    private static void Check(OracleParts parts, FormatFault? expected, bool decodeByOracle = true)
    {
        byte[] file = parts.ToFile().Bytes;
        FormatFault? found = null;
        try
        {
            using PinnedRegion opened = new(file);
            RegionVerifier.Verify(opened.Region, null, default);
        }
        catch (LaminaFormatException e)
        {
            found = e.Fault;
        }

        Assert.Equal(expected, found);
        if (decodeByOracle)
            Assert.Equal(expected is null, Record.Exception(() => OracleDecoder.Decode(file)) is null);
    }
}
