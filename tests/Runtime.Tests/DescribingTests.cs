using System.Text;
using Lamina.Runtime.Tests.Data;

namespace Lamina.Runtime.Tests;

/// <summary>What describes layers and dimensions, and finding layers by it.</summary>
public sealed class DescribingTests : IDisposable
{
    private const string Source = """
        {
          "dimensions": [
            { "id": 1, "name": "Emotion", "frequency_min": 0.5, "frequency_max": 40, "size_bytes": 4096 },
            { "id": 3 }
          ],
          "layers": [
            { "dimension_id": 1, "layer_num": 0, "name": "Feeling", "frequency": 0.5, "content": "root" },
            { "dimension_id": 1, "layer_num": 3, "name": "Joy", "parent_layer": 0, "keywords": ["joy", "elation", "élan"], "frequency": 2.5, "content": "delight" },
            { "dimension_id": 1, "layer_num": 4, "name": "Joy", "parent_layer": 3, "keywords": ["joyous", "joy"], "content": "" },
            { "dimension_id": 3, "layer_num": 7, "keywords": ["joy"], "frequency": 40, "content": "other" }
          ]
        }
        """;

    private readonly SourceDataSet _data = new SourceDataSet().Publish(Source);
    private readonly MmapManager _manager;

    public DescribingTests() => _manager = MmapManager.Open(_data.Folder);

    public void Dispose()
    {
        _manager.Dispose();
        _data.Dispose();
    }

    [Fact]
    public void GetInfo_EveryField_IsWhatTheSourceSays()
    {
        LayerId root = new(1, 0);
        Assert.Equal(new LayerInfo(root, 4, 0, null, 0.5, 0, false), _manager.GetInfo(root));
        Assert.Equal(new LayerInfo(new(1, 3), 7, 1, root, 2.5, 3, false), _manager.GetInfo(new(1, 3)));
        Assert.Equal(new LayerInfo(new(1, 4), 0, 2, new(1, 3), null, 2, false), _manager.GetInfo(new(1, 4)));
        using ReadScope scope = _manager.BeginScope();
        Assert.Equal(_manager.GetInfo(new(1, 3)), scope.GetInfo(new(1, 3)));
        Assert.Equal(7, _manager.GetLength(new(1, 3)));
    }

    [Fact]
    public void NamesAndKeywords_BothWays_AreInTheOrderOfTheAuthor()
    {
        LayerId joy = new(1, 3);
        Assert.Equal("Joy", _manager.GetName(joy));
        Assert.Null(_manager.GetName(new(3, 7)));
        Assert.Equal(["joy", "elation", "élan"], _manager.GetKeywords(joy));
        using ReadScope scope = _manager.BeginScope();
        Assert.Equal("Joy"u8, scope.GetName(joy));
        Assert.True(scope.GetName(new(3, 7)).IsEmpty);
        Assert.Equal("élan"u8, scope.GetKeyword(joy, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keyword(_manager, joy, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Keyword(_manager, joy, -1));

        static int Keyword(MmapManager manager, LayerId id, int index)
        {
            using ReadScope scope = manager.BeginScope();
            return scope.GetKeyword(id, index).Length;
        }
    }

    [Fact]
    public void Describe_NoSuchLayer_SaysWhich()
    {
        LayerId missing = new(1, 1);
        foreach (Action<LayerId> call in (Action<LayerId>[])[id => _manager.GetInfo(id), id => _manager.GetName(id), id => _manager.GetKeywords(id)])
        {
            Assert.Equal(missing, Assert.Throws<MemoryException>(() => call(missing)).Layer);
            Assert.Equal(MemoryError.DimensionNotFound, Assert.Throws<MemoryException>(() => call(new LayerId(2, 0))).Error);
        }
    }

    [Fact]
    public void GetDimension_EveryField_IsWhatTheSourceSays()
    {
        DimensionInfo emotion = _manager.GetDimension(new(1));
        Assert.Equal("Emotion", emotion.Name);
        Assert.Equal((3, 11L, (long?)4096, (double?)0.5, (double?)40),
            (emotion.LayerCount, emotion.ContentLength, emotion.SizeBytes, emotion.FrequencyMin, emotion.FrequencyMax));
        Assert.False(emotion.IsSimulated);
        DimensionInfo bare = _manager.GetDimension(new(3));
        Assert.Equal((null, null, null, null), (bare.Name, bare.SizeBytes, bare.FrequencyMin, bare.FrequencyMax));
        Assert.NotEqual(emotion.Fingerprint, bare.Fingerprint);
    }

    [Fact]
    public void Layers_SparseAndDense_ListsAllByNumber()
    {
        Assert.Equal([new LayerId(1, 0), new LayerId(1, 3), new LayerId(1, 4)], _manager.Layers(new(1)));
        LayerList dense = _manager.Layers(new(3));
        Assert.Equal([new LayerId(3, 7)], dense);
        Assert.Throws<ArgumentOutOfRangeException>(() => dense[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => dense[-1]);
    }

    [Fact]
    public void Layers_DimensionReplacedMeanwhile_SaysSo()
    {
        LayerList layers = _manager.Layers(new(1));
        _data.Publish(Source.Replace("delight", "rapture", StringComparison.Ordinal));
        Assert.True(_manager.Refresh());
        Assert.Throws<InvalidOperationException>(() => layers[1]);
    }

    [Theory]
    [InlineData("Joy", "D01:L3 D01:L4")]
    [InlineData("Feeling", "D01:L0")]
    [InlineData("joy", "")]
    [InlineData("", "")]
    [InlineData("Jo\uD800y", "")]
    public void FindByName_Exact_FindsEach(string name, string expected)
    {
        Assert.Equal(expected, string.Join(' ', _manager.FindByName(name)));
        Assert.Equal(expected, string.Join(' ', _manager.FindByName(new(1), name)));
        using ReadScope scope = _manager.BeginScope();
        Assert.Equal(expected, Join(scope.FindName(new(1), Bytes(name))));
    }

    [Theory]
    [InlineData("joy", "D01:L3 D01:L4 D03:L7", "D01:L3 D01:L4")]
    [InlineData("élan", "D01:L3", "D01:L3")]
    [InlineData("jo", "", "")]
    [InlineData("zz", "", "")]
    public void FindByKeyword_Exact_FindsEach(string keyword, string all, string first)
    {
        Assert.Equal(all, string.Join(' ', _manager.FindByKeyword(keyword)));
        Assert.Equal(first, string.Join(' ', _manager.FindByKeyword(new(1), keyword)));
        using ReadScope scope = _manager.BeginScope();
        Assert.Equal(first, Join(scope.FindKeyword(new(1), Bytes(keyword))));
    }

    [Theory]
    [InlineData("joy", "D01:L3 D01:L4 D03:L7", "joy:D01:L3 D01:L4|joyous:D01:L4")]
    [InlineData("é", "D01:L3", "élan:D01:L3")]
    [InlineData("", "D01:L3 D01:L4 D03:L7", "elation:D01:L3|joy:D01:L3 D01:L4|joyous:D01:L4|élan:D01:L3")]
    [InlineData("joyousl", "", "")]
    public void FindByKeywordPrefix_Any_FindsEachOnce(string prefix, string all, string keywords)
    {
        Assert.Equal(all, string.Join(' ', _manager.FindByKeywordPrefix(prefix)));
        using ReadScope scope = _manager.BeginScope();
        KeywordMatches matches = scope.FindKeywords(new(1), Bytes(prefix));
        List<string> found = [];
        for (int i = 0; i < matches.Count; i++)
            found.Add($"{Encoding.UTF8.GetString(matches[i])}:{Join(matches.LayersOf(i))}");
        Assert.Equal(keywords, string.Join('|', found));
    }

    [Theory]
    [InlineData(0.5, 2.5, "D01:L0 D01:L3")]
    [InlineData(2.6, 39.9, "")]
    [InlineData(40, double.PositiveInfinity, "D03:L7")]
    [InlineData(5, 1, "")]
    [InlineData(double.NaN, 50, "")]
    public void FindByFrequency_Range_IsInclusive(double min, double max, string expected) =>
        Assert.Equal(expected, string.Join(' ', _manager.FindByFrequency(min, max)));

    [Fact]
    public void Matches_ScopeAfterUnload_StayReadable()
    {
        using ReadScope scope = _manager.BeginScope();
        KeywordMatches matches = scope.FindKeywords(new(1), "joy"u8);
        ReadOnlySpan<byte> name = scope.GetName(new(1, 3));
        _manager.Unload(new(1));
        Assert.Equal("joyous"u8, matches[1]);
        Assert.Equal("Joy"u8, name);
        Assert.Equal(new LayerId(1, 4), matches.LayersOf(1)[0]);
    }

    [Fact, Trait("Spec", "FPR-2")]
    public void Require_SameOrFewerLayers_IsNoContradiction()
    {
        _manager.Require(DimensionSchema.Create(new(1), "Emotion", [new(new(1, 0), "Feeling"), new(new(1, 3), "Joy"), new(new(1, 4), "Joy")]));
        _manager.Require(DimensionSchema.Create(new(1), "Emotion", [new(new(1, 3), "Joy")]));
        _manager.Require(DimensionSchema.Create(new(3), null, [new(new(3, 7), null)]));
    }

    [Theory, Trait("Spec", "FPR-2")]
    [InlineData("Feelings", 3, "Joy", "its name is 'Emotion', not 'Feelings'")]
    [InlineData("Emotion", 3, "Bliss", "its layer D01:L3 is named 'Joy', not 'Bliss'")]
    [InlineData("Emotion", 3, null, "its layer D01:L3 is named 'Joy', not none")]
    [InlineData("Emotion", 2, "Joy", "it has no layer D01:L2 'Joy'")]
    public void Require_Contradiction_SaysWhatDiffers(string name, uint number, string? layer, string difference)
    {
        MemoryException exception = Assert.Throws<MemoryException>(() =>
            _manager.Require(DimensionSchema.Create(new(1), name, [new(new(1, number), layer)])));
        Assert.Equal(MemoryError.SchemaMismatch, exception.Error);
        Assert.Contains(difference, exception.Message, StringComparison.Ordinal);
        Assert.Equal("delight", _manager.ReadText(new(1, 3)));
    }

    [Fact, Trait("Spec", "FPR-2")]
    public void Refresh_ContradictsRequiredSchema_ChangesNothing()
    {
        _manager.Require(DimensionSchema.Create(new(1), "Emotion", [new(new(1, 3), "Joy")]));
        _data.Publish(Source.Replace("\"Joy\"", "\"Bliss\"", StringComparison.Ordinal).Replace("other", "changed", StringComparison.Ordinal));
        Assert.Equal(MemoryError.SchemaMismatch, Assert.Throws<MemoryException>(() => _manager.Refresh()).Error);
        Assert.Equal("Joy", _manager.GetName(new(1, 3)));
        Assert.Equal("other", _manager.ReadText(new(3, 7)));
    }

    private static byte[] Bytes(string text) => text.Contains('\uD800', StringComparison.Ordinal) ? [0xFF] : Encoding.UTF8.GetBytes(text);

    private static string Join(LayerMatches matches)
    {
        List<LayerId> found = [];
        foreach (LayerId id in matches)
            found.Add(id);
        return string.Join(' ', found);
    }

    [Fact]
    public void GetPath_OfALayer_IsItsAncestorsFromTheRootDownAndItself()
    {
        using TestDataSet data = new(new TestRegion(
            1,
            new TestLayer(3, [1]),
            new TestLayer(5, [2]) { Parent = 3, Depth = 2 },
            new TestLayer(8, [3]),
            new TestLayer(9, [4]) { Parent = 0, Depth = 1 }));
        using MmapManager manager = data.Open();
        using ReadScope scope = manager.BeginScope();
        Span<LayerId> path = new LayerId[3];
        Assert.Equal(3, scope.GetPath(new LayerId(1, 5), path));
        Assert.Equal([new LayerId(1, 3), new LayerId(1, 9), new LayerId(1, 5)], path.ToArray());
        Assert.Equal(1, scope.GetPath(new LayerId(1, 8), path));
        Assert.Equal(new LayerId(1, 8), path[0]);
        Assert.Equal(new LayerId(1, 9), path[1]);
        try
        {
            scope.GetPath(new LayerId(1, 5), path[..2]);
            Assert.Fail("It had no room.");
        }
        catch (ArgumentException exception)
        {
            Assert.Contains("has 3 layers", exception.Message, StringComparison.Ordinal);
        }
    }
}
