using System.Text;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Hostile;

/// <summary>The small regions, each without a fault, that the corpus damages.</summary>
internal static class HostileRegions
{
    /// <summary>Every section but the dictionary and the numbers has something in it; one block.</summary>
    public static OracleRegion Dense { get; } = new()
    {
        Dimension = 5,
        Name = "Dim",
        SizeBytes = 4096,
        FrequencyMin = 0.5,
        FrequencyMax = 40,
        Layers =
        [
            new() { Number = 3, Name = "beta", Frequency = 2, Keywords = ["k", "m"], Content = "first"u8.ToArray() },
            new() { Number = 4, Name = "alpha", Parent = 3, Keywords = ["m"], Content = "the second"u8.ToArray() },
            new() { Number = 5, Parent = 4, Keywords = ["m", "a"] },
            new() { Number = 6, Name = "beta", Content = "z"u8.ToArray() },
        ],
    };

    /// <summary>The same with numbers that are listed.</summary>
    public static OracleRegion Sparse { get; } = Dense with
    {
        Layers = [.. Dense.Layers.Select(static layer => layer with { Number = layer.Number * 10, Parent = layer.Parent * 10 })],
    };

    /// <summary>No layer and nothing that is optional.</summary>
    public static OracleRegion Empty { get; } = new() { Dimension = 5 };

    public static OracleParts Parts(OracleRegion? region = null, byte alignmentLog2 = 3) =>
        OracleEncoder.ToParts(region ?? Dense, new OracleOptions { BlockSizeLog2 = 10, AlignmentLog2 = alignmentLog2 });

    /// <summary>A block of its own for each content, as a writer may but this library's does not pack.</summary>
    public static OracleParts OneBlockEach(OracleRegion? region = null)
    {
        OracleParts parts = Parts(region);
        OracleRegion layers = region ?? Dense;
        parts.Blocks.Clear();
        ulong image = 0;
        for (int i = 0; i < layers.Layers.Count; i++)
        {
            byte[] content = layers.Layers[i].Content;
            if (content.Length == 0)
                continue;
            image = OracleBytes.Align(image, 8);
            parts.Locations[i].ImageOffset = image;
            parts.Locations[i].Block = (uint)parts.Blocks.Count;
            parts.Blocks.Add(new OracleBlock
            {
                Stored = content,
                ImageOffset = image,
                DecodedLength = (uint)content.Length,
                Codec = 0,
                FirstLayer = (uint)i,
            });
            image += (ulong)content.Length;
        }

        parts.ImageLength = image;
        return parts;
    }

    /// <summary>One layer in one block of LZ4, whatever its sequences say.</summary>
    public static OracleParts Lz4(byte[] stored, int decodedLength, uint codec = 1)
    {
        OracleRegion region = new() { Dimension = 5, Layers = [new() { Number = 0, Content = new byte[decodedLength] }] };
        OracleParts parts = Parts(region);
        parts.Blocks[0].Stored = stored;
        parts.Blocks[0].Codec = codec;
        parts.Dictionary = codec == 2 ? Encoding.ASCII.GetBytes("dictionary") : [];
        return parts;
    }
}
