using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests.Protection;

/// <summary>What a lease names stays, and nothing else, until it is disposed or its thread has ended.</summary>
public sealed class LeaseTests
{
    private static readonly DimensionId One = new(1);

    [Fact]
    public void Read_ReaderUsesTheManager_EachReadIsProtected()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        bool right = manager.Read(new LayerId(1, 0), manager, static (outer, state) =>
        {
            bool inner = state.Read(new LayerId(1, 20), state, static (span, state) =>
            {
                state.Unload(One);
                return span.SequenceEqual(Text(1, 20));
            });
            state.ReadCopy(new LayerId(1, 39));
            return inner && outer.SequenceEqual(Text(1, 0));
        });
        Assert.True(right);
    }

    [Fact]
    public void Lease_EverythingUnloaded_StaysReadableAndThenIsFreed()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        using (LayerLease lease = manager.Acquire(new LayerId(1, 5)))
        {
            Assert.Equal(Text(1, 5), lease.Span);
            manager.Unload(One);
            manager.Trim();
            Assert.Equal(Text(1, 5), lease.Span);
            Assert.Equal(4096, manager.GetStats().PoolUsedBytes);
            Assert.True(manager.GetStats().MappedBytes > 0);
        }

        AssertFreed(manager);
    }

    [Fact]
    public void Lease_ManagerDisposed_StaysReadableAndLastReaderFrees()
    {
        using TestDataSet data = new(Texts(1, 40));
        MmapManager manager = data.Open();
        using (LayerLease lease = manager.Acquire(new LayerId(1, 5)))
        {
            manager.Dispose();
            Assert.Equal(Text(1, 5), lease.Span);
            Assert.True(manager.GetStats().UsedBytes > 0);
            Assert.Throws<ObjectDisposedException>(() => manager.ReadCopy(new LayerId(1, 5)));
        }

        AssertFreed(manager);
        Assert.Equal(0, manager.GetStats().UsedBytes);
    }

    [Fact]
    public void Lease_DisposedTwiceAndCopied_GivesUpItsOwnSlotAlone()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        LayerLease lease = manager.Acquire(new LayerId(1, 0));
        LayerLease copy = lease;
        lease.Dispose();
        using LayerLease other = manager.Acquire(new LayerId(1, 39));
        copy.Dispose();
        lease.Dispose();
        manager.Unload(One);
        Assert.Equal(4096, manager.GetStats().PoolUsedBytes);
        Assert.Equal(Text(1, 39), other.Span);
        Assert.Throws<ObjectDisposedException>(() => SpanAfterDispose(manager));

        static int SpanAfterDispose(MmapManager manager)
        {
            LayerLease lease = manager.Acquire(new LayerId(1, 0));
            LayerLease copy = lease;
            lease.Dispose();
            return copy.Span.Length;
        }
    }

    [Fact]
    public void Leases_ManyAtOnceInAnyOrder_EachKeepsItsBlock()
    {
        using TestDataSet data = new(Texts(1, 4 * 40));
        using MmapManager manager = data.Open();
        Nest(manager, 0);
        Assert.Equal(40 * 4096, manager.GetStats().PoolUsedBytes);
        manager.Unload(One);
        Assert.Equal(0, manager.GetStats().PoolUsedBytes);

        static void Nest(MmapManager manager, int depth)
        {
            if (depth == 40)
                return;
            using LayerLease lease = manager.Acquire(new LayerId(1, (uint)depth * 4));
            Nest(manager, depth + 1);
            manager.TryUnload(One);
            Assert.Equal(Text(1, depth * 4), lease.Span);
            Assert.Equal((depth + 1) * 4096, manager.GetStats().PoolUsedBytes);
            if (depth == 0)
            {
                // Leave the dimension loaded and all its blocks resident.
                for (uint i = 0; i < 160; i++)
                    manager.ReadCopy(new LayerId(1, i));
            }
        }
    }

    [Fact]
    public void Lease_ThreadEndedWithoutDisposing_DelaysReleaseUntilItsRecordIsTakenOver()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        Thread thread = new(() =>
        {
            LayerLease lease = manager.Acquire(new LayerId(1, 0));
            ReadScope scope = manager.BeginScope();
            _ = scope[new LayerId(1, 39)].Length + lease.Length;
        });
        thread.Start();
        thread.Join();
        manager.Unload(One);
        for (int i = 0; i < 100 && manager.GetStats().PoolUsedBytes > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
    }

    // A reader that finds another thread reclaiming leaves the work to it.
    private static void AssertFreed(MmapManager manager) => Assert.True(SpinWait.SpinUntil(
        () => manager.GetStats() is { PoolUsedBytes: 0, MappedBytes: 0 }, TimeSpan.FromSeconds(10)));
}
