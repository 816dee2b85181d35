using System.Text.Json;

namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>Somebody wants to know what a program does with its memory.</summary>
[Trait("Story", "Monitoring")]
public sealed class MonitoringStories
{
    [Fact]
    public void AnOperatorWatchesTheFigures_TheyTellWhatHappened()
    {
        using Author author = Author.OfTexts(dimensions: 3, layers: 40).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { TotalMemoryBytes = 64 << 10, PoolBlockSizes = [4096] });
        MemoryStats stats = manager.GetStats();
        Assert.Equal((64L << 10, 0L, 3, 0), (stats.TotalBytes, stats.UsedBytes, stats.Dimensions, stats.LoadedDimensions));

        // Ten blocks of dimension 1, and one of them again.
        for (uint i = 0; i < 40; i++)
            manager.ReadCopy(new LayerId(1, i));
        manager.ReadCopy(new LayerId(1, 0));
        stats = manager.GetStats();
        Assert.Equal((10L, 10L, 0L), (stats.DecodedBlocks, stats.ResidentBlocks, stats.EvictedBlocks));
        Assert.Equal(10 * 4096, stats.PoolUsedBytes);
        Assert.Equal(new FileInfo(author.FileOf(1)).Length, stats.MappedBytes);
        Assert.Equal(10, stats.Pool[0].UsedBlocks);

        // Another dimension takes some of their places.
        for (uint i = 0; i < 40; i++)
            manager.ReadCopy(new LayerId(2, i));
        stats = manager.GetStats();
        Assert.Equal(20, stats.DecodedBlocks);
        Assert.True(stats.EvictedBlocks >= 4);
        Assert.Equal(2, stats.LoadedDimensions);

        manager.Unload(new DimensionId(1));
        manager.Unload(new DimensionId(2));
        manager.Trim();
        stats = manager.GetStats();
        Assert.Equal((0L, 0L, 0), (stats.UsedBytes, stats.ResidentBlocks, stats.LoadedDimensions));
        Assert.InRange(stats.PeakBytes, 10 * 4096, 64 << 10);
    }

    [Fact]
    public void ASupportCaseNeedsTheState_TheDumpIsJsonAndTellsNoContent()
    {
        using Author author = new Author().Adds(1, "Secrets").Writes(1, 0, "The cake is a lie.", "Confession", keywords: ["cake"]).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder);
        manager.ReadText(new LayerId(1, 0));

        string dump = manager.DumpState();

        using JsonDocument json = JsonDocument.Parse(dump);
        Assert.Equal(manager.Folder, json.RootElement.GetProperty("folder").GetString());
        Assert.True(json.RootElement.GetProperty("dimensions")[0].GetProperty("loaded").GetBoolean());
        foreach (string secret in (string[])["cake", "is a lie", "Confession"])
            Assert.DoesNotContain(secret, dump, StringComparison.Ordinal);
    }
}
