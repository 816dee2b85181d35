using Lamina.Protection;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests;

/// <summary>Loading, unloading and the budget.</summary>
public sealed class LoadingTests
{
    private static readonly DimensionId One = new(1);
    private static readonly DimensionId Two = new(2);

    [Fact]
    public void Open_RegionFilesMissing_TouchesNone()
    {
        using TestDataSet data = new(Texts(1, 1), Texts(2, 1));
        File.Delete(data.PathOf(1));
        File.Delete(data.PathOf(2));
        using MmapManager manager = data.Open();
        Assert.Equal([One, Two], manager.Dimensions);
        Assert.False(manager.IsLoaded(One));
        Assert.Equal(0, manager.GetStats().MappedBytes);
    }

    [Fact]
    public void Load_Twice_SaysAlreadyLoaded()
    {
        using TestDataSet data = new(Texts(1, 1), Texts(2, 1));
        using MmapManager manager = data.Open();
        manager.Load(One);
        Assert.True(manager.IsLoaded(One));
        Assert.False(manager.IsLoaded(Two));
        Assert.Equal(MemoryError.AlreadyLoaded, Assert.Throws<MemoryException>(() => manager.Load(One)).Error);
        Assert.False(manager.TryLoad(One));
        manager.LoadAll();
        Assert.Equal(2, manager.GetStats().LoadedDimensions);
    }

    [Fact]
    public void Unload_NotLoaded_SaysSo()
    {
        using TestDataSet data = new(Texts(1, 1));
        using MmapManager manager = data.Open();
        MemoryException exception = Assert.Throws<MemoryException>(() => manager.Unload(One));
        Assert.Equal(MemoryError.NotLoaded, exception.Error);
        Assert.Equal(One, exception.Dimension);
        Assert.False(manager.TryUnload(One));
    }

    [Fact]
    public void Load_NoSuchDimension_SaysSo()
    {
        using TestDataSet data = new(Texts(1, 1));
        using MmapManager manager = data.Open();
        foreach (Action<DimensionId> act in (Action<DimensionId>[])[manager.Load, manager.Unload, manager.Reload])
            Assert.Equal(MemoryError.DimensionNotFound, Assert.Throws<MemoryException>(() => act(Two)).Error);
    }

    [Fact]
    public void Acquire_NotLoadedAndNotOnDemand_SaysNotLoaded()
    {
        using TestDataSet data = new(Texts(1, 1));
        using MmapManager manager = data.Open(new MemoryConfig { LoadOnDemand = false });
        Assert.Equal(MemoryError.NotLoaded, Assert.Throws<MemoryException>(() => manager.ReadCopy(new LayerId(1, 0))).Error);
        manager.Load(One);
        Assert.Equal(Text(1, 0), manager.ReadCopy(new LayerId(1, 0)));
    }

    [Theory, InlineData(LoadMode.Lazy), InlineData(LoadMode.Eager)]
    public void LoadAll_Cancelled_LoadsNothing(LoadMode mode)
    {
        using TestDataSet data = new(Texts(1, 1), Texts(2, 1));
        using MmapManager manager = data.Open(new MemoryConfig { LoadMode = mode });
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => manager.LoadAll(source.Token));
        Assert.Equal(0, manager.GetStats().LoadedDimensions);
    }

    [Fact]
    public void LoadAll_CancelledOnTheWay_KeepsWhatIsLoadedAndLoadsNoMore()
    {
        using TestDataSet data = new(Texts(1, 1), Texts(2, 1), Texts(3, 1));
        using MmapManager manager = data.Open();
        using CancellationTokenSource source = new();
        TestHooks.Reached = point =>
        {
            if (point == HookPoint.RegionLoaded)
                source.Cancel();
        };
        try
        {
            Assert.Throws<OperationCanceledException>(() => manager.LoadAll(source.Token));
        }
        finally
        {
            TestHooks.Reached = null;
        }

        Assert.Equal(1, manager.GetStats().LoadedDimensions);
        manager.LoadAll();
        Assert.Equal(3, manager.GetStats().LoadedDimensions);
    }

    [Fact]
    public void LoadAll_EagerWithinTheBudgetToTheByte_FitsAndOneMoreByteDoesNot()
    {
        using TestDataSet data = new([.. Enumerable.Range(1, 14).Select(d => new TestRegion((ushort)d, new TestLayer(0, Text((ushort)d, 0)))
        {
            SizeBytes = 1 << 20,
        })]);
        MemoryConfig config = new() { LoadMode = LoadMode.Eager, TotalMemoryBytes = 14 << 20 };
        using (MmapManager manager = data.Open(config))
        {
            manager.LoadAll();
            Assert.Equal(14 << 20, manager.GetStats().UsedBytes);
            Assert.Equal(14 << 20, manager.GetStats().EagerBytes);
            for (ushort d = 1; d <= 14; d++)
                Assert.Equal(Text(d, 0), manager.ReadCopy(new LayerId(d, 0)));
            for (ushort d = 1; d <= 14; d++)
                manager.Unload(new DimensionId(d));
            Assert.Equal(0, manager.GetStats().UsedBytes);
            Assert.Equal(14 << 20, manager.GetStats().PeakBytes);
        }

        using MmapManager tooSmall = data.Open(config with { TotalMemoryBytes = (14 << 20) - 1 });
        Assert.Equal(MemoryError.LimitExceeded, Assert.Throws<MemoryException>(tooSmall.LoadAll).Error);
        foreach (DimensionId dimension in tooSmall.Dimensions)
            tooSmall.TryUnload(dimension);
        MemoryException exception = Assert.Throws<MemoryException>(() =>
        {
            foreach (DimensionId dimension in tooSmall.Dimensions)
                tooSmall.Load(dimension);
        });
        Assert.Equal(MemoryError.LimitExceeded, exception.Error);
        Assert.Equal(new DimensionId(14), exception.Dimension);
        Assert.Equal(13 << 20, exception.Stats!.Value.UsedBytes);
        Assert.Equal((14 << 20) - 1, exception.Stats!.Value.TotalBytes);
        for (ushort d = 1; d <= 13; d++)
            Assert.Equal(Text(d, 0), tooSmall.ReadCopy(new LayerId(d, 0)));
    }

    [Fact]
    public void Acquire_LoadsEagerlyOnDemand_ReadsTheReservationAndTakesNothingMore()
    {
        using TestDataSet data = new(new TestRegion(1, new TestLayer(0, Text(1, 0))) { SizeBytes = 1 << 20 });
        using MmapManager manager = data.Open(new MemoryConfig { LoadMode = LoadMode.Eager, TotalMemoryBytes = 1 << 20 });
        Assert.Equal(Text(1, 0), manager.ReadCopy(new LayerId(1, 0)));
        Assert.Equal(1 << 20, manager.GetStats().UsedBytes);
        Assert.Equal(0, manager.GetStats().PoolBytes);
        Assert.Equal(0, manager.GetStats().DecodedBlocks);
    }

    [Fact]
    public void Reload_FileDamagedMeanwhile_KeepsWhatWasLoaded()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open(new MemoryConfig { OpenMode = OpenMode.Copy });
        manager.Load(One);
        byte[] file = File.ReadAllBytes(data.PathOf(1));
        file[100] ^= 1;
        File.Delete(data.PathOf(1));
        File.WriteAllBytes(data.PathOf(1), file);
        long used = manager.GetStats().UsedBytes;
        Assert.Throws<Format.LaminaFormatException>(() => manager.Reload(One));
        Assert.Equal(used, manager.GetStats().UsedBytes);
        Assert.Equal(Text(1, 7), manager.ReadCopy(new LayerId(1, 7)));
    }

    [Fact]
    public void Acquire_MoreThanTheBudget_EvictsAndStaysWithin()
    {
        using TestDataSet data = new(Texts(1, 400));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 64 << 10 });
        Random random = new();
        for (int i = 0; i < 5000; i++)
        {
            int layer = random.Next(400);
            Assert.Equal(Text(1, layer), manager.ReadCopy(new LayerId(1, (uint)layer)));
        }

        MemoryStats stats = manager.GetStats();
        Assert.True(stats.PeakBytes <= 64 << 10);
        Assert.True(stats.EvictedBlocks > 0);
        Assert.Equal(stats.DecodedBlocks, stats.EvictedBlocks + stats.ResidentBlocks);
    }

    [Fact]
    public void Acquire_EverythingInUse_SaysLimitExceededAndRecovers()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 8 << 10 });
        using (LayerLease first = manager.Acquire(new LayerId(1, 0)))
        using (LayerLease second = manager.Acquire(new LayerId(1, 4)))
        {
            MemoryException exception = Assert.Throws<MemoryException>(() => manager.ReadCopy(new LayerId(1, 8)));
            Assert.Equal(MemoryError.LimitExceeded, exception.Error);
            Assert.Equal(8 << 10, exception.Stats!.Value.UsedBytes);
            Assert.Equal(Text(1, 0), first.Span);
            Assert.Equal(Text(1, 4), second.Span);
            Assert.Equal(Text(1, 1), manager.ReadCopy(new LayerId(1, 1)));
        }

        Assert.Equal(Text(1, 8), manager.ReadCopy(new LayerId(1, 8)));
    }

    [Fact]
    public void Acquire_ScanOverMuchMoreThanTheBudget_LeavesTheHotBlocks()
    {
        using TestDataSet data = new(Texts(1, 4 * 1000));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 64 << 12 });

        // Blocks that were evicted once and came back prove themselves.
        for (int pass = 0; pass < 3; pass++)
        {
            for (uint block = 0; block < 80; block++)
                manager.ReadCopy(new LayerId(1, block * 4));
        }

        // What was forgotten meanwhile proves itself now.
        Warm();
        Warm();
        long before = manager.GetStats().DecodedBlocks;
        Warm();
        Assert.Equal(before, manager.GetStats().DecodedBlocks);
        for (uint i = 400; i < 4000; i++)
        {
            manager.ReadCopy(new LayerId(1, i));
            if (i % 40 == 0)
                Warm();
        }

        // 900 blocks were scanned, and the hot ones were hardly decoded again.
        Assert.InRange(manager.GetStats().DecodedBlocks - before, 900, 910);

        void Warm()
        {
            for (uint block = 0; block < 20; block++)
                manager.ReadCopy(new LayerId(1, block * 4));
        }
    }

    [Fact]
    public void Acquire_EverythingEvictableIsLessThanNeeded_SaysLimitExceededAndRecovers()
    {
        byte[] large = Text(2, 0, 60_000);
        using TestDataSet data = new(Texts(1, 80), new TestRegion(2, new TestLayer(0, large)));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 64 << 10, PoolBlockSizes = [4 << 10, 64 << 10] });

        // Room for sixteen blocks of four layers; of twenty, some come back and are in the main queue.
        for (int pass = 0; pass < 3; pass++)
        {
            for (uint i = 0; i < 80; i += 4)
                manager.ReadCopy(new LayerId(1, i));
        }

        using (LayerLease lease = manager.Acquire(new LayerId(1, 40)))
        {
            MemoryException exception = Assert.Throws<MemoryException>(() => manager.ReadCopy(new LayerId(2, 0)));
            Assert.Equal(MemoryError.LimitExceeded, exception.Error);
            Assert.Equal(Text(1, 40), lease.Span);
            Assert.Equal(Text(1, 0), manager.ReadCopy(new LayerId(1, 0)));
        }

        Assert.Equal(large, manager.ReadCopy(new LayerId(2, 0)));
    }

    [Fact]
    public void Acquire_BlockLargerThanThePoolsSizes_IsTakenByItself()
    {
        byte[] large = Text(1, 0, 1_000_000);
        using TestDataSet data = new(new TestRegion(1, new TestLayer(0, large), new TestLayer(1, Text(1, 1))));
        using MmapManager manager = data.Open();
        Assert.Equal(large, manager.ReadCopy(new LayerId(1, 0)));
        Assert.InRange(manager.GetStats().PoolBytes, 1_000_000, 1_020_000);
        manager.Unload(One);
        manager.Trim();
        Assert.Equal(0, manager.GetStats().UsedBytes);
    }

    [Fact]
    public void Dispose_Twice_EveryCallSaysDisposed()
    {
        using TestDataSet data = new(Texts(1, 4));
        MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        manager.Dispose();
        manager.Dispose();
        LayerId id = new(1, 0);
        Action[] calls =
        [
            () => manager.ReadCopy(id), () => manager.Acquire(id).Dispose(), () => manager.TryAcquire(id, out _),
            () => manager.BeginScope().Dispose(), () => manager.Read(id, 0, static (_, _) => 0), () => manager.Rent(id),
            () => manager.ReadText(id), () => manager.Contains(id), () => manager.Contains(new LayerId(9, 0)),
            () => manager.GetLength(id), () => manager.GetInfo(id), () => manager.GetName(id), () => manager.GetKeywords(id),
            () => manager.Load(One), () => manager.TryLoad(One), () => manager.LoadAll(), () => manager.Unload(One),
            () => manager.TryUnload(One), () => manager.Reload(One),
        ];
        Assert.All(calls, static call => Assert.Throws<ObjectDisposedException>(call));
        Assert.Equal(0, manager.GetStats().UsedBytes);
        Assert.False(manager.IsLoaded(One));
    }

    [Fact]
    public void Manager_NeverDisposed_GivesBackWhatItHolds()
    {
        // Nothing of a manager may be held here, or it would not be collected; so the system is asked.
        if (!OperatingSystem.IsLinux())
            return;
        using TestDataSet data = new(Texts(1, 4));
        Forget(data);
        for (int i = 0; i < 100 && IsMapped(data); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(IsMapped(data));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Forget(TestDataSet data)
        {
            data.Open().ReadCopy(new LayerId(1, 0));
            Assert.True(IsMapped(data));
        }

        static bool IsMapped(TestDataSet data) =>
            File.ReadAllText("/proc/self/maps").Contains(data.Folder, StringComparison.Ordinal);
    }

    [Fact]
    public void Scope_ManagerDisposed_ReadsOnWhatWasReadAndRefusesMore()
    {
        using TestDataSet data = new(Texts(1, 40));
        MmapManager manager = data.Open();
        using ReadScope scope = manager.BeginScope();
        ReadOnlySpan<byte> span = scope[new LayerId(1, 0)];
        manager.Dispose();
        Assert.Equal(Text(1, 0), span);
        Assert.Equal(Text(1, 0), scope[new LayerId(1, 0)]);
        bool refused = false;
        try
        {
            _ = scope[new LayerId(1, 39)];
        }
        catch (ObjectDisposedException)
        {
            refused = true;
        }

        Assert.True(refused);
    }
}
