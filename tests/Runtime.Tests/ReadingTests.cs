using System.Text;
using Lamina.Format;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests;

/// <summary>What is read is what was written, whichever way it is read and however it is held.</summary>
public sealed class ReadingTests
{
    public static TheoryData<bool, OpenMode, LoadMode> Modes()
    {
        TheoryData<bool, OpenMode, LoadMode> data = [];
        foreach (bool compress in (bool[])[true, false])
        {
            foreach (OpenMode open in Enum.GetValues<OpenMode>())
            {
                foreach (LoadMode load in Enum.GetValues<LoadMode>())
                    data.Add(compress, open, load);
            }
        }

        return data;
    }

    /// <summary>So that a content can be read as numbers in place, compressed or not.</summary>
    [Theory]
    [InlineData(true, 8)]
    [InlineData(true, 256)]
    [InlineData(true, 4096)]
    [InlineData(false, 8)]
    [InlineData(false, 4096)]
    public void Contents_OfAnAlignment_HaveItInMemory(bool compress, int alignment)
    {
        TestLayer[] layers = [.. Enumerable.Range(0, 30).Select(static i => new TestLayer((uint)i, Text(1, i, 700 + (i * 101))))];
        using TestDataSet data = new(new TestRegion(1, layers) { Compress = compress, ContentAlignment = alignment });
        using MmapManager manager = data.Open();
        foreach (TestLayer layer in layers)
        {
            using LayerLease lease = manager.Acquire(new LayerId(1, layer.Number));
            Assert.Equal(layer.Content, lease.Span);
            Assert.Equal(0, AddressOf(lease.Span) % alignment);
        }
    }

    /// <summary>Else their first lines would all contend for a few places of the processor's caches.</summary>
    [Fact]
    public void DecodedBlocks_SmallerThanTheirMemory_BeginAtDifferentDistancesFromAPage()
    {
        using TestDataSet data = new(Texts(1, 32, length: 3000));
        using MmapManager manager = data.Open();
        HashSet<nint> distances = [];
        for (uint i = 0; i < 32; i++)
        {
            using LayerLease lease = manager.Acquire(new LayerId(1, i));
            distances.Add(AddressOf(lease.Span) % 4096);
        }

        // There is room for 18.
        Assert.InRange(distances.Count, 12, 18);
        Assert.All(distances, static distance => Assert.Equal(0, distance % 64));
    }

    [Theory, MemberData(nameof(Modes))]
    public void EveryWay_EveryMode_ReadsWhatWasWritten(bool compress, OpenMode open, LoadMode load)
    {
        using TestDataSet data = new(Texts(1, 40, compress: compress), Texts(7, 3, length: 10_000, compress: compress));
        using MmapManager manager = data.Open(new MemoryConfig { OpenMode = open, LoadMode = load });
        foreach ((ushort dimension, int count, int length) in (ReadOnlySpan<(ushort, int, int)>)[(1, 40, 1000), (7, 3, 10_000)])
        {
            // Twice: the first pass loads and verifies, the second finds everything there.
            for (int i = 0; i < count * 2; i++)
            {
                LayerId id = new(dimension, (uint)(i % count));
                byte[] expected = Text(dimension, i % count, length);
                using (LayerLease lease = manager.Acquire(id))
                {
                    Assert.Equal(expected, lease.Span);
                    Assert.Equal(length, lease.Length);
                }

                using (ReadScope scope = manager.BeginScope())
                {
                    Assert.Equal(expected, scope[id]);
                    Assert.Equal(expected, scope.Read(id));
                }

                Assert.Equal(expected, manager.ReadCopy(id));
                Assert.True(manager.Read(id, expected, static (span, state) => span.SequenceEqual(state)));
                Assert.Equal(Encoding.UTF8.GetString(expected), manager.ReadText(id));
                byte[] destination = new byte[length + 1];
                Assert.Equal(length, manager.ReadCopy(id, destination));
                Assert.Equal(expected, destination.AsSpan(0, length));
                using System.Buffers.IMemoryOwner<byte> owner = manager.Rent(id);
                Assert.Equal(expected, owner.Memory.Span);
            }
        }
    }

    [Fact, Trait("Spec", "NUM-2")]
    public void Acquire_SparseNumbers_FindsEachAndNoOther()
    {
        uint[] numbers = [3, 4, 9, 1000, uint.MaxValue];
        using TestDataSet data = new(new TestRegion(2, [.. numbers.Select(n => new TestLayer(n, Text(2, (int)(n % 100), 50)))]));
        using MmapManager manager = data.Open();
        foreach (uint number in numbers)
            Assert.Equal(Text(2, (int)(number % 100), 50), manager.ReadCopy(new LayerId(2, number)));
        foreach (uint number in (uint[])[0, 2, 5, 8, 10, 999, 1001, uint.MaxValue - 1])
            Assert.False(manager.Contains(new LayerId(2, number)));
        using ReadScope scope = manager.BeginScope();
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (uint number in numbers)
                Assert.Equal(Text(2, (int)(number % 100), 50), scope[new LayerId(2, number)]);
        }

        manager.Unload(new DimensionId(2));
        Assert.Equal(Text(2, 9, 50), scope[new LayerId(2, 9)]);
    }

    [Fact, Trait("Spec", "LOC-3")]
    public void Acquire_EmptyLayer_ReadsNothing()
    {
        using TestDataSet data = new(new TestRegion(1, new TestLayer(0, []), new TestLayer(1, Text(1, 1)), new TestLayer(2, [])));
        using MmapManager manager = data.Open();
        using ReadScope scope = manager.BeginScope();
        for (int pass = 0; pass < 2; pass++)
        {
            Assert.Empty(manager.ReadCopy(new LayerId(1, 0)));
            Assert.True(scope[new LayerId(1, 2)].IsEmpty);
            Assert.Equal(Text(1, 1), scope[new LayerId(1, 1)]);
        }

        Assert.Equal("", manager.ReadText(new LayerId(1, 0)));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(9, 0)]
    public void Acquire_NoSuchLayer_SaysWhich(ushort dimension, uint number)
    {
        using TestDataSet data = new(Texts(1, 3));
        using MmapManager manager = data.Open();
        LayerId id = new(dimension == 0 ? new DimensionId(1) : new DimensionId(dimension), number);
        MemoryException exception = Assert.Throws<MemoryException>(() => manager.ReadCopy(id));
        Assert.Equal(dimension == 0 ? MemoryError.LayerNotFound : MemoryError.DimensionNotFound, exception.Error);
        Assert.Equal(id.Dimension, exception.Dimension);
        Assert.False(manager.TryAcquire(id, out LayerLease lease));
        Assert.Equal(0, lease.Length);
        lease.Dispose();
        Assert.False(manager.Contains(id));
        Assert.Throws<MemoryException>(() => manager.GetLength(id));
    }

    [Fact]
    public void Acquire_DefaultId_IsNotFound()
    {
        using TestDataSet data = new(Texts(1, 3));
        using MmapManager manager = data.Open();
        Assert.Equal(MemoryError.DimensionNotFound, Assert.Throws<MemoryException>(() => manager.ReadCopy(default)).Error);
        Assert.False(manager.TryAcquire(default, out _));
        Assert.False(manager.Contains(default));
    }

    [Fact]
    public void ReadCopy_DestinationTooShort_CopiesNothing()
    {
        using TestDataSet data = new(Texts(1, 1));
        using MmapManager manager = data.Open();
        byte[] destination = new byte[999];
        ArgumentException exception = Assert.Throws<ArgumentException>(() => manager.ReadCopy(new LayerId(1, 0), destination));
        Assert.Contains("1000 bytes", exception.Message, StringComparison.Ordinal);
        Assert.All(destination, static b => Assert.Equal(0, b));
    }

    [Theory, Trait("Spec", "TRU-7")]
    [InlineData("ff")]              // never in UTF-8
    [InlineData("c080")]            // overlong zero
    [InlineData("eda080")]          // a surrogate
    [InlineData("e282")]            // cut off
    public void ReadText_NotUtf8_SaysSo(string hex)
    {
        using TestDataSet data = new(new TestRegion(1, new TestLayer(0, Convert.FromHexString(hex))));
        using MmapManager manager = data.Open();
        MemoryException exception = Assert.Throws<MemoryException>(() => manager.ReadText(new LayerId(1, 0)));
        Assert.Equal(MemoryError.InvalidText, exception.Error);
        Assert.Equal(new LayerId(1, 0), exception.Layer);
    }

    [Fact]
    public void Rent_Disposed_Throws()
    {
        using TestDataSet data = new(Texts(1, 1));
        using MmapManager manager = data.Open();
        System.Buffers.IMemoryOwner<byte> owner = manager.Rent(new LayerId(1, 0));
        owner.Dispose();
        owner.Dispose();
        Assert.Throws<ObjectDisposedException>(() => owner.Memory);
    }

    [Fact]
    public void Read_ReaderThrows_LeavesNothingBehind()
    {
        using TestDataSet data = new(Texts(1, 8));
        using MmapManager manager = data.Open();
        for (int i = 0; i < 100; i++)
        {
            Assert.Throws<FormatException>(() =>
                manager.Read<int, int>(new LayerId(1, 0), 0, static (_, _) => throw new FormatException()));
        }

        manager.Unload(new DimensionId(1));
        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "BLK-6")]
    public void Acquire_DamagedBlock_ThrowsEveryTimeAndLeavesOthersReadable(bool compress)
    {
        TestRegion region = Texts(1, 40, compress: compress);
        using TestDataSet data = new(new TestRegion(1, [.. Enumerable.Range(0, 40).Select(i => new TestLayer((uint)i, Text(1, i)))])
        {
            Compress = compress,
            BlockSizeLog2 = 12,
            Damage = file => file[FirstBlock(region).Offset + 3] ^= 1,
        });
        using MmapManager manager = data.Open();
        for (int pass = 0; pass < 3; pass++)
        {
            LaminaFormatException exception = Assert.Throws<LaminaFormatException>(() => manager.ReadCopy(new LayerId(1, 0)));
            Assert.Equal(FormatFault.BlockChecksum, exception.Fault);
            Assert.Throws<LaminaFormatException>(() =>
            {
                using ReadScope scope = manager.BeginScope();
                return scope[new LayerId(1, 1)].Length;
            });
            Assert.Equal(Text(1, 39), manager.ReadCopy(new LayerId(1, 39)));
        }

        Assert.Equal(compress ? 4096 : 0, manager.GetStats().PoolUsedBytes);
    }

    [Fact]
    public void Load_EagerDamagedBlock_ThrowsAndTakesNothing()
    {
        TestRegion region = Texts(1, 40);
        using TestDataSet data = new(new TestRegion(1, [.. Enumerable.Range(0, 40).Select(i => new TestLayer((uint)i, Text(1, i)))])
        {
            BlockSizeLog2 = 12,
            Damage = file => file[FirstBlock(region).Offset + 3] ^= 1,
        });
        using MmapManager manager = data.Open(new MemoryConfig { LoadMode = LoadMode.Eager });
        Assert.Throws<LaminaFormatException>(() => manager.Load(new DimensionId(1)));
        Assert.Equal(0, manager.GetStats().UsedBytes);
        Assert.False(manager.IsLoaded(new DimensionId(1)));
    }

    [Fact, Trait("Spec", "MAN-5")]
    public void Acquire_RegionFileGone_SaysMissing()
    {
        using TestDataSet data = new(Texts(1, 1), Texts(2, 1));
        File.Delete(data.PathOf(1));
        using MmapManager manager = data.Open();
        LaminaFormatException exception = Assert.Throws<LaminaFormatException>(() => manager.ReadCopy(new LayerId(1, 0)));
        Assert.Equal(FormatFault.RegionMissing, exception.Fault);
        Assert.Equal(data.PathOf(1), exception.File);
        Assert.Equal(Text(2, 0), manager.ReadCopy(new LayerId(2, 0)));
    }

    [Theory, Trait("Spec", "MAN-6")]
    [InlineData(OpenMode.Map)]
    [InlineData(OpenMode.Copy)]
    public void Acquire_AnotherRegionUnderTheName_SaysMismatch(OpenMode open)
    {
        using TestDataSet data = new(Texts(1, 1), Texts(2, 1));
        File.Copy(data.PathOf(2), data.PathOf(1), overwrite: true);
        using MmapManager manager = data.Open(new MemoryConfig { OpenMode = open });
        LaminaFormatException exception = Assert.Throws<LaminaFormatException>(() => manager.ReadCopy(new LayerId(1, 0)));
        Assert.Equal(FormatFault.RegionMismatch, exception.Fault);
        Assert.Equal(0, manager.GetStats().UsedBytes);
    }

    private static (int Offset, int Length) FirstBlock(TestRegion region)
    {
        if (region.StoredBlocks.Count == 0)
        {
            using TestDataSet scratch = new(region);
        }

        return region.StoredBlocks[0];
    }

    private static unsafe nint AddressOf(ReadOnlySpan<byte> span)
    {
        fixed (byte* start = span)
            return (nint)start;
    }
}
