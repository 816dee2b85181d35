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
            from count in Gen.OneOf(Gen.Choose(0, 200), Gen.Elements(0, 1, 31, 32, 33, 63, 64, 65, 96, 97))
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

    [Theory, InlineData(0), InlineData(1), InlineData(31), InlineData(32), InlineData(40), InlineData(99)]
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
