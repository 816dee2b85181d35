using Lamina.Format.Tests.Oracle;
using static Lamina.Format.FormatFault;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Hostile;

/// <summary>Chapter 4, and numbers and locations of chapter 5.</summary>
internal static class HostileContents
{
    public static void AddTo(HostileBuilder corpus)
    {
        AddBlockTable(corpus);
        AddEncodings(corpus);
        AddNumbers(corpus);
        AddLocations(corpus);
    }

    private static void AddBlockTable(HostileBuilder corpus)
    {
        OracleFile three = HostileRegions.OneBlockEach().ToFile();
        Block(
            corpus, "BLK-1-first-block-elsewhere", 0, OracleFields.Block.Offset, 8,
            three.Get(three.Field(Kind.Blocks, 0, 0), 8) + 8);
        Block(corpus, "BLK-1-offset-out-of-file", 1, OracleFields.Block.Offset, 8, 1UL << 40);
        Block(corpus, "BLK-1-offset-huge", 1, OracleFields.Block.Offset, 8, ulong.MaxValue);
        Block(
            corpus, "BLK-1-offset-not-aligned", 1, OracleFields.Block.Offset, 8,
            three.Get(three.Field(Kind.Blocks, 0, 0), 8) + 5);
        Block(corpus, "BLK-1-blocks-overlap", 2, OracleFields.Block.Offset, 8, three.Get(three.Field(Kind.Blocks, 1, 0), 8));
        corpus.Sections(
            "BLK-1-content-after-the-last-block", BlockTable, static f => f.Offset(Kind.Content) + f.Length(Kind.Content) - 1,
            static sections => sections[1].Bytes = [.. sections[1].Bytes, 0]);
        corpus.Sections(
            "BLK-1-content-without-blocks", BlockTable, static f => f.Offset(Kind.Content),
            static sections => sections[1].Bytes = [0], parts: HostileRegions.Parts(HostileRegions.Empty));
        corpus.Sections(
            "BLK-1-block-leaves-content", BlockTable, static f => f.Field(Kind.Blocks, 0, OracleFields.Block.StoredLength),
            static sections => sections[1].Bytes = sections[1].Bytes[..^1]);
        Block(corpus, "BLK-2-first-image-offset", 0, OracleFields.Block.ImageOffset, 8, 8);
        Block(corpus, "BLK-2-image-offset-not-aligned", 1, OracleFields.Block.ImageOffset, 8, 5);
        Block(corpus, "BLK-2-image-offset-huge", 2, OracleFields.Block.ImageOffset, 8, ulong.MaxValue - 7);
        Block(corpus, "BLK-3-stored-length-zero", 1, OracleFields.Block.StoredLength, 4, 0);
        Block(corpus, "BLK-3-stored-length-not-decoded-length", 1, OracleFields.Block.StoredLength, 4, 9);
        corpus.Change(
            "BLK-3-lz4-not-shorter", BlockTable, HostileStage.Open,
            static f => f.Field(Kind.Blocks, 0, OracleFields.Block.StoredLength), static _ => { },
            HostileRegions.Lz4([0x30, 1, 2, 3], 4));
        corpus.Change(
            "BLK-4-decoded-length-zero", BlockTable, HostileStage.Open,
            static f => f.Field(Kind.Blocks, 0, OracleFields.Block.StoredLength), static parts =>
            {
                // BLK-3 sees it first: no stored length is less than zero.
                parts.Blocks[0].DecodedLength = 0;
                parts.Blocks[0].Codec = 1;
            });
        corpus.Change(
            "LIM-14-ratio-over-255", BlockTable, HostileStage.Open,
            static f => f.Field(Kind.Blocks, 0, OracleFields.Block.DecodedLength), static _ => { },
            HostileRegions.Lz4(new byte[10], 2551));
        corpus.Change(
            "LIM-14-size-bomb", BlockTable, HostileStage.Open,
            static f => f.Field(Kind.Blocks, 0, OracleFields.Block.DecodedLength),
            static parts => SetLength(parts, 2_113_929_216), HostileRegions.Lz4(HostileSections.Run(1000), 1000));
        corpus.Change(
            "BLK-4-longer-than-a-layer-may-be", BlockTable, HostileStage.Open,
            static f => f.Field(Kind.Blocks, 0, OracleFields.Block.DecodedLength),
            static parts => SetLength(parts, 2_113_929_217), HostileRegions.Lz4(HostileSections.Run(1000), 1000));

        OracleRegion two = new()
        {
            Dimension = 5,
            Layers = [new() { Number = 0, Content = new byte[600] }, new() { Number = 1, Content = new byte[600] }]
        };
        OracleParts packed = OracleEncoder.ToParts(two, new OracleOptions { BlockSizeLog2 = 11, Codec = 1 });
        corpus.Change(
            "BLK-4-two-layers-over-the-block-size", BlockTable, HostileStage.Open,
            static f => f.Field(Kind.Blocks, 0, OracleFields.Block.DecodedLength), static parts => parts.BlockSizeLog2 = 10,
            packed);
        Block(corpus, "BLK-5-first-layer", 1, OracleFields.Block.FirstLayer, 4, 2);
        Block(corpus, "BLK-5-first-layer-none", 1, OracleFields.Block.FirstLayer, 4, NoIndex);
        Block(corpus, "BLK-7-codec-3", 0, OracleFields.Block.Codec, 4, 3);
        Block(corpus, "BLK-7-codec-huge", 0, OracleFields.Block.Codec, 4, uint.MaxValue);

        OracleFile file = HostileRegions.OneBlockEach().ToFile();
        corpus.Add(
            "CHK-4-block-byte", BlockChecksum, (long)file.Get(file.Field(Kind.Blocks, 1, 0), 8), HostileStage.Decode,
            file.Flip((int)file.Get(file.Field(Kind.Blocks, 1, 0), 8) + 3).Bytes);
        OracleFile lz4 = HostileRegions.Lz4(HostileSections.Run(100), 100).ToFile();
        corpus.Add(
            "CHK-4-lz4-block-byte", BlockChecksum, lz4.Offset(Kind.Content), HostileStage.Decode,
            lz4.Flip(lz4.Offset(Kind.Content) + 2).Bytes);
        OracleFile exchanged = HostileRegions.OneBlockEach().ToFile();
        exchanged.Set(
            exchanged.Field(Kind.Blocks, 0, OracleFields.Block.Checksum), 8,
            exchanged.Get(exchanged.Field(Kind.Blocks, 1, OracleFields.Block.Checksum), 8));
        corpus.Add(
            "BLK-6-checksum-of-another-block", BlockChecksum, exchanged.Offset(Kind.Content), HostileStage.Decode,
            exchanged.SealSections().SealRoots().Bytes);
    }

    private static void SetLength(OracleParts parts, uint length)
    {
        parts.Blocks[0].DecodedLength = length;
        parts.Locations[0].Length = length;
        parts.ContentLength = length;
        parts.ImageLength = length;
    }

    private static void Block(HostileBuilder corpus, string name, int block, int field, int size, ulong value) =>
        corpus.Patch(
            name, BlockTable, f => f.Field(Kind.Blocks, block, field), size, value, parts: HostileRegions.OneBlockEach());

    private static void AddEncodings(HostileBuilder corpus)
    {
        byte[] run = HostileSections.Run(100);
        Encoding("BLK-8-output-too-short", run, 101);
        Encoding("BLK-8-output-too-long", run, 99);
        Encoding("BLK-8-input-after-the-end", [.. run, 0], 100);
        Encoding("BLK-8-ends-before-its-literals", run[..^1], 100);
        Encoding("BLK-8-ends-in-a-literal-length", [0xF0, 255], 500);
        Encoding("BLK-8-ends-in-an-offset", [0x10, 1, 1], 100);
        Encoding("BLK-8-ends-in-a-match-length", [0x1F, 1, 1, 0, 255], 600);
        Encoding("BLK-8-literals-over-the-output", [0xF0, 255, 255, 255, 0, .. new byte[40]], 100);
        Encoding("BLK-8-match-over-the-output", [0x1F, 1, 1, 0, 255, 255, 0, 0x50, 1, 2, 3, 4, 5], 100);
        Encoding("BLK-9-offset-before-the-start", Sequences([1, 2, 3], offset: 4, match: 80), 88);
        Encoding("BLK-9-offset-far-before-the-start", Sequences([1, 2, 3], offset: 65535, match: 80), 88);
        Encoding("BLK-9-offset-before-the-dictionary", Sequences([1, 2, 3], offset: 14, match: 80), 88, codec: 2);
        Encoding("BLK-9-zero-offset", Sequences([1, 2, 3], offset: 0, match: 80), 88);
        Encoding("BLK-9-zero-offset-with-dictionary", Sequences([1, 2, 3], offset: 0, match: 80), 88, codec: 2);

        void Encoding(string name, byte[] stored, int decodedLength, uint codec = 1) =>
            corpus.Change(
                name, BlockEncoding, HostileStage.Decode, static f => f.Offset(Kind.Content), static _ => { },
                HostileRegions.Lz4(stored, decodedLength, codec));
    }

    /// <summary>A block of one match and the five literals that end it.</summary>
    private static byte[] Sequences(byte[] literals, int offset, int match)
    {
        List<byte> block = [];
        OracleLz4.Sequence(block, literals, offset, match);
        OracleLz4.Sequence(block, [1, 2, 3, 4, 5], 0, 0);
        return [.. block];
    }

    private static void AddNumbers(HostileBuilder corpus)
    {
        Numbers("NUM-2-not-ascending", 2, [30, 50, 40, 60]);
        Numbers("NUM-2-twice", 3, [30, 40, 50, 50]);
        Numbers("NUM-2-consecutive", 0, [30, 31, 32, 33]);
        Numbers("NUM-2-first-is-not-the-headers", 0, [29, 40, 50, 60]);
        corpus.Change(
            "NUM-2-one-layer-listed", LayerNumbers, HostileStage.Open, static f => f.Field(Kind.Numbers, 0, 0),
            static parts => parts.Numbers = [0], HostileRegions.Lz4(HostileSections.Run(100), 100));

        void Numbers(string name, int index, List<uint> numbers) =>
            corpus.Change(
                name, LayerNumbers, HostileStage.Open, f => f.Field(Kind.Numbers, index, 0), parts => parts.Numbers = numbers,
                HostileRegions.Parts(HostileRegions.Sparse));
    }

    private static void AddLocations(HostileBuilder corpus)
    {
        OracleParts packed() => HostileRegions.Parts();
        OracleParts split() => HostileRegions.OneBlockEach();
        Location("LOC-1-image-offset-before-its-place", 1, OracleFields.Location.ImageOffset, 8, 0, packed());
        Location("LOC-1-image-offset-after-its-place", 1, OracleFields.Location.ImageOffset, 8, 16, packed());
        Location("LOC-1-image-offset-not-aligned", 1, OracleFields.Location.ImageOffset, 8, 5, packed());
        Location("LOC-1-image-offset-huge", 1, OracleFields.Location.ImageOffset, 8, ulong.MaxValue, packed());
        Location("LOC-1-first-in-its-block", 1, OracleFields.Location.ImageOffset, 8, 16, split());
        Location("LOC-2-length-over-limit", 0, OracleFields.Location.Length, 4, 2_113_929_217, packed());
        Location("LOC-2-length-huge", 0, OracleFields.Location.Length, 4, uint.MaxValue, packed());
        Location("LOC-3-empty-with-block", 2, OracleFields.Location.Block, 4, 0, packed());
        Location("LOC-3-empty-with-image-offset", 2, OracleFields.Location.ImageOffset, 8, 8, packed());
        Location("LOC-3-content-without-block", 1, OracleFields.Location.Block, 4, NoIndex, split());
        Location("LOC-3-first-content-without-block", 0, OracleFields.Location.Block, 4, NoIndex, split());
        Location("LOC-3-block-out-of-range", 3, OracleFields.Location.Block, 4, 2, WithoutLastBlock());
        Location("LOC-3-content-leaves-its-block", 3, OracleFields.Location.Length, 4, 9, packed());
        Location("LOC-4-first-block-is-not-0", 0, OracleFields.Location.Block, 4, 1, split());
        Location("LOC-4-block-left-out", 1, OracleFields.Location.Block, 4, 2, split());
        Location("LOC-4-block-goes-back", 3, OracleFields.Location.Block, 4, 0, split());
        corpus.Change(
            "LOC-4-block-longer-than-its-contents", BlockTable, HostileStage.Open,
            static f => f.Field(Kind.Blocks, 1, OracleFields.Block.DecodedLength), static parts =>
            {
                parts.Locations[1].Length--;
                parts.ContentLength--;
            }, split());
        corpus.Change(
            "LOC-4-block-without-layer", BlockTable, HostileStage.Open,
            static f => f.Field(Kind.Blocks, 3, OracleFields.Block.FirstLayer), static parts =>
            {
                parts.Blocks.Add(new OracleBlock
                {
                    Stored = [1],
                    ImageOffset = 32,
                    DecodedLength = 1,
                    Codec = 0,
                    FirstLayer = 3
                });
                parts.ImageLength = 33;
            }, split());

        corpus.Patch(
            "LOC-5-padding-between-contents", ReservedNotZero, static f => f.Offset(Kind.Content) + 6, 1, 1, HostileStage.Verify);
        byte[] plain = [.. Enumerable.Repeat((byte)7, 50), .. Enumerable.Repeat((byte)9, 6), .. Enumerable.Repeat((byte)7, 50)];
        OracleRegion region = new()
        {
            Dimension = 5,
            Layers = [new() { Number = 0, Content = plain[..50] }, new() { Number = 1, Content = plain[56..] }]
        };
        corpus.Change(
            "LOC-5-padding-between-lz4-contents", ReservedNotZero, HostileStage.Verify, static f => f.Offset(Kind.Content),
            parts =>
            {
                parts.Blocks[0].Stored = OracleLz4.Encode(plain, []);
                parts.Blocks[0].Codec = 1;
            }, HostileRegions.Parts(region));

        static OracleParts WithoutLastBlock()
        {
            OracleParts parts = HostileRegions.OneBlockEach();
            parts.Blocks.RemoveAt(2);
            parts.ImageLength = parts.Blocks[1].ImageOffset + parts.Blocks[1].DecodedLength;
            return parts;
        }

        void Location(string name, int layer, int field, int size, ulong value, OracleParts parts) =>
            corpus.Patch(name, LayerLocation, f => f.Field(Kind.Locations, layer, field), size, value, parts: parts);
    }
}
