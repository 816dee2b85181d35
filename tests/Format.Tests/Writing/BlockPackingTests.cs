using Lamina.Format.Conversion;
using Lamina.Format.Layout;
using Lamina.Format.Reading;
using Lamina.Format.Tests.Conversion;

namespace Lamina.Format.Tests.Writing;

public sealed class BlockPackingTests
{
    [Theory, Trait("Spec", "CAN-1"), Trait("Spec", "BLK-2"), Trait("Spec", "LOC-1")]
    [InlineData(1, new[] { 1024 }, new[] { 0 }, new long[] { 0 })]
    [InlineData(1, new[] { 1000, 24, 1 }, new[] { 0, 0, 1 }, new long[] { 0, 1000, 1024 })]
    [InlineData(1, new[] { 1000, 25 }, new[] { 0, 1 }, new long[] { 0, 1000 })]
    [InlineData(8, new[] { 1001, 16, 1 }, new[] { 0, 0, 1 }, new long[] { 0, 1008, 1024 })]
    [InlineData(8, new[] { 1001, 17 }, new[] { 0, 1 }, new long[] { 0, 1008 })]
    [InlineData(1, new[] { 10, 1025, 10 }, new[] { 0, 1, 2 }, new long[] { 0, 10, 1035 })]
    [InlineData(64, new[] { 10, 0, 5000, 0, 3 }, new[] { 0, -1, 1, -1, 2 }, new long[] { 0, 0, 64, 0, 5120 })]
    public async Task Convert_ContentsOfSomeLengths_GoToTheirBlocks(int alignment, int[] lengths, int[] blocks, long[] offsets)
    {
        using TemporaryFolder folder = new();
        InputScript input = new InputScript().Dimension(1);
        for (int i = 0; i < lengths.Length; i++)
            input.Layer(1, (uint)i, new byte[lengths[i]]);

        ConversionResult result = await input.ConvertAsync(
            folder.Path, new ConversionOptions { BlockSize = 1024, ContentAlignment = alignment, Level = CompressionLevel.None });

        using MappedFile file = new(folder.Under(result.Manifest.Dimensions[0].File));
        LayerLocation[] locations = Region.Open(file.View, null).Locations.ToArray();
        Assert.Equal(blocks, locations.Select(location => (int)location.Block));
        Assert.Equal(offsets, locations.Select(location => location.ImageOffset));
    }

    [Theory, Trait("Spec", "CAN-2")]
    [InlineData(CompressionLevel.None, BlockCodec.Stored)]
    [InlineData(CompressionLevel.Fast, BlockCodec.Lz4)]
    [InlineData(CompressionLevel.High, BlockCodec.Lz4)]
    [InlineData(CompressionLevel.Max, BlockCodec.Lz4)]
    public async Task Convert_BlocksThatShrinkAndNot_AreStoredAsTheLevelSays(CompressionLevel level, object codec)
    {
        using TemporaryFolder folder = new();
        byte[] noise = new byte[4096];
        new System.Random(1).NextBytes(noise);
        InputScript input = new InputScript().Dimension(1).Layer(1, 0, noise).Layer(1, 1, new byte[4096]);

        ConversionResult result = await input.ConvertAsync(folder.Path, new ConversionOptions { BlockSize = 4096, Level = level });

        using MappedFile file = new(folder.Under(result.Manifest.Dimensions[0].File));
        Region region = Region.Open(file.View, null);
        Assert.Equal(
            [BlockCodec.Stored, (BlockCodec)codec],
            region.Blocks.ToArray().Select(block => (BlockCodec)block.Codec));
        Assert.Equal(level == CompressionLevel.None ? 8 : 1, region.ContentAlignment);
    }

    [Theory, Trait("Spec", "CAN-2")]
    [InlineData(16, 0)]
    [InlineData(300, 30)]
    [InlineData(16_000, 900)]
    public async Task Convert_BlocksAroundTheSixteenth_AreLz4OnlyIfItSavesThat(int length, int zeros)
    {
        // Noise with ever more zeros: somewhere on the way LZ4 begins to save a sixteenth.
        using TemporaryFolder folder = new();
        InputScript input = new InputScript().Dimension(1);
        for (int i = 0; i < 64; i++)
        {
            byte[] content = new byte[length];
            new System.Random(i).NextBytes(content.AsSpan(Math.Min(length, zeros * i / 8)));
            input.Layer(1, (uint)i, content);
        }

        ConversionResult result = await input.ConvertAsync(folder.Path, new ConversionOptions { BlockSize = 1024 });

        using MappedFile file = new(folder.Under(result.Manifest.Dimensions[0].File));
        foreach (BlockEntry block in Region.Open(file.View, null).Blocks)
        {
            if (block.Codec == (uint)BlockCodec.Stored)
                Assert.Equal(block.DecodedLength, block.StoredLength);
            else
                Assert.True(16 * (block.DecodedLength - block.StoredLength) >= block.DecodedLength);
        }
    }
}
