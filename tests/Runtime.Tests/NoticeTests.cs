using System.Runtime.CompilerServices;
using Lamina.Format;
using Lamina.Protection;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests;

/// <summary>What a manager tells of itself, and when.</summary>
public sealed class NoticeTests
{
    private static readonly DimensionId One = new(1);

    [Fact]
    public void Open_WithAHandler_TellsTheOpeningAndWhatFollows()
    {
        using SourceDataSet data = new SourceDataSet().Publish("""
            { "dimensions": [ { "id": 1 }, { "id": 2 } ],
              "layers": [
                { "dimension_id": 1, "layer_num": 0, "content": "one" },
                { "dimension_id": 2, "layer_num": 0, "content": "two" } ] }
            """);
        List<MemoryNoticeEventArgs> told = [];
        MmapManager manager = MmapManager.Open(data.Folder, notice: Into(told));
        manager.ReadCopy(new LayerId(1, 0));
        manager.ReadCopy(new LayerId(1, 0));
        manager.Reload(One);
        manager.Unload(One);
        manager.Dispose();
        manager.Dispose();
        Assert.Equal(
            [
                (MemoryNotice.Opened, null, 2), (MemoryNotice.DimensionLoaded, One, null), (MemoryNotice.DimensionReloaded, One, null),
                (MemoryNotice.DimensionUnloaded, One, null), (MemoryNotice.Disposed, null, null),
            ],
            told.Select(static e => (e.Notice, e.Dimension, e.Count)));
    }

    [Fact]
    public void Open_HandlerThrows_OpensNothing()
    {
        using SourceDataSet data = new SourceDataSet().Publish("""{ "dimensions": [ { "id": 1 } ], "layers": [] }""");
        Assert.Throws<NotSupportedException>(() => MmapManager.Open(data.Folder, notice: static (_, _) => throw new NotSupportedException()));
    }

    [Fact]
    public void Load_FileDamaged_TellsTheFaultOnce()
    {
        using TestDataSet data = new(new TestRegion(1, new TestLayer(0, Text(1, 0))) { Damage = static file => file[130] ^= 1 });
        using MmapManager manager = data.Open();
        List<MemoryNoticeEventArgs> told = [];
        manager.Notice += Into(told);
        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => manager.ReadCopy(new LayerId(1, 0)));
        MemoryNoticeEventArgs notice = Assert.Single(told);
        Assert.Equal((MemoryNotice.FaultFound, One), (notice.Notice, notice.Dimension));
        Assert.Same(thrown, notice.Exception);
    }

    [Fact]
    public void Read_BlockDamaged_TellsTheFault()
    {
        TestRegion region = Texts(1, 4, compress: false);
        using TestDataSet data = new(region);
        byte[] bytes = File.ReadAllBytes(data.PathOf(1));
        bytes[region.StoredBlocks[0].Offset] ^= 1;
        File.WriteAllBytes(data.PathOf(1), bytes);
        using MmapManager manager = data.Open();
        List<MemoryNoticeEventArgs> told = [];
        manager.Notice += Into(told);
        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => manager.ReadCopy(new LayerId(1, 0)));
        Assert.Equal([MemoryNotice.DimensionLoaded, MemoryNotice.FaultFound], told.Select(static e => e.Notice));
        Assert.Same(thrown, told[1].Exception);
    }

    [Fact]
    public void Load_NoRoom_TellsTheLimitWithTheFigures()
    {
        using TestDataSet data = new(new TestRegion(1, new TestLayer(0, Text(1, 0))) { SizeBytes = 1 << 20 });
        using MmapManager manager = data.Open(new MemoryConfig { LoadMode = LoadMode.Eager, TotalMemoryBytes = 1 << 19 });
        List<MemoryNoticeEventArgs> told = [];
        manager.Notice += Into(told);
        Assert.Throws<MemoryException>(() => manager.Load(One));
        MemoryNoticeEventArgs notice = Assert.Single(told);
        Assert.Equal(MemoryNotice.LimitExceeded, notice.Notice);
        Assert.Equal(1 << 19, Assert.IsType<MemoryException>(notice.Exception).Stats!.Value.TotalBytes);
        Assert.Equal(1, manager.GetStats().LimitFailures);
    }

    [Fact]
    public void Load_SystemRefuses_TellsThatItFailed()
    {
        using TestDataSet data = new(Texts(1, 4));
        File.Delete(data.PathOf(1));
        Directory.CreateDirectory(data.PathOf(1));
        using MmapManager manager = data.Open();
        List<MemoryNoticeEventArgs> told = [];
        manager.Notice += Into(told);
        MemoryException thrown = Assert.Throws<MemoryException>(() => manager.Load(One));
        Assert.Equal(MemoryError.SystemError, thrown.Error);
        MemoryNoticeEventArgs notice = Assert.Single(told);
        Assert.Equal((MemoryNotice.LoadFailed, One), (notice.Notice, notice.Dimension));
        Assert.Same(thrown, notice.Exception);
    }

    [Fact]
    public void Refresh_ManifestDamaged_TellsThatItFailed()
    {
        using SourceDataSet data = new SourceDataSet().Publish("""{ "dimensions": [ { "id": 1 } ], "layers": [] }""");
        List<MemoryNoticeEventArgs> told = [];
        using MmapManager manager = MmapManager.Open(data.Folder, notice: Into(told));
        File.WriteAllText(Path.Combine(data.Folder, "manifest.json"), "{");
        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => manager.Refresh());
        Assert.Equal(MemoryNotice.RefreshFailed, told[^1].Notice);
        Assert.Same(thrown, told[^1].Exception);
    }

    [Fact]
    public void Read_BudgetFull_TellsEvictionsAtEachPowerOfTwo()
    {
        using TestDataSet data = new(Texts(1, 400));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 32 << 10, PoolBlockSizes = [4096] });
        List<MemoryNoticeEventArgs> told = [];
        manager.Notice += Into(told);
        for (uint i = 0; i < 400; i++)
            manager.ReadCopy(new LayerId(1, i));
        long[] counts = [.. told.Where(static e => e.Notice == MemoryNotice.BlocksEvicted).Select(static e => e.Count!.Value)];
        Assert.Equal(1, counts[0]);
        Assert.True(counts.Length <= 8, string.Join(' ', counts));
        Assert.Equal(counts.Length, counts.Select(static n => long.Log2(n)).Distinct().Count());
        Assert.True(manager.GetStats().EvictedBlocks >= 90);
    }

    [Fact]
    public void Dispose_LeaseHeld_TellsWhatStaysUntilItEnds()
    {
        using TestDataSet data = new(Texts(1, 4), Texts(2, 4));
        MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(2, 0));
        List<MemoryNoticeEventArgs> told = [];
        manager.Notice += Into(told);
        using LayerLease lease = manager.Acquire(new LayerId(1, 0));
        manager.Dispose();
        Assert.Equal([MemoryNotice.DimensionLoaded, MemoryNotice.DisposedWhileRead, MemoryNotice.Disposed], told.Select(static e => e.Notice));

        // The region and its block.
        Assert.Equal(2, told[1].Count);
        Assert.Equal(Text(1, 0), lease.Span);
    }

    [Fact]
    public void Read_AThreadEndedWithALease_TellsTheLeak()
    {
        using TestDataSet data = new(Texts(1, 4), Texts(2, 4));
        using MmapManager manager = data.Open();
        List<MemoryNoticeEventArgs> told = [];
        manager.Notice += (_, e) => told.Add(e);
        long before = Hazards.Leaked;
        LeakALease(manager);
        for (int i = 0; i < 100 && Hazards.Leaked == before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        manager.ReadCopy(new LayerId(2, 0));
        long? count = told.Last(static e => e.Notice == MemoryNotice.LeasesLeaked).Count;
        Assert.True(count > before);
        Assert.True(manager.GetStats().LeakedLeases >= count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LeakALease(MmapManager manager)
    {
        Thread thread = new(() => Assert.Equal(1000, manager.Acquire(new LayerId(1, 0)).Length));
        thread.Start();
        thread.Join();
    }

    private static EventHandler<MemoryNoticeEventArgs> Into(List<MemoryNoticeEventArgs> told) => (_, e) =>
    {
        // Other tests of this process leave leases on purpose.
        if (e.Notice != MemoryNotice.LeasesLeaked)
            told.Add(e);
    };
}
