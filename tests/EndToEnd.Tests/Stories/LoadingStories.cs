using Lamina.Format;

namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>A program takes dimensions into use and out of it, and not everything is as it should be on the disk.</summary>
[Trait("Story", "Loading")]
public sealed class LoadingStories
{
    private static readonly DimensionId First = new(1);
    private static readonly DimensionId Second = new(2);

    [Fact]
    public void AProgramLoadsUnloadsAndReloads_AndWhatIsReadableIsAlwaysClear()
    {
        using Author author = Author.OfTexts(dimensions: 2, layers: 20).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { LoadOnDemand = false });

        // Nothing was loaded yet, so nothing is readable.
        Assert.Equal(MemoryError.NotLoaded, Refusal(() => manager.ReadText(new LayerId(1, 7))).Error);

        manager.Load(First);
        Assert.Equal(Author.Text(1, 7), manager.ReadText(new LayerId(1, 7)));
        Assert.Equal(MemoryError.NotLoaded, Refusal(() => manager.ReadText(new LayerId(2, 7))).Error);

        // Loading it again is a mistake, says which, and changes nothing.
        MemoryException twice = Refusal(() => manager.Load(First));
        Assert.Equal((MemoryError.AlreadyLoaded, First), (twice.Error, twice.Dimension!.Value));
        Assert.False(manager.TryLoad(First));
        Assert.Equal(Author.Text(1, 8), manager.ReadText(new LayerId(1, 8)));

        manager.Unload(First);
        Assert.Equal(MemoryError.NotLoaded, Refusal(() => manager.Unload(First)).Error);
        Assert.Equal(0, manager.GetStats().LoadedDimensions);
        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
        Assert.Equal(0, manager.GetStats().MappedBytes);

        manager.Reload(First);
        manager.Reload(First);
        Assert.Equal(Author.Text(1, 7), manager.ReadText(new LayerId(1, 7)));
        Assert.Equal(1, manager.GetStats().LoadedDimensions);
    }

    [Fact]
    public void AFileIsMissing_ThatDimensionIsReportedAndTheRestServes()
    {
        using Author author = Author.OfTexts(dimensions: 3, layers: 5).Publishes();
        Action restore = author.Loses(2);
        using MmapManager manager = MmapManager.Open(author.Folder);

        LaminaFormatException missing = Assert.Throws<LaminaFormatException>(() => manager.ReadText(new LayerId(2, 0)));
        Assert.Equal(FormatFault.RegionMissing, missing.Fault);
        Assert.Contains("D02", missing.Message, StringComparison.Ordinal);
        Assert.Equal(Author.Text(1, 4), manager.ReadText(new LayerId(1, 4)));
        Assert.Equal(Author.Text(3, 4), manager.ReadText(new LayerId(3, 4)));
        Assert.Equal(2, manager.GetStats().LoadedDimensions);

        // Once the file is there, the next read finds it.
        restore();
        Assert.Equal(Author.Text(2, 4), manager.ReadText(new LayerId(2, 4)));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(300)]
    public void AFileIsDamagedInItsTables_ThatDimensionIsRefusedAndTheRestServes(int at)
    {
        using Author author = Author.OfTexts(dimensions: 2, layers: 5).Publishes();
        Action restore = author.Damages(1, at);
        using MmapManager manager = MmapManager.Open(author.Folder);

        LaminaFormatException damaged = Assert.Throws<LaminaFormatException>(() => manager.Load(First));
        Assert.Contains("D01-", damaged.Message + damaged.File, StringComparison.Ordinal);
        Assert.False(manager.IsLoaded(First));
        Assert.Equal(0, manager.GetStats().MappedBytes);
        Assert.Equal(Author.Text(2, 0), manager.ReadText(new LayerId(2, 0)));

        restore();
        Assert.Equal(Author.Text(1, 0), manager.ReadText(new LayerId(1, 0)));
    }

    [Fact]
    public void ABlockIsDamaged_ItsLayersAreNeverReadWrongAndTheOthersServe()
    {
        // Four texts to a block.
        using Author author = Author.OfTexts(dimensions: 1, layers: 40).Publishes();
        author.DamagesContent(1);
        using MmapManager manager = MmapManager.Open(author.Folder);

        for (int round = 0; round < 2; round++)
        {
            Assert.Throws<LaminaFormatException>(() => manager.ReadText(new LayerId(1, 39)));
            Assert.Equal(Author.Text(1, 0), manager.ReadText(new LayerId(1, 0)));
        }
    }

    [Fact]
    public void SeveralThreadsLoadEverythingAtOnce_EachDimensionIsLoadedOnceAndTheFiguresAgree()
    {
        const int Dimensions = 12;
        const int Threads = 6;
        using Author author = Author.OfTexts(Dimensions, layers: 8).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { LoadMode = LoadMode.Eager });
        int loaded = 0;

        Crew.Works(Threads, index =>
        {
            for (int i = 0; i < Dimensions; i++)
            {
                if (manager.TryLoad(new DimensionId((ushort)(((i + (index * 2)) % Dimensions) + 1))))
                    Interlocked.Increment(ref loaded);
            }
        });

        Assert.Equal(Dimensions, loaded);
        MemoryStats stats = manager.GetStats();
        Assert.Equal((Dimensions, Dimensions), (stats.Dimensions, stats.LoadedDimensions));
        Assert.Equal(stats.EagerBytes, stats.UsedBytes);
        Assert.True(stats.EagerBytes >= Dimensions * 8 * 1000);
        for (int d = 1; d <= Dimensions; d++)
            Assert.Equal(Author.Text(d, 7), manager.ReadText(new LayerId((ushort)d, 7)));
    }

    private static MemoryException Refusal(Action call) => Assert.Throws<MemoryException>(call);
}
