using Lamina.Format.Conversion;

namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>A program is written before its data are.</summary>
[Trait("Story", "Simulation")]
public sealed class SimulationStories
{
    private static readonly LayerId Joy = new(1, 3);

    [Fact]
    public void TheDataArriveLater_TheSameCodeReadsSimulatedThenRealContent()
    {
        using Author author = Sketch().Saves();
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { SimulateFrom = author.Source });
        List<MemoryNotice> notices = [];
        manager.Notice += (_, notice) => notices.Add(notice.Notice);

        string simulated = manager.ReadText(Joy);
        Assert.StartsWith("[simulated] Joy\n", simulated, StringComparison.Ordinal);
        Assert.Contains("Keywords: joy, elation.", simulated, StringComparison.Ordinal);
        Assert.Contains("Frequency 2 Hz, delta band.", simulated, StringComparison.Ordinal);
        Assert.Contains("depth 1, parent D01:L0", simulated, StringComparison.Ordinal);
        Assert.True(manager.GetStats().SimulationMode);
        Assert.True(manager.GetInfo(Joy).IsSimulated);
        Assert.Equal([new LayerId(1, 3)], manager.FindByKeyword("elation"));

        author.Rewrites(1, 0, "What moves us.").Rewrites(1, 3, "Room for more of it.").Publishes();
        Assert.True(manager.Refresh());

        Assert.Equal("Room for more of it.", manager.ReadText(Joy));
        Assert.False(manager.GetStats().SimulationMode);
        Assert.False(manager.GetInfo(Joy).IsSimulated);
        MemoryNotice[] told = [MemoryNotice.DimensionSimulated, MemoryNotice.DimensionRestored, MemoryNotice.Refreshed];
        Assert.Equal(told, notices.Where(told.Contains));
    }

    [Fact]
    public void TheConverterSimulates_TheFilesHoldTheSameTextAsTheProgramMadeUp()
    {
        using Author author = Sketch().Saves();
        string inMemory;
        using (MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { SimulateFrom = author.Source }))
            inMemory = manager.ReadText(Joy);

        author.Publishes(new ConversionOptions { Simulate = true });

        using MmapManager files = MmapManager.Open(author.Folder);
        Assert.Equal(inMemory, files.ReadText(Joy));
        Assert.True(files.GetStats().SimulationMode);
        Assert.True(files.GetInfo(Joy).IsSimulated);
    }

    [Fact]
    public void OneFileOfManyIsMissing_ItAloneIsStoodInFor()
    {
        using Author author = Sketch().Adds(2, "Cognition").Writes(2, 0, "Thought.");
        author.Rewrites(1, 0, "What moves us.").Rewrites(1, 3, "Room for more of it.").Publishes();
        Action restore = author.Loses(1);
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { SimulateFrom = author.Source });

        Assert.Equal("Thought.", manager.ReadText(new LayerId(2, 0)));
        Assert.False(manager.GetStats().SimulationMode);

        // The source has real content for it, so that is what stands in.
        Assert.Equal("Room for more of it.", manager.ReadText(Joy));
        Assert.True(manager.GetStats().SimulationMode);

        restore();
        Assert.True(manager.Refresh());
        Assert.Equal("Room for more of it.", manager.ReadText(Joy));
        Assert.False(manager.GetStats().SimulationMode);
    }

    private static Author Sketch() => new Author()
        .Adds(1, "Emotion")
        .Writes(1, 0, null, "Affect", frequency: 30, keywords: ["affect"])
        .Writes(1, 3, null, "Joy", parent: 0, frequency: 2, keywords: ["joy", "elation"]);
}
