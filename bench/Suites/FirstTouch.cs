using System.Diagnostics;
using System.IO.Hashing;
using K4os.Compression.LZ4;
using Lamina.Bench.Measuring;

namespace Lamina.Bench.Suites;

/// <summary>What the first read of a block costs: verifying, decoding and publishing it.</summary>
internal static class FirstTouch
{
    private const int MostBlocks = 4000;
    private const uint StoredCodec = 0;
    private const uint Lz4Codec = 1;

    /// <summary>The first layers of the data set's blocks, in random order; 4,000 at most.</summary>
    public static LayerId[] FirstLayers(string folder)
    {
        List<LayerId> layers = [];
        using MmapManager manager = MmapManager.Open(folder);
        foreach (DimensionId dimension in manager.Dimensions)
        {
            LayerList list = manager.Layers(dimension);
            using RegionBlocks region = new(RegionOf(folder, dimension));
            layers.AddRange(region.Blocks.Select(block => list[block.FirstLayer]));
        }

        LayerId[] shuffled = [.. layers];
        new Random(1).Shuffle(shuffled);
        return shuffled.Length > MostBlocks ? shuffled[..MostBlocks] : shuffled;
    }

    /// <summary>Microseconds a block, in a new manager each time whose dimensions are loaded.</summary>
    public static double Microseconds(string folder, LayerId[] layers)
    {
        using MmapManager manager = MmapManager.Open(folder, new MemoryConfig { TotalMemoryBytes = 1L << 40 });
        manager.LoadAll();
        long sum = 0;
        long begin = Stopwatch.GetTimestamp();
        foreach (LayerId id in layers)
        {
            using LayerLease lease = manager.Acquire(id);
            sum += lease.Span[0];
        }

        double elapsed = Stopwatch.GetElapsedTime(begin).TotalMicroseconds / layers.Length;
        return sum < 0 ? throw new InvalidDataException("No byte was read.") : elapsed;
    }

    /// <summary>Microseconds a block to hash and decode the same blocks into memory that is used again and again.</summary>
    public static double BareMicroseconds(string folder)
    {
        byte[] target = [];
        double microseconds = 0;
        int count = 0;
        foreach (string path in Directory.EnumerateFiles(folder, "*.lamina"))
        {
            using RegionBlocks region = new(path);
            byte[] dictionary = region.DecodeDictionary();
            foreach (RegionBlocks.Block block in region.Blocks)
            {
                if (target.Length < block.DecodedLength)
                    target = new byte[block.DecodedLength * 2];
                Span<byte> content = target.AsSpan(0, block.DecodedLength);
                long begin = Stopwatch.GetTimestamp();
                ReadOnlySpan<byte> stored = region.Stored(block);
                XxHash3.HashToUInt64(stored);
                if (block.Codec == Lz4Codec)
                    LZ4Codec.Decode(stored, content);
                else if (block.Codec != StoredCodec)
                    LZ4Codec.Decode(stored, content, dictionary);
                microseconds += Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
                if (++count == MostBlocks)
                    return microseconds / count;
            }
        }

        return microseconds / count;
    }

    private static string RegionOf(string folder, DimensionId dimension)
    {
        foreach (string file in Directory.EnumerateFiles(folder, $"{dimension}-*.lamina"))
            return file;
        throw new FileNotFoundException($"There is no region file of {dimension}.");
    }
}
