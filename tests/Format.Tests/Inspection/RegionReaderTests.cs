using System.Text;
using FsCheck.Xunit;
using Lamina.Format.Inspection;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Inspection;

public sealed class RegionReaderTests : IDisposable
{
    private readonly RegionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 100)]
    public void DescribeAndCopyContent_EveryLayer_SayWhatTheAuthorWrote(OracleCase @case)
    {
        using RegionReader reader = _folder.Open(@case.Region, @case.Options);

        List<OracleLayer> layers = [];
        for (int i = 0; i < reader.LayerCount; i++)
        {
            LayerDescription layer = reader.Describe(i);
            using MemoryStream content = new();
            reader.CopyContent(i, content);
            Assert.Equal(reader.Dimension, layer.Id.Dimension);
            Assert.Equal(i, reader.IndexOf(layer.Id.Number));
            Assert.Equal(content.Length, layer.Length);
            Assert.Equal(layer.Parent is null ? 0 : reader.Describe(reader.IndexOf(layer.Parent.Value)).Depth + 1, layer.Depth);
            layers.Add(new OracleLayer
            {
                Number = layer.Id.Number,
                Name = layer.Name,
                Frequency = layer.Frequency,
                Parent = layer.Parent,
                Keywords = layer.Keywords,
                Content = content.ToArray(),
                Simulated = layer.IsSimulated,
            });
        }

        Assert.Equal(@case.Region.ToText(), (@case.Region with { Name = reader.Name, Layers = layers }).ToText());
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 100)]
    public void FindName_AnyName_GivesTheLayersWithIt(OracleCase @case)
    {
        using RegionReader reader = _folder.Open(@case.Region, @case.Options);

        foreach (string name in @case.Region.Layers.Select(static layer => layer.Name).OfType<string>().Append("nobody").Distinct())
        {
            IEnumerable<uint> expected = @case.Region.Layers.Where(layer => layer.Name == name).Select(static layer => layer.Number);
            Assert.Equal(expected, reader.FindName(name).Select(index => reader.Describe(index).Id.Number));
        }
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 100)]
    public void FindKeyword_AnyWordOrPrefix_GivesTheLayersThatHaveIt(OracleCase @case)
    {
        using RegionReader reader = _folder.Open(@case.Region, @case.Options);

        foreach (string word in (IEnumerable<string>)["a", "ab", "é", "n", "zz", ""])
        {
            CheckMatches(reader, @case.Region, word, prefix: false, keyword => keyword == word);
            CheckMatches(reader, @case.Region, word, prefix: true, keyword => keyword.StartsWith(word, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void FindKeyword_AbsentWord_GivesNothing()
    {
        using RegionReader reader = _folder.Open(Joy());

        Assert.Empty(reader.FindKeyword("sorrow"));
        Assert.Empty(reader.FindKeyword("JOY"));
        Assert.Single(reader.FindKeyword("joy"));
    }

    [Fact]
    public void CopyContent_DamagedBlock_ThrowsEveryTimeAndWritesNothing()
    {
        OracleRegion region = new()
        {
            Dimension = 1,
            Layers =
            [
                new OracleLayer { Number = 0, Content = Enumerable.Repeat((byte)1, 1024).ToArray() },
                new OracleLayer { Number = 1, Content = Enumerable.Repeat((byte)2, 1024).ToArray() },
            ],
        };
        byte[] file = OracleEncoder.Encode(region, new OracleOptions { BlockSizeLog2 = 10, Codec = 1 });
        string path = _folder.Write(file);
        long second = RegionInspector.Inspect(path).Sections.Single(static section => section.Name == "blocks").Offset + 40;
        file[OracleBytes.Get(file, second, 8)] ^= 1;
        using RegionReader reader = new RegionFile(_folder.Write(file), null).Open();
        using MemoryStream content = new();

        for (int i = 0; i < 2; i++)
        {
            LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => reader.CopyContent(1, content));
            Assert.Equal(FormatFault.BlockChecksum, thrown.Fault);
        }

        Assert.Equal(0, content.Length);
        reader.CopyContent(0, content);
        Assert.Equal(region.Layers[0].Content, content.ToArray());
    }

    [Fact]
    public void AnyMember_AfterDispose_ThrowsInsteadOfReadingUnmappedMemory()
    {
        RegionReader reader = _folder.Open(Joy());
        reader.Dispose();
        reader.Dispose();

        Assert.Throws<ObjectDisposedException>(() => reader.Name);
        Assert.Throws<ObjectDisposedException>(() => reader.IndexOf(0));
        Assert.Throws<ObjectDisposedException>(() => reader.Describe(0));
        Assert.Throws<ObjectDisposedException>(() => reader.FindName("Joy"));
        Assert.Throws<ObjectDisposedException>(() => reader.FindKeyword("joy"));
        Assert.Throws<ObjectDisposedException>(() => reader.CopyContent(0, Stream.Null));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Describe_IndexOfNoLayer_Throws(int index)
    {
        using RegionReader reader = _folder.Open(Joy());

        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Describe(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.CopyContent(index, Stream.Null));
    }

    private static OracleRegion Joy() => new()
    {
        Dimension = 1,
        Name = "Emotion",
        Layers = [new OracleLayer { Number = 3, Name = "Joy", Keywords = ["joy", "elation"], Content = "joy"u8.ToArray() }],
    };

    private static void CheckMatches(RegionReader reader, OracleRegion region, string word, bool prefix, Func<string, bool> matches)
    {
        IEnumerable<string> expected =
            from layer in region.Layers
            let keywords = layer.Keywords.Where(matches).OrderBy(static keyword => keyword, Comparer<string>.Create(CompareUtf8))
            where keywords.Any()
            select $"{layer.Number}: {string.Join('|', keywords)}";
        IEnumerable<string> found = reader.FindKeyword(word, prefix)
            .Select(match => $"{reader.Describe(match.LayerIndex).Id.Number}: {string.Join('|', match.Keywords)}");
        Assert.Equal(expected, found);
    }

    private static int CompareUtf8(string? a, string? b) =>
        Encoding.UTF8.GetBytes(a!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b!));
}
