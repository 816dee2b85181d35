using Lamina.Protection;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests.Protection;

/// <summary>
/// What a reader sees stays, whatever happens at the worst moment. Each test stops a reader at one step of the protocol and lets
/// another thread take away what the reader is about to read.
/// </summary>
public sealed class StoppedReaderTests
{
    private static readonly DimensionId One = new(1);

    [Fact]
    public void Acquire_UnloadedBeforePublishing_ReadsWhatIsLoadedAnew()
    {
        using TestDataSet data = new([.. Enumerable.Range(1, 9).Select(static d => Texts((ushort)d, 40))]);
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        byte[] read = Threads.ReadWhile(manager, new LayerId(1, 0), HookPoint.RegionFound, () =>
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
                Threads.RunOther(() => manager.Unload(One));
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
    public void Acquire_UnloadedAfterPublishing_KeepsTheRegion()
    {
        using TestDataSet data = new(Texts(1, 40));
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        byte[] read = Threads.ReadWhile(manager, new LayerId(1, 0), HookPoint.RegionPublished, () =>
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
        byte[] read = Threads.ReadWhile(manager, new LayerId(1, 0), point, () =>
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
        byte[] read = Threads.ReadWhile(manager, new LayerId(1, 0), HookPoint.CellRead, () =>
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
        byte[] read = Threads.ReadWhile(manager, new LayerId(1, 0), HookPoint.BlockDecoded, () => manager.Unload(One));
        Assert.Equal(Text(1, 0), read);
        Assert.Equal(4096, manager.GetStats().PoolUsedBytes);

        // What was decoded for the old region went with it.
        manager.Unload(One);
        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
        Assert.Equal(0, manager.GetStats().ResidentBlocks);
    }

    [Fact]
    public void Scope_EvictionBetweenPublishingAndReadingTheCell_LeavesTheBlock()
    {
        // Room for two blocks of four layers.
        using TestDataSet data = new(Texts(1, 400));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 8 << 10 });
        using ReadScope scope = manager.BeginScope();
        _ = scope.GetInfo(new LayerId(1, 0));
        manager.ReadCopy(new LayerId(1, 8));
        bool once = false;
        TestHooks.Reached = point =>
        {
            if (point != HookPoint.CellPublished || once)
                return;
            once = true;
            Threads.RunOther(() =>
            {
                for (uint i = 12; i < 400; i += 4)
                    Assert.Equal(Text(1, (int)i), manager.ReadCopy(new LayerId(1, i)));
            });
        };
        try
        {
            Assert.Equal(Text(1, 8), scope[new LayerId(1, 8)]);
            Assert.True(once);
        }
        finally
        {
            TestHooks.Reached = null;
        }
    }

    [Fact]
    public void Acquire_TableOfDimensionsReplacedBeforePublishing_DoesNotTrustTheOldOne()
    {
        const string Dimensions = """{ "id": 1, "name": "One" }""";
        const string Layers = """{ "dimension_id": 1, "layer_num": 0, "content": "first" }""";
        using SourceDataSet data = new SourceDataSet().Publish($$"""{ "dimensions": [ {{Dimensions}} ], "layers": [ {{Layers}} ] }""");
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.ReadCopy(new LayerId(1, 0));
        byte[] read = Threads.ReadWhile(manager, new LayerId(1, 0), HookPoint.RegionFound, () =>
        {
            data.Publish($$"""{ "dimensions": [ {{Dimensions}}, { "id": 9, "name": "Nine" } ], "layers": [ {{Layers}} ] }""");
            Assert.True(manager.Refresh());

            // The new table has it no longer; the old one must not have it either.
            manager.Unload(One);
        });
        Assert.Equal("first"u8, read);
    }
}
