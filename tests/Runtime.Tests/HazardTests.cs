using Lamina.Protection;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests;

/// <summary>
/// What a reader sees stays, whatever happens at the worst moment. Each test stops a reader at one step of the protocol and lets
/// another thread take away what the reader is about to read.
/// </summary>
public sealed class HazardTests
{
    private static readonly DimensionId One = new(1);

    [Fact]
    public void Acquire_UnloadedBeforePublishing_ReadsWhatIsLoadedAnew()
    {
        using TestDataSet data = new([.. Enumerable.Range(1, 9).Select(static d => Texts((ushort)d, 40))]);
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        byte[] read = ReadWhile(manager, new LayerId(1, 0), HookPoint.RegionFound, () =>
        {
            manager.Unload(One);

            // Tables of the same size: what was freed is used again, for another dimension.
            for (ushort d = 2; d <= 9; d++)
            {
                for (uint i = 0; i < 40; i++)
                    manager.ReadCopy(new LayerId(d, i));
            }
        });
        Assert.Equal(Text(1, 0), read);
    }

    [Fact]
    public void Scope_UnloadedBeforePublishing_ReadsWhatIsLoadedAnew()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        bool once = false;
        TestHooks.Reached = point =>
        {
            if (point == HookPoint.RegionFound && !once)
            {
                once = true;
                OnAnotherThread(() => manager.Unload(One));
            }
        };
        try
        {
            using ReadScope scope = manager.BeginScope();
            Assert.Equal(Text(1, 0), scope[new LayerId(1, 0)]);
            Assert.True(once);
            Assert.Equal(Text(1, 1), scope[new LayerId(1, 1)]);
        }
        finally
        {
            TestHooks.Reached = null;
        }
    }

    [Fact]
    public void Scope_EvictedWhileReading_KeepsTheBlock()
    {
        using TestDataSet data = new(Texts(1, 400));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 8 << 10 });
        using ReadScope scope = manager.BeginScope();
        ReadOnlySpan<byte> span = scope[new LayerId(1, 0)];
        OnAnotherThread(() =>
        {
            for (uint i = 4; i < 400; i += 4)
                Assert.Equal(Text(1, (int)i), manager.ReadCopy(new LayerId(1, i)));
        });
        Assert.Equal(Text(1, 0), span);
        Assert.Equal(Text(1, 1), scope[new LayerId(1, 1)]);
    }

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
    public void Dispose_LeaseReleasedJustBeforeItIsAskedToReclaim_FreesWhatItHeldAllTheSame()
    {
        using TestDataSet data = new(Texts(1, 40));
        MmapManager manager = data.Open();
        using ManualResetEventSlim asking = new();
        using ManualResetEventSlim released = new();
        Thread disposer = new(() =>
        {
            TestHooks.Reached = point =>
            {
                if (point != HookPoint.Asking || asking.IsSet)
                    return;
                asking.Set();
                released.Wait();
            };
            manager.Dispose();
            TestHooks.Reached = null;
            asking.Set();
        });
        using (LayerLease lease = manager.Acquire(new LayerId(1, 0)))
        {
            disposer.Start();
            asking.Wait();
        }

        released.Set();
        disposer.Join();
        Assert.True(SpinWait.SpinUntil(() => manager.GetStats() is { UsedBytes: 0, MappedBytes: 0 }, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Acquire_UnloadedAfterPublishing_KeepsTheRegion()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        byte[] read = ReadWhile(manager, new LayerId(1, 0), HookPoint.RegionPublished, () =>
        {
            manager.Unload(One);
            Assert.True(manager.GetStats().MappedBytes > 0);
        });
        Assert.Equal(Text(1, 0), read);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Acquire_UnloadedAfterReadingTheCell_KeepsTheContent(bool compress)
    {
        using TestDataSet data = new(Texts(1, 40, compress: compress));
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        HookPoint point = compress ? HookPoint.CellRead : HookPoint.RegionPublished;
        byte[] read = ReadWhile(manager, new LayerId(1, 0), point, () =>
        {
            manager.Unload(One);

            // What the reader does not protect is used again at once.
            using ReadScope scope = manager.BeginScope();
            for (uint i = 4; i < 40; i++)
                Assert.Equal(Text(1, (int)i), scope[new LayerId(1, i)]);
        });
        Assert.Equal(Text(1, 0), read);
    }

    [Fact]
    public void Acquire_EvictedWhileReading_KeepsTheBlock()
    {
        // Room for two blocks of four layers.
        using TestDataSet data = new(Texts(1, 400));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 8 << 10 });
        manager.ReadCopy(new LayerId(1, 0));
        byte[] read = ReadWhile(manager, new LayerId(1, 0), HookPoint.CellRead, () =>
        {
            for (uint i = 4; i < 400; i += 4)
                Assert.Equal(Text(1, (int)i), manager.ReadCopy(new LayerId(1, i)));
        });
        Assert.Equal(Text(1, 0), read);
    }

    [Fact]
    public void Acquire_RegionUnloadedWhileDecoding_ReadsAllTheSame()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        byte[] read = ReadWhile(manager, new LayerId(1, 0), HookPoint.BlockDecoded, () => manager.Unload(One));
        Assert.Equal(Text(1, 0), read);
        Assert.Equal(4096, manager.GetStats().PoolUsedBytes);
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
    public void Scope_EverythingUnloaded_KeepsWhatItReadAndNothingElse()
    {
        using TestDataSet data = new(Texts(1, 40), Texts(2, 40));
        using MmapManager manager = data.Open();
        for (uint i = 0; i < 40; i++)
        {
            manager.ReadCopy(new LayerId(1, i));
            manager.ReadCopy(new LayerId(2, i));
        }

        using (ReadScope scope = manager.BeginScope())
        {
            ReadOnlySpan<byte> first = scope[new LayerId(1, 0)];
            ReadOnlySpan<byte> last = scope[new LayerId(1, 39)];
            manager.Unload(One);
            manager.Unload(new DimensionId(2));
            Assert.Equal(2 * 4096, manager.GetStats().PoolUsedBytes);
            Assert.Equal(Text(1, 0), first);
            Assert.Equal(Text(1, 39), last);

            // What was unloaded is loaded again for the scope's next read, beside what it still protects.
            Assert.Equal(Text(1, 0), scope[new LayerId(1, 0)]);
        }

        manager.Unload(One);
        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
    }

    [Fact]
    public void Scope_ManyBlocks_KeepsAllOfThem()
    {
        using TestDataSet data = new(Texts(1, 4000));
        using MmapManager manager = data.Open();
        using ReadScope scope = manager.BeginScope();
        List<nint> starts = [];
        for (uint i = 0; i < 4000; i++)
            starts.Add(AddressOf(scope[new LayerId(1, i)]));
        manager.Unload(One);
        Assert.Equal(1000 * 4096, manager.GetStats().PoolUsedBytes);
        for (int i = 0; i < 4000; i++)
            Assert.Equal(Text(1, i), At(starts[i], 1000));
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
    public void Scope_DisposedTwiceAndCopied_GivesUpItsOwnTableAlone()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        ReadScope scope = manager.BeginScope();
        ReadScope copy = scope;
        scope.Dispose();
        using ReadScope other = manager.BeginScope();
        ReadOnlySpan<byte> span = other[new LayerId(1, 0)];
        copy.Dispose();
        scope.Dispose();
        manager.Unload(One);
        Assert.Equal(4096, manager.GetStats().PoolUsedBytes);
        Assert.Equal(Text(1, 0), span);
        Assert.Throws<ObjectDisposedException>(() => ReadAfterDispose(manager));
        Assert.Throws<ObjectDisposedException>(static () => default(ReadScope)[new LayerId(1, 0)].Length);
        default(ReadScope).Dispose();

        static int ReadAfterDispose(MmapManager manager)
        {
            ReadScope scope = manager.BeginScope();
            scope.Dispose();
            return scope[new LayerId(1, 0)].Length;
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

    private static void OnAnotherThread(Action work)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static byte[] ReadWhile(MmapManager manager, LayerId id, HookPoint point, Action meanwhile)
    {
        using SemaphoreSlim reached = new(0);
        using SemaphoreSlim go = new(0);
        byte[]? result = null;
        Exception? failure = null;
        Thread reader = new(() =>
        {
            bool once = false;
            TestHooks.Reached = at =>
            {
                if (at != point || once)
                    return;
                once = true;
                reached.Release();
                go.Wait();
            };
            try
            {
                result = manager.ReadCopy(id);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
            finally
            {
                reached.Release();
            }
        });
        reader.Start();
        reached.Wait();
        try
        {
            meanwhile();
        }
        finally
        {
            go.Release();
            reader.Join();
        }

        Assert.Null(failure);
        return result!;
    }

    // A reader that finds another thread reclaiming leaves the work to it.
    private static void AssertFreed(MmapManager manager) => Assert.True(SpinWait.SpinUntil(
        () => manager.GetStats() is { PoolUsedBytes: 0, MappedBytes: 0 }, TimeSpan.FromSeconds(10)));

    private static unsafe nint AddressOf(ReadOnlySpan<byte> span)
    {
        fixed (byte* start = span)
            return (nint)start;
    }

    private static unsafe ReadOnlySpan<byte> At(nint address, int length) => new((byte*)address, length);
}
