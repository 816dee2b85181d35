using System.Text;
using Lamina.Format.Tests.Oracle;
using static Lamina.Format.FormatFault;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Hostile;

/// <summary>Chapters 1 and 2.</summary>
internal static class HostileHeaders
{
    private const ulong MinusZero = 1UL << 63;

    public static void AddTo(HostileBuilder corpus)
    {
        AddMagicAndVersions(corpus);
        AddLengths(corpus);
        AddFields(corpus);
        AddNumbers(corpus);
    }

    private static void AddMagicAndVersions(HostileBuilder corpus)
    {
        byte[] whole = HostileRegions.Parts().ToFile().Bytes;
        corpus.Add(
            "HDR-1-not-a-region", NotARegion, 0, HostileStage.Open,
            Encoding.ASCII.GetBytes("{ \"dimensions\": [] }".PadRight(400)));
        corpus.Add("HDR-1-magic-letter", NotARegion, 0, HostileStage.Open, [.. whole[..3], (byte)'O', .. whole[4..]]);
        corpus.Add("HDR-1-magic-last-byte", DamagedInTransfer, 0, HostileStage.Open, [.. whole[..7], 0x0B, .. whole[8..]]);
        corpus.Add("HDR-1-magic-first-byte", NotARegion, 0, HostileStage.Open, [0x88, .. whole[1..]]);
        corpus.Add("HDR-1-seven-bits", DamagedInTransfer, 0, HostileStage.Open, [.. whole.Select(static b => (byte)(b & 0x7F))]);
        corpus.Add("HDR-1-crlf-to-lf", DamagedInTransfer, 0, HostileStage.Open, Replace(whole, [0x0D, 0x0A], [0x0A]));
        corpus.Add("HDR-1-lf-to-crlf", DamagedInTransfer, 0, HostileStage.Open, Replace(whole, [0x0A], [0x0D, 0x0A]));
        corpus.Add("HDR-1-crlf-to-cr", DamagedInTransfer, 0, HostileStage.Open, Replace(whole, [0x0D, 0x0A], [0x0D]));

        corpus.Header("HDR-2-major-0", UnsupportedVersion, Header.Major, 2, 0);
        corpus.Header("HDR-2-major-2", UnsupportedVersion, Header.Major, 2, 2);
        byte[] other = HostileRegions.Parts().ToFile().Set(Header.Major, 2, 2).Bytes;
        other.AsSpan(12).Fill(0xEE);
        corpus.Add("HDR-2-major-2-with-another-header", UnsupportedVersion, Header.Major, HostileStage.Open, other);

        corpus.Header("HDR-3-header-length-128", HeaderField, Header.HeaderLength, 4, 128);
        corpus.Header("HDR-3-header-length-256", HeaderField, Header.HeaderLength, 4, 256);
        foreach (uint length in (uint[])[0, 128, 200, 4160, uint.MaxValue])
        {
            // The checksum cannot be right for a length that the file does not have; the length is looked at before it.
            OracleParts parts = HostileRegions.Parts();
            parts.Minor = 1;
            OracleFile file = parts.ToFile().Set(Header.HeaderLength, 4, length);
            corpus.Add(
                $"HDR-3-later-minor-header-length-{length}", HeaderField, Header.HeaderLength, HostileStage.Open, file.Bytes);
        }

        corpus.Header("HDR-4-required-feature-lowest", UnsupportedFeature, Header.RequiredFeatures, 8, 1);
        corpus.Header("HDR-4-required-feature-highest", UnsupportedFeature, Header.RequiredFeatures, 8, 1UL << 63);
    }

    private static void AddLengths(HostileBuilder corpus)
    {
        OracleFile whole = HostileRegions.Parts().ToFile();
        int length = whole.Bytes.Length;
        foreach (int cut in (int[])[0, 8, 100, 191, 192, 543, 544, length - 1])
            corpus.Add(
                $"HDR-6-truncated-at-{(cut == length - 1 ? "last-byte" : cut)}", Truncated, cut, HostileStage.Open,
                whole.Bytes[..cut]);
        OracleParts longer = HostileRegions.Parts();
        longer.Minor = 1;
        longer.HeaderLength = 256;
        corpus.Add("HDR-6-truncated-in-a-longer-header", Truncated, 200, HostileStage.Open, longer.ToFile().Bytes[..200]);
        corpus.Add("HDR-6-extended", TrailingData, length, HostileStage.Open, [.. whole.Bytes, 0]);
        corpus.Add(
            "HDR-6-declared-longer", Truncated, length, HostileStage.Open,
            whole.Copy().Set(Header.FileLength, 8, (ulong)length + 1).SealHeader().Bytes);
        corpus.Add(
            "HDR-6-declared-shorter", TrailingData, length - 1, HostileStage.Open,
            whole.Copy().Set(Header.FileLength, 8, (ulong)length - 1).SealHeader().Bytes);
        corpus.Header("LIM-15-file-length", LimitExceeded, Header.FileLength, 8, (1UL << 48) + 1);
        corpus.Header("LIM-15-file-length-negative", LimitExceeded, Header.FileLength, 8, ulong.MaxValue);
        corpus.Add("CHK-1-header-checksum", HeaderChecksum, 0, HostileStage.Open, whole.Copy().Flip(Header.HeaderChecksum).Bytes);
        corpus.Add("CHK-1-header-byte", HeaderChecksum, 0, HostileStage.Open, whole.Copy().Flip(Header.FrequencyMax).Bytes);
        corpus.Add(
            "CHK-2-section-table-checksum", SectionTableChecksum, HeaderSize, HostileStage.Open,
            whole.Copy().Flip(Header.SectionTableChecksum).SealHeader().Bytes);
        corpus.Add(
            "CHK-2-section-table-byte", SectionTableChecksum, HeaderSize, HostileStage.Open,
            whole.Copy().Flip(HeaderSize + 100).Bytes);

        OracleParts later = HostileRegions.Parts();
        later.Minor = 1;
        later.HeaderLength = 256;
        corpus.Add("CHK-1-longer-header-byte", HeaderChecksum, 0, HostileStage.Open, later.ToFile().Flip(250).Bytes);
    }

    private static void AddFields(HostileBuilder corpus)
    {
        corpus.Header("HDR-7-dimension-zero", HeaderField, Header.Dimension, 2, 0);
        corpus.Header("HDR-8-block-size-too-small", LimitExceeded, Header.BlockSizeLog2, 1, 9);
        corpus.Header("HDR-8-block-size-too-large", LimitExceeded, Header.BlockSizeLog2, 1, 25);
        corpus.Header("HDR-8-block-size-shift-overflow", LimitExceeded, Header.BlockSizeLog2, 1, 255);
        corpus.Header("HDR-9-alignment-too-large", LimitExceeded, Header.AlignmentLog2, 1, 13);
        corpus.Header("HDR-9-alignment-shift-overflow", LimitExceeded, Header.AlignmentLog2, 1, 64);
        corpus.Header("HDR-10-unknown-flag-lowest", HeaderField, Header.Flags, 4, 0x2F);
        corpus.Header("HDR-10-unknown-flag-highest", HeaderField, Header.Flags, 4, 0x8000_000F);
        corpus.Header("HDR-11-section-count-65", LimitExceeded, Header.SectionCount, 4, 65);
        corpus.Header("HDR-11-section-count-huge", LimitExceeded, Header.SectionCount, 4, uint.MaxValue);
        corpus.Sections(
            "HDR-11-section-count-10", LimitExceeded, static _ => Header.SectionCount, static sections => sections.RemoveAt(10));
        corpus.Header("HDR-12-layer-count", LimitExceeded, Header.LayerCount, 4, 33_554_433);
        corpus.Header("HDR-12-layer-count-huge", LimitExceeded, Header.LayerCount, 4, uint.MaxValue);
        corpus.Header("HDR-13-block-count", LimitExceeded, Header.BlockCount, 4, 33_554_433);
        corpus.Header("HDR-13-more-blocks-than-layers", HeaderField, Header.BlockCount, 4, 5);
        corpus.Header("HDR-14-keyword-count", LimitExceeded, Header.KeywordCount, 4, 134_217_729);
        corpus.Header(
            "HDR-15-first-number-without-layers", HeaderField, Header.FirstNumber, 4, 1,
            HostileRegions.Parts(HostileRegions.Empty));
        corpus.Header("HDR-15-last-number-over-32-bits", HeaderField, Header.FirstNumber, 4, 4_294_967_293);
        corpus.Header("HDR-16-name-length-zero", HeaderField, Header.NameLength, 4, 0);
        corpus.Header("HDR-16-name-length-1025", HeaderField, Header.NameLength, 4, 1025);
        corpus.Patch(
            "HDR-16-name-length-over-strings", Strings, static _ => Header.NameLength, 4, 1000, HostileStage.Descriptions);
        corpus.Header(
            "HDR-16-name-length-without-flag", HeaderField, Header.NameLength, 4, 1, HostileRegions.Parts(HostileRegions.Empty));
        corpus.Header("HDR-17-image-length-longer", BlockTable, Header.ImageLength, 8, HostileRegions.Parts().ImageLength + 8);
        corpus.Header(
            "HDR-17-image-length-without-blocks", BlockTable, Header.ImageLength, 8, 1,
            HostileRegions.Parts(HostileRegions.Empty));
        corpus.Header("HDR-17-image-length-over-limit", LimitExceeded, Header.ImageLength, 8, (1UL << 48) + 1);
        corpus.Header(
            "HDR-18-content-length-shorter", LayerLocation, Header.ContentLength, 8, HostileRegions.Parts().ContentLength - 1);
        corpus.Header(
            "HDR-18-content-length-longer", LayerLocation, Header.ContentLength, 8, HostileRegions.Parts().ContentLength + 1);
        corpus.Header("HDR-19-size-below-content", HeaderField, Header.SizeBytes, 8, HostileRegions.Parts().ContentLength - 1);
        corpus.Header("HDR-19-size-over-limit", LimitExceeded, Header.SizeBytes, 8, (1UL << 48) + 1);
        corpus.Header("HDR-19-size-negative", LimitExceeded, Header.SizeBytes, 8, 1UL << 63);
        corpus.Patch("FPR-1-fingerprint", Fingerprint, static _ => Header.Fingerprint, 1, 0x5A, HostileStage.Verify);
        corpus.Header("GEN-5-reserved-first", ReservedNotZero, Header.Reserved, 1, 1);
        corpus.Header("GEN-5-reserved-last", ReservedNotZero, Header.SectionTableChecksum - 1, 1, 0x80);
    }

    private static void AddNumbers(HostileBuilder corpus)
    {
        ulong notANumber = OracleBytes.Bits(double.NaN) & ~MinusZero;
        foreach (
            (string field, int offset) in (ValueTuple<string, int>[])[("min", Header.FrequencyMin), ("max", Header.FrequencyMax)])
        {
            corpus.Header($"GEN-2-frequency-{field}-not-a-number", HeaderField, offset, 8, notANumber);
            corpus.Header($"GEN-2-frequency-{field}-infinite", HeaderField, offset, 8, OracleBytes.Bits(double.PositiveInfinity));
            corpus.Header($"GEN-2-frequency-{field}-negative", HeaderField, offset, 8, OracleBytes.Bits(-1));
            corpus.Header($"GEN-2-frequency-{field}-minus-zero", HeaderField, offset, 8, MinusZero);
            corpus.Header(
                $"GEN-7-frequency-{field}-without-flag", HeaderField, offset, 8, OracleBytes.Bits(1),
                HostileRegions.Parts(HostileRegions.Empty));
        }

        corpus.Header(
            "GEN-7-size-bytes-without-flag", HeaderField, Header.SizeBytes, 8, 1, HostileRegions.Parts(HostileRegions.Empty));

        int frequency = Layer.Frequency;
        corpus.Patch(
            "GEN-2-layer-frequency-not-a-number", LayerDescription, f => f.Field(Kind.Layers, 0, frequency), 8, notANumber,
            HostileStage.Descriptions);
        corpus.Patch(
            "GEN-2-layer-frequency-infinite", LayerDescription, f => f.Field(Kind.Layers, 0, frequency), 8,
            OracleBytes.Bits(double.PositiveInfinity), HostileStage.Descriptions);
        corpus.Patch(
            "GEN-2-layer-frequency-minus-zero", LayerDescription, f => f.Field(Kind.Layers, 0, frequency), 8, MinusZero,
            HostileStage.Descriptions);
        corpus.Patch(
            "GEN-7-layer-frequency-without-flag", LayerDescription, f => f.Field(Kind.Layers, 1, frequency), 8,
            OracleBytes.Bits(1), HostileStage.Descriptions);

        // GEN-4: every padding is zero.
        corpus.Patch(
            "GEN-4-padding-after-section-table", ReservedNotZero, static _ => HeaderSize + (11 * SectionSize), 1, 1,
            HostileStage.Open);
        corpus.Patch(
            "GEN-4-padding-before-layers", ReservedNotZero, static f => f.Offset(Kind.Layers) - 1, 1, 1, HostileStage.Open,
            HostileRegions.Parts(HostileRegions.Sparse with { Layers = [.. HostileRegions.Sparse.Layers.Take(2)] }));
        corpus.Patch(
            "GEN-4-padding-before-strings", ReservedNotZero, static f => f.Offset(Kind.Names) + f.Length(Kind.Names), 1, 0xFF,
            HostileStage.Open);
        corpus.Patch(
            "GEN-4-padding-before-aligned-content", ReservedNotZero, static f => f.Offset(Kind.Content) - 1, 1, 1,
            HostileStage.Open, HostileRegions.Parts(alignmentLog2: 8));
        corpus.Patch(
            "GEN-4-padding-between-blocks", ReservedNotZero, static f => f.Offset(Kind.Content) + 5, 1, 1, HostileStage.Verify,
            HostileRegions.OneBlockEach());
    }

    private static byte[] Replace(byte[] bytes, byte[] old, byte[] other)
    {
        List<byte> result = [];
        for (int i = 0; i < bytes.Length;)
        {
            bool found = bytes.AsSpan(i).StartsWith(old);
            result.AddRange(found ? other : [bytes[i]]);
            i += found ? old.Length : 1;
        }

        return [.. result];
    }
}
