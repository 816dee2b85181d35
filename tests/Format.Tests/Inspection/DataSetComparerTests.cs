using FsCheck.Xunit;
using Lamina.Format.Inspection;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Inspection;

public sealed class DataSetComparerTests : IDisposable
{
    private static readonly OracleRegion Region = new()
    {
        Dimension = 1,
        Name = "Emotion",
        SizeBytes = 1000,
        FrequencyMin = 0.5,
        FrequencyMax = 2,
        Layers =
        [
            new OracleLayer { Number = 0, Name = "Root", Content = "root"u8.ToArray() },
            new OracleLayer { Number = 2, Name = "Joy", Parent = 0, Frequency = 2, Keywords = ["joy", "elation"], Content = "joy"u8.ToArray() },
            new OracleLayer { Number = 4, Parent = 2, Content = "four"u8.ToArray() },
        ],
    };

    private readonly RegionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 50)]
    public void Compare_SameRegionPackedInTwoWays_FindsNothing(OracleCase @case)
    {
        string first = _folder.Write(@case.Region, @case.Options);
        string second = _folder.Write(@case.Region, new OracleOptions { BlockSizeLog2 = 12, AlignmentLog2 = 5 });

        Assert.Empty(DataSetComparer.Compare(first, second));
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 50)]
    public void Compare_TheOtherWayRound_TurnsAddedIntoRemoved(OracleCase a, OracleCase b)
    {
        string first = _folder.Write(a.Region, a.Options);
        string second = _folder.Write(b.Region with { Dimension = a.Region.Dimension }, b.Options);

        IEnumerable<string> there = DataSetComparer.Compare(first, second).Select(static difference => Text(difference, difference.Kind));
        IEnumerable<string> back = DataSetComparer.Compare(second, first).Select(static difference => Text(difference, difference.Kind switch
        {
            DifferenceKind.Added => DifferenceKind.Removed,
            DifferenceKind.Removed => DifferenceKind.Added,
            _ => difference.Kind,
        }));

        Assert.Equal(there, back);

        // A changed name is the second data set's, so it is not part of the law.
        static string Text(DataSetDifference difference, DifferenceKind kind) =>
            $"{difference.Dimension} {difference.Layer} {kind} {difference.Aspects}";
    }

    [Fact]
    public void Compare_OneAspectOfALayer_FindsThatAspectAlone()
    {
        CheckLayer(static layer => layer with { Content = "joz"u8.ToArray() }, DifferenceAspects.Content);
        CheckLayer(static layer => layer with { Content = "joy!"u8.ToArray() }, DifferenceAspects.Content);
        CheckLayer(static layer => layer with { Content = [] }, DifferenceAspects.Content);
        CheckLayer(static layer => layer with { Name = "Bliss" }, DifferenceAspects.Name);
        CheckLayer(static layer => layer with { Name = null }, DifferenceAspects.Name);
        CheckLayer(static layer => layer with { Frequency = 3 }, DifferenceAspects.Frequency);
        CheckLayer(static layer => layer with { Keywords = ["elation", "joy"] }, DifferenceAspects.Keywords);
        CheckLayer(static layer => layer with { Keywords = ["joy"] }, DifferenceAspects.Keywords);
        CheckLayer(static layer => layer with { Simulated = true }, DifferenceAspects.Simulated);

        void CheckLayer(Func<OracleLayer, OracleLayer> edit, DifferenceAspects expected)
        {
            OracleLayer edited = edit(Region.Layers[1]);
            DataSetDifference difference = Assert.Single(Compare(Region, With(1, edited)));
            Assert.Equal(
                new DataSetDifference(new DimensionId(1), new LayerId(1, 2), edited.Name, DifferenceKind.Changed, expected), difference);
        }
    }

    [Fact]
    public void Compare_FrequencyOfZeroAndNone_Differ()
    {
        OracleRegion zero = With(1, Region.Layers[1] with { Frequency = 0 });
        OracleRegion none = With(1, Region.Layers[1] with { Frequency = null });

        Assert.Equal(DifferenceAspects.Frequency, Assert.Single(Compare(zero, none)).Aspects);
    }

    [Fact]
    public void Compare_ParentByNumberNotByIndex_TellsMovedLayersApart()
    {
        // Layer 4 keeps its parent, number 2, although the parent's index changes.
        OracleRegion inserted = Region with
        {
            Layers = [Region.Layers[0], new OracleLayer { Number = 1, Name = "New" }, Region.Layers[1], Region.Layers[2]],
        };
        OracleRegion moved = With(2, Region.Layers[2] with { Parent = 0 });

        Assert.Equal(
            new DataSetDifference(new DimensionId(1), new LayerId(1, 1), "New", DifferenceKind.Added, DifferenceAspects.None),
            Assert.Single(Compare(Region, inserted)));
        Assert.Equal(DifferenceAspects.Parent | DifferenceAspects.Depth, Assert.Single(Compare(Region, moved)).Aspects);
    }

    [Fact]
    public void Compare_DimensionsOwnFacts_AreADifferenceOfTheDimension()
    {
        Check(Region with { Name = "Feeling" }, DifferenceAspects.Name);
        Check(Region with { SizeBytes = null }, DifferenceAspects.Size);
        Check(Region with { FrequencyMin = null }, DifferenceAspects.Frequency);
        Check(Region with { FrequencyMax = 3 }, DifferenceAspects.Frequency);

        void Check(OracleRegion edited, DifferenceAspects expected) => Assert.Equal(
            new DataSetDifference(new DimensionId(1), null, edited.Name, DifferenceKind.Changed, expected),
            Assert.Single(Compare(Region, edited)));
    }

    [Fact]
    public void Compare_DimensionsOnOneSideOnly_ListsThemAndTheirLayers()
    {
        OracleRegion other = Region with { Dimension = 2 };

        Assert.Equal(
            ["Removed D01", "Removed D01:L0", "Removed D01:L2", "Removed D01:L4", "Added D02", "Added D02:L0", "Added D02:L2", "Added D02:L4"],
            Compare(Region, other).Select(static difference => $"{difference.Kind} {difference.Layer?.ToString() ?? difference.Dimension.ToString()}"));
    }

    [Fact]
    public void Compare_Cancelled_Stops()
    {
        string path = _folder.Write(Region);
        using CancellationTokenSource source = new();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => DataSetComparer.Compare(path, path, source.Token).Count());
    }

    private List<DataSetDifference> Compare(OracleRegion first, OracleRegion second) =>
        [.. DataSetComparer.Compare(_folder.Write(first), _folder.Write(second))];

    private static OracleRegion With(int index, OracleLayer layer) =>
        Region with { Layers = [.. Region.Layers.Select((other, i) => i == index ? layer : other)] };
}
