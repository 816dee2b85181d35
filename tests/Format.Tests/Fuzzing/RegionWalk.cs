using System.Text;
using Lamina.Format.Reading;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Asks an opened region, whose descriptions were accepted, for everything that it can be asked for.</summary>
internal static class RegionWalk
{
    public static void LookAtEverything(Region region)
    {
        RegionDescriptions descriptions = region.Descriptions;
        for (int layer = 0; layer < region.LayerCount; layer++)
        {
            Assert.Equal(layer, region.IndexOf(region.NumberOf(layer)));
            ReadOnlySpan<byte> name = descriptions.NameOf(layer);
            Assert.Equal(!name.IsEmpty, descriptions.FindName(name).Contains((uint)layer));
            foreach (uint keyword in descriptions.KeywordsOf(layer))
                Assert.True(descriptions.PostingsOf((int)keyword).BinarySearch((uint)layer) >= 0);
        }

        for (int keyword = 0; keyword < region.KeywordCount; keyword++)
        {
            ReadOnlySpan<byte> text = descriptions.Keyword(keyword);
            Assert.Equal(keyword, descriptions.FindKeyword(text));
            (int start, int end) = descriptions.FindKeywords(text[..(text.Length / 2)]);
            Assert.True(start <= keyword && keyword < end);
            Assert.True(text.SequenceEqual(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text))));
        }

        for (int block = 0; block < region.BlockCount; block++)
            Assert.Equal((int)region.Blocks[block].StoredLength, region.StoredBytes(block).Length);
        if (region.FirstNumber > 0)
            Assert.Equal(-1, region.IndexOf(region.FirstNumber - 1));
        Assert.Equal(-1, descriptions.FindKeyword([0xFF]));
        Assert.True(descriptions.FindName([0xFF]).IsEmpty);
    }
}
