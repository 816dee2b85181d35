using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests;

/// <summary>Readers check every byte while other threads take everything away, again and again.</summary>
public sealed class StressTests
{
    private const int Layers = 64;
    private const int Rounds = 3000;

    public static TheoryData<OpenMode, LoadMode, bool> Modes => new()
    {
        { OpenMode.Map, LoadMode.Lazy, true },
        { OpenMode.Map, LoadMode.Lazy, false },
        { OpenMode.Copy, LoadMode.Eager, true },
    };

    [Theory, MemberData(nameof(Modes))]
    public void Read_WhileOthersUnloadReloadEvict_SeesOnlyRightContent(OpenMode open, LoadMode load, bool compress)
    {
        using TestDataSet data = new(Texts(1, Layers, compress: compress), Texts(2, Layers, compress: compress));

        // 20 of the 32 blocks: the four readers hold 17 at most, and what they read next has to be evicted for.
        long total = load == LoadMode.Eager || open == OpenMode.Copy ? 1 << 20 : 80 << 10;
        using MmapManager manager = data.Open(new MemoryConfig { OpenMode = open, LoadMode = load, TotalMemoryBytes = total });
        int running = 4;
        Run(
            () => Finish(() => ReadLeases(manager), ref running),
            () => Finish(() => ReadScopes(manager), ref running),
            () => Finish(() => ReadDimensions(manager), ref running),
            () => Finish(() => ReadCopies(manager), ref running),
            () =>
            {
                Random random = new();
                while (Volatile.Read(ref running) > 0)
                {
                    DimensionId dimension = new((ushort)random.Next(1, 3));
                    if (random.Next(2) == 0)
                        manager.TryUnload(dimension);
                    else
                        manager.Reload(dimension);
                    manager.Trim();
                }
            });
        MemoryStats stats = manager.GetStats();
        Assert.True(stats.PeakBytes <= total);
        manager.Dispose();
        Assert.True(SpinWait.SpinUntil(() => manager.GetStats() is { UsedBytes: 0, MappedBytes: 0 }, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Read_WhileDisposed_SeesRightContentOrDisposed()
    {
        using TestDataSet data = new(Texts(1, Layers));
        for (int round = 0; round < 50; round++)
        {
            MmapManager manager = data.Open();
            using Barrier start = new(3);
            Run(
                () => ReadUntilDisposed(manager, start),
                () => ReadUntilDisposed(manager, start),
                () =>
                {
                    start.SignalAndWait();
                    Thread.SpinWait(round * 200);
                    manager.Dispose();
                });
            Assert.True(SpinWait.SpinUntil(() => manager.GetStats() is { UsedBytes: 0, MappedBytes: 0 }, TimeSpan.FromSeconds(10)));
        }
    }

    [Fact]
    public void Read_ManyThreadsMissTheSameBlocks_DecodesEachOnce()
    {
        using TestDataSet data = new(Texts(1, Layers * 4));
        using MmapManager manager = data.Open();
        using Barrier start = new(4);
        Action read = () =>
        {
            start.SignalAndWait();
            for (uint i = 0; i < Layers * 4; i++)
                Check(manager.ReadCopy(new LayerId(1, i)), 1, (int)i);
        };
        Run(read, read, read, read);
        Assert.Equal(Layers, manager.GetStats().DecodedBlocks);
    }

    private static void ReadLeases(MmapManager manager)
    {
        Random random = new();
        for (int i = 0; i < Rounds; i++)
        {
            LayerId id = Pick(random);
            using LayerLease lease = manager.Acquire(id);
            using LayerLease second = manager.Acquire(new LayerId(1, 0));
            Check(lease.Span, id.Dimension.Value, (int)id.Number);
            Check(second.Span, 1, 0);
        }
    }

    private static void ReadScopes(MmapManager manager)
    {
        Random random = new();
        for (int i = 0; i < Rounds / 4; i++)
        {
            using ReadScope scope = manager.BeginScope();
            LayerId first = Pick(random);
            ReadOnlySpan<byte> kept = scope[first];
            for (int k = 0; k < 4; k++)
            {
                LayerId id = Pick(random);
                Check(scope[id], id.Dimension.Value, (int)id.Number);
            }

            Check(kept, first.Dimension.Value, (int)first.Number);
        }
    }

    private static void ReadDimensions(MmapManager manager)
    {
        Random random = new();
        for (int i = 0; i < Rounds / 4; i++)
        {
            using ReadScope scope = manager.BeginScope();
            DimensionReader one = scope.GetReader(new DimensionId(1));
            DimensionReader two = scope.GetReader(new DimensionId(2));
            uint first = (uint)random.Next(Layers);
            ReadOnlySpan<byte> kept = one[first];
            for (int k = 0; k < 4; k++)
            {
                uint number = (uint)random.Next(Layers);
                Check(two[number], 2, (int)number);
                Check(one[first], 1, (int)first);
            }

            Check(kept, 1, (int)first);
        }
    }

    private static void ReadCopies(MmapManager manager)
    {
        Random random = new();
        for (int i = 0; i < Rounds; i++)
        {
            LayerId id = Pick(random);
            Check(manager.ReadCopy(id), id.Dimension.Value, (int)id.Number);
        }
    }

    private static void ReadUntilDisposed(MmapManager manager, Barrier start)
    {
        Random random = new();
        start.SignalAndWait();
        try
        {
            while (true)
            {
                uint layer = (uint)random.Next(Layers);
                using LayerLease lease = manager.Acquire(new LayerId(1, layer));
                Check(lease.Span, 1, (int)layer);
            }
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private static LayerId Pick(Random random) => new((ushort)random.Next(1, 3), (uint)random.Next(Layers));

    // As Text makes it, but without allocating.
    private static void Check(ReadOnlySpan<byte> content, ushort dimension, int number)
    {
        Span<byte> unit = stackalloc byte[32];
        System.Text.Unicode.Utf8.TryWrite(unit, $"<{dimension}:{number}>", out int length);
        if (content.Length != 1000 || !content.StartsWith(unit[..length]) || !content[length..].SequenceEqual(content[..^length]))
            Assert.Fail($"D{dimension}:L{number} reads {Convert.ToHexString(content[..Math.Min(40, content.Length)])}");
    }

    private static void Finish(Action work, ref int running)
    {
        try
        {
            work();
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private static void Run(params Action[] work)
    {
        Exception? failure = null;
        Thread[] threads = [.. work.Select(action => new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                Volatile.Write(ref failure, exception);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if (failure is not null)
            throw new AggregateException(failure);
    }
}
