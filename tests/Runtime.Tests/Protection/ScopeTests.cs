using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests.Protection;

/// <summary>What was read through a scope stays, and nothing else, until it is disposed.</summary>
public sealed class ScopeTests
{
    private static readonly DimensionId One = new(1);

    [Fact]
    public void Scope_EvictedWhileReading_KeepsTheBlock()
    {
        using TestDataSet data = new(Texts(1, 400));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 8 << 10 });
        using ReadScope scope = manager.BeginScope();
        ReadOnlySpan<byte> span = scope[new LayerId(1, 0)];
        Threads.RunOther(() =>
        {
            for (uint i = 4; i < 400; i += 4)
                Assert.Equal(Text(1, (int)i), manager.ReadCopy(new LayerId(1, i)));
        });
        Assert.Equal(Text(1, 0), span);
        Assert.Equal(Text(1, 1), scope[new LayerId(1, 1)]);
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

            // What it has read it reads on; another block it loads again, beside what it still protects.
            Assert.Equal(Text(1, 0), scope[new LayerId(1, 0)]);
            Assert.Equal(2 * 4096, manager.GetStats().PoolUsedBytes);
            Assert.Equal(Text(1, 20), scope[new LayerId(1, 20)]);
            Assert.Equal(3 * 4096, manager.GetStats().PoolUsedBytes);
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

    private static unsafe nint AddressOf(ReadOnlySpan<byte> span)
    {
        fixed (byte* start = span)
            return (nint)start;
    }

    private static unsafe ReadOnlySpan<byte> At(nint address, int length) => new((byte*)address, length);
}
