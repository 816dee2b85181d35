using System.Text;
using FsCheck.Xunit;
using Lamina.Format.Input;

namespace Lamina.Format.Tests.Input;

public class LayerInputTests
{
    [Property]
    public void AddKeyword_AnyKeywords_KeepsEachOnceInOrder(byte[] numbers)
    {
        LayerInput layer = new();
        for (int round = 0; round < 2; round++)
        {
            layer.Clear();
            List<string> expected = [];
            foreach (byte number in numbers)
            {
                string keyword = "k" + number;
                Assert.Equal(!expected.Contains(keyword), layer.AddKeyword(Encoding.UTF8.GetBytes(keyword)));
                if (!expected.Contains(keyword))
                    expected.Add(keyword);
            }

            Assert.Equal(expected, Enumerable.Range(0, layer.KeywordCount).Select(i => Encoding.UTF8.GetString(layer.Keyword(i))));
        }
    }

    [Fact]
    public void AddKeyword_AsManyAsThereMayBe_ComparesFewOfThem()
    {
        LayerInput layer = new();
        layer.SetName("name"u8);
        for (int i = 0; i < Limits.MaxKeywordsPerLayer; i++)
            Assert.True(layer.AddKeyword(Encoding.UTF8.GetBytes($"keyword {i}")));
        for (int i = 0; i < Limits.MaxKeywordsPerLayer; i++)
            Assert.False(layer.AddKeyword(Encoding.UTF8.GetBytes($"keyword {i}")));

        Assert.Equal(Limits.MaxKeywordsPerLayer, layer.KeywordCount);
        Assert.Equal("name", Encoding.UTF8.GetString(layer.Name));
        Assert.Equal("keyword 4095", Encoding.UTF8.GetString(layer.Keyword(4095)));
    }
}
