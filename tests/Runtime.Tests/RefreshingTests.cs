using Lamina.Format;
using Lamina.Runtime.Tests.Data;

namespace Lamina.Runtime.Tests;

/// <summary>Newly published data, missing data, and what the manager tells of itself.</summary>
public sealed class RefreshingTests
{
    private const string First = """
        { "dimensions": [ { "id": 1 }, { "id": 2 }, { "id": 3 } ],
          "layers": [
            { "dimension_id": 1, "layer_num": 0, "content": "one" },
            { "dimension_id": 2, "layer_num": 0, "content": "two" },
            { "dimension_id": 3, "layer_num": 0, "content": "three" } ] }
        """;

    // 1 stays, 2 changes, 3 goes, 40 comes.
    private const string Second = """
        { "dimensions": [ { "id": 1 }, { "id": 2 }, { "id": 40 } ],
          "layers": [
            { "dimension_id": 1, "layer_num": 0, "content": "one" },
            { "dimension_id": 2, "layer_num": 0, "content": "TWO" },
            { "dimension_id": 40, "layer_num": 0, "content": "forty" } ] }
        """;

    private const string Sketch = """
        { "dimensions": [ { "id": 1, "name": "Emotion" } ],
          "layers": [ { "dimension_id": 1, "layer_num": 0, "name": "Joy", "keywords": ["joy"] } ] }
        """;

    [Fact]
    public void Refresh_NothingPublished_ChangesNothing()
    {
        using SourceDataSet data = new SourceDataSet().Publish(First);
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        Assert.False(manager.Refresh());
        data.Publish(First);
        Assert.False(manager.Refresh());
    }

    [Fact, Trait("Spec", "PUB-1")]
    public void Refresh_SomeChanged_SwapsThemAndKeepsTheOthersMapped()
    {
        using SourceDataSet data = new SourceDataSet().Publish(First);
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        using LayerLease unchanged = manager.Acquire(new(1, 0));
        using LayerLease old = manager.Acquire(new(2, 0));
        using LayerLease gone = manager.Acquire(new(3, 0));
        data.Publish(Second);
        Assert.Equal("two", manager.ReadText(new(2, 0)));
        Assert.True(manager.Refresh());

        Assert.Equal([new(1), new(2), new(40)], manager.Dimensions);
        Assert.Equal("TWO", manager.ReadText(new(2, 0)));
        Assert.Equal("forty", manager.ReadText(new(40, 0)));
        Assert.Equal(MemoryError.DimensionNotFound, Assert.Throws<MemoryException>(() => manager.ReadText(new(3, 0))).Error);
        Assert.Equal("two"u8, old.Span);
        Assert.Equal("three"u8, gone.Span);
        using LayerLease again = manager.Acquire(new(1, 0));
        Assert.True(unchanged.Span.Overlaps(again.Span));
    }

    [Fact]
    public void Refresh_ManifestDamaged_ChangesNothing()
    {
        using SourceDataSet data = new SourceDataSet().Publish(First);
        using MmapManager manager = MmapManager.Open(data.Folder);
        Assert.Equal("two", manager.ReadText(new(2, 0)));
        File.WriteAllText(Path.Combine(data.Folder, "manifest.json"), "{");
        Assert.Throws<LaminaFormatException>(() => manager.Refresh());
        Assert.Equal("two", manager.ReadText(new(2, 0)));
        Assert.Equal("one", manager.ReadText(new(1, 0)));
    }

    [Fact]
    public void Refresh_NewRegionDamaged_ChangesNothing()
    {
        using SourceDataSet data = new SourceDataSet().Publish(First);
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        data.Publish(Second);
        string changed = Directory.GetFiles(data.Folder, "D02-*.lamina").OrderBy(File.GetLastWriteTimeUtc).Last();
        byte[] bytes = File.ReadAllBytes(changed);
        bytes[130] ^= 1;
        File.WriteAllBytes(changed, bytes);
        Assert.Throws<LaminaFormatException>(() => manager.Refresh());
        Assert.Equal("three", manager.ReadText(new(3, 0)));
        Assert.Equal("two", manager.ReadText(new(2, 0)));
        Assert.Equal(3, manager.GetStats().LoadedDimensions);
    }

    [Fact]
    public void Watch_Published_TakesOverByItself()
    {
        using SourceDataSet data = new SourceDataSet().Publish(First);
        using MmapManager manager = MmapManager.Open(data.Folder, new MemoryConfig { Watch = true });
        using ManualResetEventSlim refreshed = new();
        manager.Notice += (_, args) =>
        {
            if (args.Notice == MemoryNotice.Refreshed)
                refreshed.Set();
        };
        data.Publish(Second);
        Assert.True(refreshed.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal("TWO", manager.ReadText(new(2, 0)));
    }

    [Fact, Trait("Spec", "CAN-9")]
    public void Simulate_NoDataAtAll_StandsInUntilRealDataAreThere()
    {
        using SourceDataSet data = new SourceDataSet().Write(Sketch);
        Assert.Throws<LaminaFormatException>(() => MmapManager.Open(data.Folder));
        using MmapManager manager = MmapManager.Open(data.Folder, new MemoryConfig { SimulateFrom = data.SourcePath });
        List<MemoryNotice> notices = [];
        manager.Notice += (_, args) => notices.Add(args.Notice);
        Assert.Equal(
            "[simulated] Joy\nLayer D01:L0, depth 0.\nKeywords: joy.\nGuidance: set the frame that the layers below fill in.",
            manager.ReadText(new(1, 0)));
        Assert.True(manager.GetStats().SimulationMode);
        Assert.True(manager.GetInfo(new(1, 0)).IsSimulated);
        Assert.True(manager.GetDimension(new(1)).IsSimulated);
        Assert.Contains(MemoryNotice.DimensionSimulated, notices);

        data.Publish(Sketch.Replace("\"keywords\"", "\"content\": \"real\", \"keywords\"", StringComparison.Ordinal));
        Assert.True(manager.Refresh());
        Assert.Equal("real", manager.ReadText(new(1, 0)));
        Assert.False(manager.GetStats().SimulationMode);
        Assert.Contains(MemoryNotice.DimensionRestored, notices);
    }

    [Fact]
    public void Simulate_OneRegionMissing_StandsInForItAlone()
    {
        using SourceDataSet data = new SourceDataSet().Publish(First);
        string missing = Directory.GetFiles(data.Folder, "D02-*.lamina").Single();
        string aside = Path.Combine(Path.GetDirectoryName(data.SourcePath)!, "aside");
        File.Move(missing, aside);
        data.Write(First.Replace(", \"content\": \"two\"", "", StringComparison.Ordinal));
        using MmapManager manager = MmapManager.Open(data.Folder, new MemoryConfig { SimulateFrom = data.SourcePath });
        Assert.Equal("one", manager.ReadText(new(1, 0)));
        Assert.False(manager.GetStats().SimulationMode);
        Assert.StartsWith("[simulated] D02:L0\n", manager.ReadText(new(2, 0)), StringComparison.Ordinal);
        Assert.True(manager.GetStats().SimulationMode);
        Assert.False(manager.Refresh());

        File.Move(aside, missing);
        Assert.True(manager.Refresh());
        Assert.Equal("two", manager.ReadText(new(2, 0)));
        Assert.False(manager.GetStats().SimulationMode);
    }

    [Fact]
    public void Simulate_SourceMissing_SaysSo()
    {
        using SourceDataSet data = new();
        MemoryException exception = Assert.Throws<MemoryException>(() =>
            MmapManager.Open(data.Folder, new MemoryConfig { SimulateFrom = data.SourcePath }));
        Assert.Equal(MemoryError.SimulationFailed, exception.Error);
        Assert.Contains(data.SourcePath, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Notice_BudgetFills_TellsEachThresholdOnceACrossing()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 400));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 400 << 10, PoolBlockSizes = [4096] });
        List<int?> thresholds = [];
        manager.Notice += (sender, args) =>
        {
            Assert.Same(manager, sender);
            if (args.Notice != MemoryNotice.ThresholdCrossed)
                return;
            thresholds.Add(args.Threshold);

            // No lock is held, so a handler may use the manager.
            manager.ReadCopy(new LayerId(1, 0));
        };
        for (uint i = 0; i < 400; i++)
            manager.ReadCopy(new LayerId(1, i));
        Assert.Equal([75, 85, 95], thresholds);
        manager.Unload(new DimensionId(1));
        manager.Trim();
        for (uint i = 0; i < 320; i++)
            manager.ReadCopy(new LayerId(1, i));
        Assert.Equal([75, 85, 95, 75], thresholds);
    }
}
