using K4os.Compression.LZ4;
using Lamina.Bench.Measuring;

namespace Lamina.Bench.Suites;

/// <summary>The decoded blocks of a data set, in memory: what the floors work on.</summary>
internal sealed class DecodedBlocks
{
    private const uint Stored = 0;
    private const uint Lz4 = 1;

    public DecodedBlocks(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.lamina").Order(StringComparer.Ordinal))
        {
            using RegionBlocks region = new(path);
            foreach (RegionBlocks.Block block in region.Blocks)
            {
                byte[] content = new byte[block.DecodedLength];
                byte[] stored = region.Stored(block).ToArray();
                if (block.Codec == Stored)
                    stored.CopyTo(content.AsSpan());
                else if (block.Codec != Lz4 || LZ4Codec.Decode(stored, content) != content.Length)
                    throw new InvalidDataException($"'{path}' has a block that the floor cannot decode.");
                Contents.Add(content);
                Encoded.Add(stored);
            }
        }
    }

    public List<byte[]> Contents { get; } = [];

    /// <summary>As they stand in the files; as long as the content if a block is stored.</summary>
    public List<byte[]> Encoded { get; } = [];
}
