using System.Buffers.Binary;
using System.Text;
using K4os.Compression.LZ4;
using Lamina.Format;
using Lamina.Format.Conversion;
using Lamina.Memory;
using Lamina.Runtime.Tests.Data;

namespace Lamina.Runtime.Tests;

/// <summary>A dictionary is decoded once, charged, and given back with its region.</summary>
public sealed class DictionaryTests
{
    private const int Layers = 3000;
    private const int BlockLength = 4096;

    private static readonly DimensionId One = new(1);

    // More than a page on any system.
    private const int DictionaryLength = 60_000;

    [Fact]
    public void Read_BlocksWithDictionary_SayWhatTheSourceSaysAndChargeItOnce()
    {
        using SourceDataSet data = Publish();
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.Load(One);
        Assert.Equal(0, manager.GetStats().UsedBytes);

        for (int i = 0; i < Layers; i++)
            Assert.Equal(Gloss(i), manager.ReadText(new LayerId(1, (uint)i)));

        // All of the contents together are 200 KB: a dictionary of a quarter of them.
        MemoryStats stats = manager.GetStats();
        Assert.InRange(stats.PoolUsedBytes - (stats.ResidentBlocks * BlockLength), 30_000, 66_000);
        manager.Unload(One);
        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
        manager.Trim();
        Assert.Equal(0, manager.GetStats().UsedBytes);
    }

    [Theory]
    [InlineData(LoadMode.Eager, OpenMode.Map)]
    [InlineData(LoadMode.Eager, OpenMode.Copy)]
    [InlineData(LoadMode.Lazy, OpenMode.Copy)]
    public void Read_InOtherModes_SaysWhatTheSourceSays(LoadMode load, OpenMode open)
    {
        using SourceDataSet data = Publish();
        using MmapManager manager = MmapManager.Open(data.Folder, new MemoryConfig { LoadMode = load, OpenMode = open });

        for (int i = Layers - 1; i >= 0; i -= 7)
            Assert.Equal(Gloss(i), manager.ReadText(new LayerId(1, (uint)i)));
        Assert.Equal(load == LoadMode.Lazy, manager.GetStats().PoolUsedBytes > 0);
    }

    [Fact]
    public async Task Read_FirstBlocksOnManyThreads_DecodesTheDictionaryOnce()
    {
        using TestDataSet data = new(WithDictionary());
        using MmapManager manager = data.Open();
        using Barrier together = new(4);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            together.SignalAndWait();
            for (int i = 0; i < 40; i++)
            {
                int number = (i + (thread * 10)) % 40;
                Assert.Equal(TestDataSet.Text(1, number), manager.ReadCopy(new LayerId(1, (uint)number)));
            }
        })));

        MemoryStats stats = manager.GetStats();
        Assert.Equal((stats.ResidentBlocks * BlockLength) + NativePages.RoundUp(DictionaryLength), stats.PoolUsedBytes);
    }

    [Fact]
    public void Read_NoRoomForTheDictionary_IsLimitExceededAndChangesNothing()
    {
        using TestDataSet data = new(WithDictionary(), TestDataSet.Texts(2, 4));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = NativePages.RoundUp(BlockLength), PoolBlockSizes = [BlockLength] });

        MemoryException thrown = Assert.Throws<MemoryException>(() => manager.ReadCopy(new LayerId(1, 0)));

        Assert.Equal(MemoryError.LimitExceeded, thrown.Error);
        Assert.Equal(One, thrown.Dimension);
        Assert.Contains("60000 bytes for its dictionary", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(0, manager.GetStats().UsedBytes);
        Assert.Equal(TestDataSet.Text(2, 1), manager.ReadCopy(new LayerId(2, 1)));
    }

    [Fact]
    public void Read_DictionaryNeedsTheRoomOfOtherBlocks_EvictsThem()
    {
        using TestDataSet data = new(WithDictionary(), TestDataSet.Texts(2, 40));
        long budget = NativePages.RoundUp(DictionaryLength) + (2 * NativePages.RoundUp(BlockLength));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = budget, PoolBlockSizes = [BlockLength] });
        for (uint i = 0; i < 40; i++)
            manager.ReadCopy(new LayerId(2, i));

        for (int i = 0; i < 40; i++)
            Assert.Equal(TestDataSet.Text(1, i), manager.ReadCopy(new LayerId(1, (uint)i)));

        Assert.InRange(manager.GetStats().PeakBytes, 1, budget);
    }

    [Fact]
    public void Read_DamagedDictionary_SaysSoEachTimeAndHoldsNothing()
    {
        using TestDataSet data = new(WithDictionary(missing: 1));
        using MmapManager manager = data.Open();

        for (int i = 0; i < 2; i++)
        {
            LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => manager.ReadCopy(new LayerId(1, 0)));

            Assert.Equal((FormatFault.BlockEncoding, 580), (thrown.Fault, thrown.Offset));
            Assert.Equal(0, manager.GetStats().UsedBytes);
        }
    }

    /// <summary>A dimension with a dictionary of zeros, to which no block refers.</summary>
    /// <param name="missing">Bytes that are missing at its end.</param>
    private static TestRegion WithDictionary(int missing = 0)
    {
        byte[] section = new byte[sizeof(int) + LZ4Codec.MaximumOutputSize(DictionaryLength)];
        BinaryPrimitives.WriteInt32LittleEndian(section, DictionaryLength);
        int stored = LZ4Codec.Encode(new byte[DictionaryLength], section.AsSpan(sizeof(int)));
        return new(1, [.. Enumerable.Range(0, 40).Select(static i => new TestLayer((uint)i, TestDataSet.Text(1, i)))])
        {
            BlockSizeLog2 = 12,
            Dictionary = section[..(sizeof(int) + stored - missing)],
        };
    }

    private static SourceDataSet Publish()
    {
        StringBuilder json = new("""{"dimensions":[{"id":1}],"layers":[""");
        for (int i = 0; i < Layers; i++)
        {
            string layer = $$"""{"dimension_id":1,"layer_num":{{i}},"content":"{{Gloss(i)}}"}""";
            json.Append(i == 0 ? "" : ",").Append(layer);
        }

        return new SourceDataSet().Publish(json.Append("]}").ToString(), new ConversionOptions { Level = CompressionLevel.Max });
    }

    private static string Gloss(int number)
    {
        Random random = new(number);
        return $"{Phrase(random.Next(300))} or {number} {Phrase(random.Next(300))}";
    }

    private static string Phrase(int seed)
    {
        Random random = new(seed);
        return string.Create(28, random, static (text, letters) =>
        {
            for (int i = 0; i < text.Length; i++)
                text[i] = letters.Next(6) == 0 ? ' ' : (char)('a' + letters.Next(26));
        });
    }
}
