using System.Text;
using FsCheck.Xunit;
using Lamina.Format.Reading;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Verification;

namespace Lamina.Format.Tests.Properties;

/// <summary>The library reads whatever the oracle writes, and reads it the same.</summary>
public class ReadingTests
{
    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 300)]
    [Trait("Spec", "GEN-1"), Trait("Spec", "GEN-3"), Trait("Spec", "GEN-6"), Trait("Spec", "HDR-20"), Trait("Spec", "LAY-1")]
    public void Region_WhatTheOracleWrote_IsReadEqualAndWhole(OracleCase @case)
    {
        byte[] file = OracleEncoder.Encode(@case.Region, @case.Options);

        using PinnedRegion opened = new(file);

        Assert.Equal(@case.Region.ToText(), opened.ToOracle().ToText());
        RegionVerifier.Verify(opened.Region, null, default);
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)]), Trait("Spec", "CHK-5")]
    public void Digest_AnyFile_IsTheOracles(OracleCase @case)
    {
        byte[] file = OracleEncoder.Encode(@case.Region, @case.Options);

        using PinnedRegion opened = new(file);

        Assert.Equal(OracleHash.Digest(file), opened.Region.Digest.ToString());
        Assert.Equal(file.Length, opened.Region.FileLength);
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)]), Trait("Spec", "BLK-10")]
    public void Region_AllBlocksStored_IsItsImage(OracleCase @case)
    {
        OracleReading reading = OracleDecoder.Decode(OracleEncoder.Encode(@case.Region, @case.Options));
        byte[] image = new byte[reading.Parts.ImageLength];
        for (int i = 0; i < reading.Blocks.Count; i++)
            reading.Blocks[i].CopyTo(image, (long)reading.Parts.Blocks[i].ImageOffset);

        using PinnedRegion opened = new(OracleEncoder.Encode(@case.Region, @case.Options));

        Region region = opened.Region;
        Assert.Equal(reading.Parts.Blocks.TrueForAll(static block => block.Codec == 0), region.IsImage);
        Assert.Equal(image.Length, region.ImageLength);
        if (region.IsImage)
            Assert.True(region.View.Slice(region.ContentOffset, image.Length).SequenceEqual(image));
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)]), Trait("Spec", "NUM-1"), Trait("Spec", "NUM-2")]
    public void IndexOf_EveryNumberAndItsNeighbours_FindsTheLayerOrNone(OracleCase @case)
    {
        using PinnedRegion opened = new(OracleEncoder.Encode(@case.Region, @case.Options));
        uint[] numbers = @case.Region.Layers.Select(static layer => layer.Number).ToArray();

        foreach (uint number in numbers.SelectMany(static n => (uint[])[unchecked(n - 1), n, unchecked(n + 1)])
            .Concat([0u, uint.MaxValue]))
            Assert.Equal(Array.IndexOf(numbers, number), opened.Region.IndexOf(number));
        Assert.Equal(numbers, Enumerable.Range(0, numbers.Length).Select(opened.Region.NumberOf));
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)])]
    [Trait("Spec", "KEY-1"), Trait("Spec", "KEY-2"), Trait("Spec", "KEY-3"), Trait("Spec", "KEY-4"), Trait("Spec", "KEY-5")]
    public void FindKeyword_EveryWordAndPrefix_NamesTheLayersThatHaveIt(OracleCase @case)
    {
        using PinnedRegion opened = new(OracleEncoder.Encode(@case.Region, @case.Options));
        RegionDescriptions descriptions = opened.Region.Descriptions;
        byte[][] words = @case.Region.Layers.SelectMany(static layer => layer.Keywords).Distinct(StringComparer.Ordinal)
            .Select(OracleEncoder.Utf8).Order(Comparer<byte[]>.Create(OracleBytes.Compare)).ToArray();
        Assert.Equal(words.Length, opened.Region.KeywordCount);

        foreach (byte[] word in words)
        {
            int keyword = descriptions.FindKeyword(word);
            Assert.True(descriptions.Keyword(keyword).SequenceEqual(word));
            Assert.Equal(LayersWith(@case.Region, word), descriptions.PostingsOf(keyword).ToArray());
            Assert.Equal(
                Array.FindIndex(words, other => OracleBytes.Compare(other, [.. word, 0]) == 0),
                descriptions.FindKeyword([.. word, 0]));
            for (int length = 0; length <= Math.Min(word.Length, 4); length++)
            {
                byte[] prefix = word[..length];
                int start = Array.FindIndex(words, other => other.AsSpan().StartsWith(prefix));
                int count = words.Count(other => other.AsSpan().StartsWith(prefix));
                Assert.Equal((start, start + count), descriptions.FindKeywords(prefix));
            }
        }

        Assert.Equal(-1, descriptions.FindKeyword("no such word"u8));
        (int from, int to) = descriptions.FindKeywords("no such word"u8);
        Assert.Equal(from, to);
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)]), Trait("Spec", "NAM-1"), Trait("Spec", "NAM-2")]
    public void FindName_EveryName_NamesItsLayersInOrder(OracleCase @case)
    {
        using PinnedRegion opened = new(OracleEncoder.Encode(@case.Region, @case.Options));
        RegionDescriptions descriptions = opened.Region.Descriptions;

        foreach (string name in @case.Region.Layers.Select(static layer => layer.Name).OfType<string>().Append("no such name")
            .Append("n"))
        {
            uint[] expected = Enumerable.Range(0, @case.Region.Layers.Count).Where(i => @case.Region.Layers[i].Name == name)
                .Select(static i => (uint)i).ToArray();
            Assert.Equal(expected, descriptions.FindName(OracleEncoder.Utf8(name)).ToArray());
        }
    }

    private static uint[] LayersWith(OracleRegion region, byte[] word) => Enumerable.Range(0, region.Layers.Count)
        .Where(i => region.Layers[i].Keywords.Contains(Encoding.UTF8.GetString(word)))
        .Select(static i => (uint)i)
        .ToArray();
}
