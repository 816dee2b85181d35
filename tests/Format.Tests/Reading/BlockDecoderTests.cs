using Lamina.Format.Codec;
using Lamina.Format.Layout;

namespace Lamina.Format.Tests.Reading;

public class BlockDecoderTests
{
    private static readonly byte[] Dictionary = "dictionary"u8.ToArray();

    // A literal, a match of eight, twelve literals, as LZ4 wants the end of a block.
    private static byte[] Block(byte offset) => [0x14, (byte)'a', offset, 0, 0xC0, .. "twelve bytes"u8];

    [Theory, Trait("Spec", "BLK-7"), Trait("Spec", "BLK-3")]
    [InlineData(3, true)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    public void TryDecode_Stored_TakesTheExactLengthAlone(int length, bool decodes)
    {
        byte[] target = new byte[length];

        Assert.Equal(decodes, BlockDecoder.TryDecode(BlockCodec.Stored, [1, 2, 3], [], target));
        Assert.Equal(decodes, target.AsSpan().SequenceEqual((byte[])[1, 2, 3]));
    }

    [Theory, Trait("Spec", "BLK-8")]
    [InlineData(21, true)]
    [InlineData(20, false)]
    [InlineData(22, false)]
    public void TryDecode_Lz4_TakesTheExactLengthAlone(int length, bool decodes)
    {
        byte[] target = new byte[length];

        Assert.Equal(decodes, BlockDecoder.TryDecode(BlockCodec.Lz4, Block(offset: 1), [], target));
        if (decodes)
            Assert.Equal("aaaaaaaaatwelve bytes"u8, target);
    }

    [Fact, Trait("Spec", "BLK-9"), Trait("Spec", "DIC-1")]
    public void TryDecode_MatchBeforeTheBlock_ReachesTheDictionaryWithItsCodecAlone()
    {
        byte[] target = new byte[21];

        Assert.False(BlockDecoder.TryDecode(BlockCodec.Lz4, Block(offset: 9), Dictionary, target));
        Assert.False(BlockDecoder.TryDecode(BlockCodec.Lz4WithDictionary, Block(offset: 12), Dictionary, target));
        Assert.True(BlockDecoder.TryDecode(BlockCodec.Lz4WithDictionary, Block(offset: 11), Dictionary, target));
        Assert.Equal("adictionatwelve bytes"u8, target);
    }

    [Theory, Trait("Spec", "BLK-9"), Trait("Spec", "TRU-4")]
    [InlineData(1)]
    [InlineData(2)]
    public void TryDecode_OffsetOfZero_IsRefusedAndShowsNothingThatWasInTheTarget(int codec)
    {
        byte[] stored = [0xFF, 17, .. new byte[32], 0, 0, 50, 0xC0, .. "twelve bytes"u8];
        byte[] target = new byte[32 + 69 + 12];
        target.AsSpan().Fill(0xA5);

        Assert.False(BlockDecoder.TryDecode((BlockCodec)codec, stored, Dictionary, target));

        Assert.DoesNotContain((byte)0xA5, target);
    }
}
