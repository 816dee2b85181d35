using Lamina.Protection;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests.Protection;

/// <summary>What threads leave when they end is used by others, whether or not the runtime collects in between.</summary>
[Collection(nameof(Alone))]
public sealed class EndedThreadTests
{
    private const long NoCollection = 64 << 20;

    [Fact]
    public void Acquire_OnThreadsOneAfterTheOther_LeavesNoMoreRecordsThanTwiceTheMostAtOnce()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        int before = Hazards.Count;
        Assert.True(GC.TryStartNoGCRegion(NoCollection));
        for (int i = 0; i < (before * 2) + 1000; i++)
            Threads.RunOther(() => Read(manager));
        Assert.Equal(System.Runtime.GCLatencyMode.NoGCRegion, System.Runtime.GCSettings.LatencyMode);
        GC.EndNoGCRegion();
        Assert.InRange(Hazards.Count, 1, Math.Max(64, before * 2));
    }

    [Fact]
    public void Acquire_OnThreadsAfterOneThatEndedWithoutDisposing_LeavesItsLeasesToBeDropped()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        long leaked = manager.GetStats().LeakedLeases;
        Threads.RunOther(() =>
        {
            LayerLease lease = manager.Acquire(new LayerId(1, 0));
            ReadScope scope = manager.BeginScope();
            _ = scope[new LayerId(1, 39)].Length + lease.Length;
        });
        int count = (Hazards.Count * 2) + 1000;
        for (int i = 0; i < count; i++)
            Threads.RunOther(() => Read(manager));
        manager.Unload(new DimensionId(1));
        for (int i = 0; i < 100 && manager.GetStats().PoolUsedBytes > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
        Assert.True(manager.GetStats().LeakedLeases >= leaked + 2);
    }

    private static void Read(MmapManager manager)
    {
        LayerId id = new(1, 7);
        using LayerLease lease = manager.Acquire(id);
        using ReadScope scope = manager.BeginScope();
        Assert.True(scope[id].SequenceEqual(lease.Span));
    }
}
