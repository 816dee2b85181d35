using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Protection;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests;

/// <summary>Reads of one dimension are those of the scope, by number.</summary>
public sealed class DimensionReaderTests : IDisposable
{
    private static readonly DimensionId One = new(1);
    private static readonly uint[] Listed = [3, 4, 9, 1000, uint.MaxValue];

    private readonly TestDataSet _data = new(
        Texts(1, 200), Texts(7, 5, length: 70_000),
        new TestRegion(2, [.. Listed.Select(n => new TestLayer(n, Text(2, (int)(n % 100), 50)))]),
        new TestRegion(9, [new TestLayer(5, []), new TestLayer(6, Text(9, 1, 20)), new TestLayer(7, [])]),
        Texts(40, 30, compress: false));

    public void Dispose() => _data.Dispose();

    [Property(MaxTest = 80)]
    public Property Reader_AnyLayersInAnyOrder_IsWhatTheScopeReads()
    {
        Gen<(ushort Dimension, uint[] Numbers, bool Eager, bool Counted, bool Warm)> cases =
            from dimension in Gen.Elements((ushort)1, (ushort)2, (ushort)7, (ushort)9, (ushort)40)
            from numbers in Gen.Elements(NumbersOf(dimension)).ArrayOf()
            from eager in ArbMap.Default.GeneratorFor<bool>()
            from counted in ArbMap.Default.GeneratorFor<bool>()
            from warm in ArbMap.Default.GeneratorFor<bool>()
            select (dimension, numbers, eager, counted, warm);
        return Prop.ForAll(cases.ToArbitrary(), given =>
        {
            MemoryConfig config = new() { LoadMode = given.Eager ? LoadMode.Eager : LoadMode.Lazy, CountAccesses = given.Counted };
            using MmapManager manager = _data.Open(config);
            using ReadScope scope = manager.BeginScope();
            DimensionId dimension = new(given.Dimension);
            if (given.Warm)
            {
                foreach (uint number in NumbersOf(given.Dimension))
                    _ = scope[new LayerId(dimension, number)];
            }

            DimensionReader reader = scope.GetReader(dimension);
            Assert.Equal(dimension, reader.Dimension);
            Assert.Equal(NumbersOf(given.Dimension).Length, reader.Count);
            foreach (uint number in given.Numbers)
            {
                LayerId id = new(dimension, number);
                Assert.Equal(scope[id], reader[number]);
                Assert.Equal(scope[id], reader[id]);
                Assert.True(reader.TryRead(number, out ReadOnlySpan<byte> content));
                Assert.Equal(scope[id], content);
            }
        });
    }

    [Theory, InlineData(1, 200u), InlineData(1, uint.MaxValue), InlineData(2, 5u), InlineData(9, 4u), InlineData(9, 8u)]
    public void Reader_LayerThatIsNotThere_SaysSo(ushort dimension, uint number)
    {
        foreach (bool counted in (bool[])[false, true])
        {
            using MmapManager manager = _data.Open(new MemoryConfig { CountAccesses = counted });
            using ReadScope scope = manager.BeginScope();
            DimensionReader reader = scope.GetReader(new DimensionId(dimension));
            Assert.False(reader.TryRead(number, out ReadOnlySpan<byte> content));
            Assert.True(content.IsEmpty);
            MemoryException? thrown = null;
            try
            {
                _ = reader[number];
            }
            catch (MemoryException exception)
            {
                thrown = exception;
            }

            Assert.Equal(MemoryError.LayerNotFound, thrown?.Error);
        }
    }

    [Fact]
    public void GetReader_DimensionThatIsNotThere_SaysSo()
    {
        using MmapManager manager = _data.Open();
        MemoryException thrown = Assert.Throws<MemoryException>(() =>
        {
            using ReadScope scope = manager.BeginScope();
            scope.GetReader(new DimensionId(3));
        });
        Assert.Equal(MemoryError.DimensionNotFound, thrown.Error);
    }

    [Fact]
    public void Reader_LayerOfAnotherDimension_IsAWrongArgument()
    {
        using MmapManager manager = _data.Open();
        Assert.Throws<ArgumentException>("id", () =>
        {
            using ReadScope scope = manager.BeginScope();
            return scope.GetReader(One)[new LayerId(2, 3)].Length;
        });
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Reader_ScopeDisposed_ThrowsEvenWhileALaterOneReadsTheSame(bool eager)
    {
        using MmapManager manager = _data.Open(new MemoryConfig { LoadMode = eager ? LoadMode.Eager : LoadMode.Lazy });
        ReadScope scope = manager.BeginScope();
        DimensionReader reader = scope.GetReader(One);
        Assert.Equal(Text(1, 0), reader[0]);
        scope.Dispose();
        Assert.True(IsDisposed(reader));
        using ReadScope later = manager.BeginScope();
        DimensionReader other = later.GetReader(One);
        Assert.Equal(Text(1, 0), other[0]);
        Assert.True(IsDisposed(reader));
        Assert.Equal(200, reader.Count);
        Assert.Equal(Text(1, 0), other[0]);
    }

    [Fact]
    public void Reader_NoScope_SaysSo()
    {
        Assert.True(IsDisposed(default));
        Assert.Equal(0, default(DimensionReader).Count);
        Assert.Throws<ObjectDisposedException>(static () => default(ReadScope).GetReader(One).Count);
    }

    [Theory, InlineData(false, false), InlineData(true, false), InlineData(false, true)]
    public void Reader_DimensionUnloadedAndReloadedOnTheWay_ReadsOn(bool eager, bool counted)
    {
        using MmapManager manager = _data.Open(new MemoryConfig { LoadMode = eager ? LoadMode.Eager : LoadMode.Lazy, CountAccesses = counted });
        using ReadScope scope = manager.BeginScope();
        DimensionReader reader = scope.GetReader(One);
        for (int i = 0; i < 200; i++)
        {
            if (i == 50)
                manager.Unload(One);
            if (i == 100)
                manager.Reload(One);
            Assert.Equal(Text(1, i), reader[(uint)i]);
            Assert.Equal(Text(1, i / 2), reader[(uint)i / 2]);
        }
    }

    [Fact]
    public void Reader_ListedDimensionUnloaded_ReadsOn()
    {
        using MmapManager manager = _data.Open();
        using ReadScope scope = manager.BeginScope();
        DimensionReader reader = scope.GetReader(new DimensionId(2));
        Assert.Equal(Text(2, 3, 50), reader[3]);
        manager.Unload(new DimensionId(2));
        Assert.Equal(Text(2, 4, 50), reader[4]);
        Assert.True(reader.TryRead(uint.MaxValue, out ReadOnlySpan<byte> last));
        Assert.Equal(Text(2, (int)(uint.MaxValue % 100), 50), last);
    }

    [Fact]
    public void Reader_ManagerDisposed_ReadsOnWhatWasRead()
    {
        MmapManager manager = _data.Open();
        using ReadScope scope = manager.BeginScope();
        DimensionReader reader = scope.GetReader(One);
        Assert.Equal(Text(1, 0), reader[0]);
        manager.Dispose();
        Assert.Equal(Text(1, 0), reader[0]);
        bool thrown = false;
        try
        {
            _ = reader[199];
        }
        catch (ObjectDisposedException)
        {
            thrown = true;
        }

        Assert.True(thrown);
    }

    [Fact]
    public void Reader_EvictedWhileReading_KeepsTheBlockAndFindsItAgain()
    {
        using TestDataSet data = new(Texts(1, 400));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 8 << 10 });
        using ReadScope scope = manager.BeginScope();
        DimensionReader reader = scope.GetReader(One);
        ReadOnlySpan<byte> span = reader[0];
        Threads.RunOther(() =>
        {
            for (uint i = 4; i < 400; i += 4)
                Assert.Equal(Text(1, (int)i), manager.ReadCopy(new LayerId(1, i)));
        });
        Assert.Equal(Text(1, 0), span);
        Assert.Equal(Text(1, 1), reader[1]);
    }

    [Fact]
    public void Reader_BlockEvictedBeforeItIsPublished_IsDecodedAgain()
    {
        using TestDataSet data = new(Texts(1, 8));
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        using ReadScope scope = manager.BeginScope();
        DimensionReader reader = scope.GetReader(One);

        // The block is there when the reader looks for it, and gone by the time that it has published its cell.
        bool once = false;
        TestHooks.Reached = point =>
        {
            if (point != HookPoint.CellPublished || once)
                return;
            once = true;
            TestHooks.Reached = null;
            Threads.RunOther(() => manager.Unload(One));
        };
        try
        {
            Assert.Equal(Text(1, 0), reader[0]);
        }
        finally
        {
            TestHooks.Reached = null;
        }

        Assert.True(once);
        Assert.Equal(Text(1, 0), reader[0]);
    }

    [Fact]
    public void Reader_AllOfTwoUnloaded_KeepsWhatWasReadAndNothingElse()
    {
        using TestDataSet data = new(Texts(1, 40), Texts(2, 40));
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 20));
        using (ReadScope scope = manager.BeginScope())
        {
            DimensionReader first = scope.GetReader(One);
            DimensionReader second = scope.GetReader(new DimensionId(2));
            ReadOnlySpan<byte> one = first[0];
            ReadOnlySpan<byte> two = second[39];
            manager.Unload(One);
            manager.Unload(new DimensionId(2));
            Assert.Equal(2 * 4096, manager.GetStats().PoolUsedBytes);
            Assert.Equal(Text(1, 0), one);
            Assert.Equal(Text(1, 0), first[0]);
            Assert.Equal(Text(2, 39), two);
            Assert.Equal(Text(2, 39), second[39]);
        }

        manager.Trim();
        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
    }

    [Fact]
    public void Reader_ManyDimensionsAndScopes_EachReadsItsOwn()
    {
        using TestDataSet data = new([.. Enumerable.Range(1, 60).Select(static d => Texts((ushort)d, 8))]);
        using MmapManager manager = data.Open();
        for (int round = 0; round < 3; round++)
        {
            using ReadScope scope = manager.BeginScope();
            using ReadScope inner = manager.BeginScope();
            for (ushort d = 1; d <= 60; d++)
            {
                DimensionReader reader = scope.GetReader(new DimensionId(d));
                DimensionReader again = scope.GetReader(new DimensionId(d));
                DimensionReader other = inner.GetReader(new DimensionId((ushort)(61 - d)));
                for (int i = 0; i < 8; i++)
                {
                    Assert.Equal(Text(d, i), reader[(uint)i]);
                    Assert.Equal(Text(d, i), again[(uint)i]);
                    Assert.Equal(Text((ushort)(61 - d), i), other[(uint)i]);
                }
            }
        }
    }

    [Fact]
    public void Reader_CountedReads_AreCounted()
    {
        using MmapManager manager = _data.Open(new MemoryConfig { CountAccesses = true });
        using (ReadScope scope = manager.BeginScope())
        {
            DimensionReader reader = scope.GetReader(One);
            for (int i = 0; i < 100; i++)
                _ = reader[(uint)(i % 2)];
        }

        Assert.Equal(50, manager.GetAccesses(new LayerId(1, 0)));
        Assert.Equal(50, manager.GetAccesses(new LayerId(1, 1)));
    }

    private static bool IsDisposed(DimensionReader reader)
    {
        int thrown = 0;
        try
        {
            _ = reader[0];
        }
        catch (ObjectDisposedException)
        {
            thrown++;
        }

        try
        {
            reader.TryRead(0, out _);
        }
        catch (ObjectDisposedException)
        {
            thrown++;
        }

        return thrown == 2;
    }

    private static uint[] NumbersOf(ushort dimension) => dimension switch
    {
        1 => [.. Enumerable.Range(0, 200).Select(static i => (uint)i)],
        2 => Listed,
        7 => [0, 1, 2, 3, 4],
        9 => [5, 6, 7],
        _ => [.. Enumerable.Range(0, 30).Select(static i => (uint)i)],
    };
}
