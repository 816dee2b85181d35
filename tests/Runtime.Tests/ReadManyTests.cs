using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests;

/// <summary>Many at once are the same as one by one, in the order asked for.</summary>
public sealed class ReadManyTests : IDisposable
{
    private static readonly uint[] Listed = [3, 4, 9, 1000, uint.MaxValue];

    private readonly TestDataSet _data = new(
        Texts(1, 200), Texts(7, 5, length: 70_000),
        new TestRegion(2, [.. Listed.Select(n => new TestLayer(n, Text(2, (int)(n % 100), 50)))]),
        new TestRegion(9, [new TestLayer(0, []), new TestLayer(1, Text(9, 1, 20)), new TestLayer(2, [])]),
        Texts(40, 30, compress: false));

    public void Dispose() => _data.Dispose();

    [Property(MaxTest = 60)]
    public Property ReadMany_AnyLayersInAnyOrder_IsWhatTheScopeReads()
    {
        LayerId[] all = [.. AllLayers()];
        Gen<(LayerId[] Ids, bool Eager, bool Warm)> cases =
            from count in Gen.OneOf(Gen.Choose(0, 400), Gen.Elements(0, 1, 63, 64, 65, 127, 128, 129, 192, 193))
            from ids in Gen.Elements(all).ArrayOf(count)
            from eager in ArbMap.Default.GeneratorFor<bool>()
            from warm in ArbMap.Default.GeneratorFor<bool>()
            select (ids, eager, warm);
        return Prop.ForAll(cases.ToArbitrary(), given =>
        {
            using MmapManager manager = _data.Open(new MemoryConfig { LoadMode = given.Eager ? LoadMode.Eager : LoadMode.Lazy });
            using ReadScope scope = manager.BeginScope();
            if (given.Warm)
            {
                foreach (LayerId id in all)
                    _ = scope[id];
            }

            int at = 0;
            foreach (ReadOnlySpan<byte> content in scope.ReadMany(given.Ids))
                Assert.Equal(scope[given.Ids[at++]], content);
            Assert.Equal(given.Ids.Length, at);
        });
    }

    [Theory, InlineData(0), InlineData(1), InlineData(63), InlineData(64), InlineData(80), InlineData(99)]
    public void ReadMany_LayerThatIsNotThere_ThrowsWhenTheWalkComesToIt(int place)
    {
        using MmapManager manager = _data.Open();
        LayerId[] ids = [.. Enumerable.Range(0, 100).Select(static i => new LayerId(1, (uint)i))];
        ids[place] = new LayerId(1, 5000);
        int read = 0;
        MemoryException? thrown = null;
        using (ReadScope scope = manager.BeginScope())
        {
            try
            {
                foreach (ReadOnlySpan<byte> content in scope.ReadMany(ids))
                    Assert.Equal(Text(1, read++), content);
            }
            catch (MemoryException exception)
            {
                thrown = exception;
            }
        }

        Assert.Equal(MemoryError.LayerNotFound, thrown?.Error);
        Assert.Equal(place, read);
    }

    [Fact]
    public void ReadMany_ScopeDisposedOnTheWay_ThrowsAtTheNext()
    {
        using MmapManager manager = _data.Open();
        LayerId[] ids = [.. Enumerable.Range(0, 10).Select(static i => new LayerId(1, (uint)i))];
        for (int pass = 0; pass < 2; pass++)
        {
            ReadScope scope = manager.BeginScope();
            if (pass > 0)
                _ = scope[ids[0]];
            LayerContents contents = scope.ReadMany(ids);
            Assert.True(contents.MoveNext());
            scope.Dispose();
            bool thrown = false;
            try
            {
                contents.MoveNext();
            }
            catch (ObjectDisposedException)
            {
                thrown = true;
            }

            Assert.True(thrown);
        }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(63), InlineData(64), InlineData(65), InlineData(99)]
    public void ReadMany_LayerThatIsNotThere_IsPassedByWhoGoesOn(int place)
    {
        using MmapManager manager = _data.Open();
        LayerId[] ids = [.. Enumerable.Range(0, 100).Select(static i => new LayerId(1, (uint)i))];
        ids[place] = new LayerId(1, 5000);
        using ReadScope scope = manager.BeginScope();
        LayerContents contents = scope.ReadMany(ids);
        for (int i = 0; i < ids.Length; i++)
        {
            bool thrown = false;
            try
            {
                Assert.True(contents.MoveNext());
            }
            catch (MemoryException)
            {
                thrown = true;
            }

            Assert.Equal(i == place, thrown);
            if (!thrown)
                Assert.Equal(Text(1, i), contents.Current);
        }

        Assert.False(contents.MoveNext());
        Assert.False(contents.MoveNext());
    }

    [Property(MaxTest = 60)]
    public Property ReadMany_WalksOfOneScopeInTurns_EachReadsItsOwn()
    {
        LayerId[] all = [.. AllLayers()];
        Gen<LayerId[]> layers = from count in Gen.Choose(0, 300) from ids in Gen.Elements(all).ArrayOf(count) select ids;
        Gen<(LayerId[] First, LayerId[] Second, bool[] Turns)> cases =
            from first in layers
            from second in layers
            from turns in ArbMap.Default.GeneratorFor<bool>().ArrayOf(first.Length + second.Length)
            select (first, second, turns);
        return Prop.ForAll(cases.ToArbitrary(), given =>
        {
            using MmapManager manager = _data.Open();
            using ReadScope scope = manager.BeginScope();
            foreach (LayerId id in all)
                _ = scope[id];
            LayerContents first = scope.ReadMany(given.First);
            LayerContents second = scope.ReadMany(given.Second);
            int firstAt = 0;
            int secondAt = 0;
            foreach (bool isFirst in given.Turns)
            {
                if (isFirst && first.MoveNext())
                    Assert.Equal(scope[given.First[firstAt++]], first.Current);
                else if (!isFirst && second.MoveNext())
                    Assert.Equal(scope[given.Second[secondAt++]], second.Current);
            }

            Assert.Equal(Math.Min(given.Turns.Count(static turn => turn), given.First.Length), firstAt);
            Assert.Equal(Math.Min(given.Turns.Count(static turn => !turn), given.Second.Length), secondAt);
        });
    }

    [Theory, InlineData(1), InlineData(63), InlineData(64), InlineData(65)]
    public void ReadMany_CopyOfTheWalk_GoesOnByItself(int at)
    {
        using MmapManager manager = _data.Open();
        LayerId[] ids = [.. Enumerable.Range(0, 200).Select(static i => new LayerId(1, (uint)i))];
        using ReadScope scope = manager.BeginScope();
        _ = scope[ids[0]];
        LayerContents contents = scope.ReadMany(ids);
        for (int i = 0; i < at; i++)
            Assert.True(contents.MoveNext());
        LayerContents copy = contents;
        for (int i = at; i < 150; i++)
            Assert.True(contents.MoveNext());
        while (copy.MoveNext())
            Assert.Equal(Text(1, at++), copy.Current);
        Assert.Equal(ids.Length, at);
        Assert.True(contents.MoveNext());
        Assert.Equal(Text(1, 150), contents.Current);
    }

    [Fact]
    public void ReadMany_ScopeDisposedAndAnotherBegunOnTheWay_ThrowsAtTheNext()
    {
        using MmapManager manager = _data.Open();
        LayerId[] ids = [.. Enumerable.Range(0, 100).Select(static i => new LayerId(1, (uint)i))];
        ReadScope scope = manager.BeginScope();
        _ = scope[ids[0]];
        LayerContents contents = scope.ReadMany(ids);
        Assert.True(contents.MoveNext());
        scope.Dispose();
        bool thrown = false;
        using (ReadScope later = manager.BeginScope())
        {
            foreach (ReadOnlySpan<byte> _ in later.ReadMany(ids))
                break;
            try
            {
                contents.MoveNext();
            }
            catch (ObjectDisposedException)
            {
                thrown = true;
            }
        }

        Assert.True(thrown);
    }

    [Fact]
    public void ReadMany_DimensionUnloadedOnTheWay_ReadsOn()
    {
        using MmapManager manager = _data.Open();
        LayerId[] ids = [.. Enumerable.Range(0, 200).Select(static i => new LayerId(1, (uint)i))];
        using ReadScope scope = manager.BeginScope();
        _ = scope[ids[0]];
        int at = 0;
        foreach (ReadOnlySpan<byte> content in scope.ReadMany(ids))
        {
            if (at == 5)
                manager.Unload(new DimensionId(1));
            Assert.Equal(Text(1, at++), content);
        }

        Assert.Equal(200, at);
    }

    [Fact]
    public void ReadMany_CountedReads_AreCounted()
    {
        using MmapManager manager = _data.Open(new MemoryConfig { CountAccesses = true });
        LayerId[] ids = [.. Enumerable.Range(0, 100).Select(static i => new LayerId(1, (uint)(i % 2)))];
        using (ReadScope scope = manager.BeginScope())
        {
            foreach (ReadOnlySpan<byte> _ in scope.ReadMany(ids))
            {
            }
        }

        Assert.Equal(50, manager.GetAccesses(ids[0]));
        Assert.Equal(50, manager.GetAccesses(ids[1]));
    }

    [Fact]
    public void ReadMany_NoScope_SaysSo()
    {
        LayerContents none = default(ReadScope).ReadMany([new LayerId(1, 0)]);
        bool thrown = false;
        try
        {
            none.MoveNext();
        }
        catch (ObjectDisposedException)
        {
            thrown = true;
        }

        Assert.True(thrown);
        Assert.False(default(LayerContents).MoveNext());
    }

    private static IEnumerable<LayerId> AllLayers() =>
    [
        .. Enumerable.Range(0, 200).Select(static i => new LayerId(1, (uint)i)),
        .. Enumerable.Range(0, 5).Select(static i => new LayerId(7, (uint)i)),
        .. Listed.Select(static n => new LayerId(2, n)),
        .. Enumerable.Range(0, 3).Select(static i => new LayerId(9, (uint)i)),
        .. Enumerable.Range(0, 30).Select(static i => new LayerId(40, (uint)i)),
    ];
}
