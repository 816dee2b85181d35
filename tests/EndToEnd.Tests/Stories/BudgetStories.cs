using System.Buffers;
using System.Text;

namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>A program has less memory than data.</summary>
[Trait("Story", "Budget")]
public sealed class BudgetStories
{
    [Fact]
    public void TheReferenceDataSetIsLoadedEagerly_ItUsesTheDefaultBudgetToTheByte()
    {
        using MmapManager manager = MmapManager.Open(
            Path.Combine(AppContext.BaseDirectory, "reference"), new MemoryConfig { LoadMode = LoadMode.Eager });

        manager.LoadAll();

        Assert.Equal(MemoryConfig.DefaultTotalMemoryBytes, manager.GetStats().UsedBytes);
        Assert.Equal(14, manager.GetStats().LoadedDimensions);
    }

    [Fact]
    public void ADimensionTooMuchIsLoaded_ItIsRefusedWithTheFiguresAndTheOthersStay()
    {
        using Author author = Author.OfTexts(dimensions: 4, layers: 3, sizeBytes: 1 << 20).Publishes();
        using MmapManager manager = MmapManager.Open(
            author.Folder, new MemoryConfig { LoadMode = LoadMode.Eager, TotalMemoryBytes = (4 << 20) - 4096 });

        MemoryException refusal = Assert.Throws<MemoryException>(() => LoadOneByOne(manager));

        Assert.Equal((MemoryError.LimitExceeded, new DimensionId(4)), (refusal.Error, refusal.Dimension!.Value));
        Assert.Equal((3L << 20, (4L << 20) - 4096), (refusal.Stats!.Value.UsedBytes, refusal.Stats.Value.TotalBytes));
        Assert.Contains(nameof(MemoryConfig.TotalMemoryBytes), refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Author.Text(3, 2), manager.ReadText(new LayerId(3, 2)));

        // One that is not needed makes room.
        manager.Unload(new DimensionId(2));
        Assert.Equal(Author.Text(4, 2), manager.ReadText(new LayerId(4, 2)));
        Assert.Equal(3 << 20, manager.GetStats().UsedBytes);
        Assert.Equal(3 << 20, manager.GetStats().PeakBytes);
    }

    [Fact]
    public void TheBudgetFills_TheProgramIsWarnedOnceAtEachThreshold()
    {
        using Author author = Author.OfTexts(dimensions: 20, layers: 1, sizeBytes: 1 << 20).Publishes();
        using MmapManager manager = MmapManager.Open(
            author.Folder, new MemoryConfig { LoadMode = LoadMode.Eager, TotalMemoryBytes = 20 << 20 });
        List<(int Loaded, int? Threshold)> warnings = [];
        manager.Notice += (_, notice) =>
        {
            if (notice.Notice == MemoryNotice.ThresholdCrossed)
                warnings.Add((manager.GetStats().LoadedDimensions, notice.Threshold));
        };

        LoadOneByOne(manager);

        Assert.Equal([(15, 75), (17, 85), (19, 95)], warnings);
    }

    [Fact]
    public void EverythingIsLoadedAtOnceAndDoesNotFit_WhatFitsStaysAndTheProgramIsTold()
    {
        using Author author = Author.OfTexts(dimensions: 4, layers: 3, sizeBytes: 1 << 20).Publishes();
        using MmapManager manager = MmapManager.Open(
            author.Folder, new MemoryConfig { LoadMode = LoadMode.Eager, TotalMemoryBytes = (4 << 20) - 4096 });

        MemoryException refusal = Assert.Throws<MemoryException>(manager.LoadAll);

        Assert.Equal(MemoryError.LimitExceeded, refusal.Error);
        Assert.False(manager.IsLoaded(refusal.Dimension!.Value));
        Assert.Equal((long)manager.GetStats().LoadedDimensions << 20, manager.GetStats().UsedBytes);
        Assert.InRange(manager.GetStats().LoadedDimensions, 1, 3);
    }

    [Fact]
    public void EverythingIsInUse_TheNextReaderIsToldSoAndReadsOnceALeaseEnds()
    {
        // Room for two blocks of four texts.
        using Author author = Author.OfTexts(dimensions: 1, layers: 40).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { TotalMemoryBytes = 8 << 10, PoolBlockSizes = [4096] });
        using (LayerLease first = manager.Acquire(new LayerId(1, 0)))
        {
            using (LayerLease second = manager.Acquire(new LayerId(1, 20)))
            {
                MemoryException refusal = Assert.Throws<MemoryException>(() => manager.ReadText(new LayerId(1, 39)));
                Assert.Equal(MemoryError.LimitExceeded, refusal.Error);
                Assert.Equal(8 << 10, refusal.Stats!.Value.UsedBytes);
                Assert.Equal(2, refusal.Stats.Value.ResidentBlocks);
                Assert.True(second.Span.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(Author.Text(1, 20))));
            }

            Assert.Equal(Author.Text(1, 39), manager.ReadText(new LayerId(1, 39)));
            Assert.True(first.Span.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(Author.Text(1, 0))));
        }

        Assert.True(manager.GetStats().PeakBytes <= 8 << 10);
    }

    [Fact]
    public void AReportReadsEverythingOnce_WhatTheProgramReadsAllDayStaysInMemory()
    {
        const int Blocks = 400;
        const int Hot = 20;
        using Author author = Author.OfTexts(dimensions: 1, layers: Blocks * 4).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { TotalMemoryBytes = 64 << 12, PoolBlockSizes = [4096] });
        for (int day = 0; day < 3; day++)
        {
            // More than fits, so that the hot texts are evicted once and prove themselves when they come back.
            Read(Enumerable.Range(0, 80));
            Read(Enumerable.Range(0, Hot));
        }

        long before = manager.GetStats().DecodedBlocks;
        for (int i = 100; i < Blocks; i++)
        {
            Read([i]);
            Read([i % Hot]);
        }

        long decoded = manager.GetStats().DecodedBlocks - before;
        Assert.InRange(decoded, Blocks - 100, Blocks - 100 + Hot);

        void Read(IEnumerable<int> blocks)
        {
            foreach (int block in blocks)
                Assert.Equal(Author.Text(1, block * 4), manager.ReadText(new LayerId(1, (uint)block * 4)));
        }
    }

    [Fact]
    public void ADataSetOfTenTimesTheBudgetIsReadByManyThreads_EveryByteIsRightAndTheBudgetIsKept()
    {
        const int Layers = 640;
        using Author author = Author.OfTexts(dimensions: 2, layers: Layers).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { TotalMemoryBytes = 128 << 10, PoolBlockSizes = [4096] });

        Crew.Works(4, index =>
        {
            Random random = new(index);
            for (int i = 0; i < 3000; i++)
            {
                (int dimension, int layer) = (random.Next(1, 3), random.Next(Layers));
                Assert.Equal(Author.Text(dimension, layer), manager.ReadText(new LayerId((ushort)dimension, (uint)layer)));
            }
        });

        MemoryStats stats = manager.GetStats();
        Assert.InRange(stats.PeakBytes, 1, 128 << 10);
        Assert.True(stats.EvictedBlocks > 1000);
        Assert.Equal(stats.DecodedBlocks, stats.EvictedBlocks + stats.ResidentBlocks);
    }

    private static void LoadOneByOne(MmapManager manager)
    {
        foreach (DimensionId dimension in manager.Dimensions)
            manager.Load(dimension);
    }

    [Fact]
    public void TheProgramRentsBuffersOfItsOwn_TextsMakeWayAndOneLimitHoldsForAll()
    {
        const int Total = 1 << 20;
        using Author author = Author.OfTexts(dimensions: 4, layers: 64, length: 4000).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { TotalMemoryBytes = Total });
        ReadsAll(manager);
        long evicted = manager.GetStats().EvictedBlocks;

        using (IMemoryOwner<byte> one = manager.Buffers.Rent(Total / 4))
        using (IMemoryOwner<byte> other = manager.Buffers.Rent(Total / 4))
        {
            Assert.True(manager.GetStats().EvictedBlocks > evicted);
            int length = manager.ReadCopy(new LayerId(2, 7), other.Memory.Span);
            Assert.Equal(Author.Text(2, 7, 4000), Encoding.UTF8.GetString(other.Memory.Span[..length]));

            // What the program holds cannot make way for more.
            MemoryException refusal = Assert.Throws<MemoryException>(() => manager.Buffers.Rent(Total * 3 / 4));
            Assert.Equal(MemoryError.LimitExceeded, refusal.Error);
            ReadsAll(manager);
            Assert.InRange(manager.GetStats().UsedBytes, Total / 2, Total);
        }

        ReadsAll(manager);
        Assert.True(manager.GetStats().PeakBytes <= Total);
    }

    private static void ReadsAll(MmapManager manager)
    {
        for (ushort d = 1; d <= 4; d++)
        {
            for (uint i = 0; i < 64; i++)
                Assert.Equal(Author.Text(d, (int)i, 4000), manager.ReadText(new LayerId(d, i)));
        }
    }
}
