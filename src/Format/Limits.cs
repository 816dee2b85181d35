namespace Lamina.Format;

/// <summary>
/// The limits of version 1, each a clause of the specification's chapter "Limits". A reader refuses what passes them before
/// it computes with it, so that no sum or product of sizes overflows and no declared size becomes an allocation.
/// </summary>
/// <remarks>Every section but the content stays below 2 GiB, so a 32-bit signed index addresses it.</remarks>
public static class Limits
{
    /// <summary>LIM-1: dimensions of a data set.</summary>
    public const int MaxDimensions = ushort.MaxValue;

    /// <summary>LIM-2: layers of a dimension (33,554,432).</summary>
    public const int MaxLayers = 1 << 25;

    /// <summary>LIM-3: blocks of a region (33,554,432).</summary>
    public const int MaxBlocks = 1 << 25;

    /// <summary>LIM-4: the smallest block size, in bytes, as a power of two (1 KiB).</summary>
    public const int MinBlockSizeLog2 = 10;

    /// <summary>LIM-4: the largest block size, in bytes, as a power of two (16 MiB).</summary>
    public const int MaxBlockSizeLog2 = 24;

    /// <summary>LIM-5: bytes of one layer's content; the largest input of an LZ4 block (1.97 GiB).</summary>
    public const int MaxLayerLength = 0x7E00_0000;

    /// <summary>LIM-6: the largest content alignment, in bytes, as a power of two (4 KiB).</summary>
    public const int MaxContentAlignmentLog2 = 12;

    /// <summary>LIM-7: UTF-8 bytes of the name of a dimension or layer, at least 1.</summary>
    public const int MaxNameLength = 1024;

    /// <summary>LIM-8: UTF-8 bytes of a keyword, at least 1.</summary>
    public const int MaxKeywordLength = 1024;

    /// <summary>LIM-9: keywords of one layer.</summary>
    public const int MaxKeywordsPerLayer = 4096;

    /// <summary>LIM-10: keywords of all layers of a region together, repetitions counted (268,435,456).</summary>
    public const int MaxKeywordUses = 1 << 28;

    /// <summary>LIM-11: bytes of the strings section (1 GiB).</summary>
    public const int MaxStringsLength = 1 << 30;

    /// <summary>LIM-12: sections of a region.</summary>
    public const int MaxSections = 64;

    /// <summary>LIM-13: bytes of a dictionary, the reach of an LZ4 match (64 KiB).</summary>
    public const int MaxDictionaryLength = 1 << 16;

    /// <summary>LIM-14: the ratio that no LZ4 block can pass.</summary>
    public const int MaxCompressionRatio = 255;

    /// <summary>LIM-15: bytes of a region file, and of the image its content decodes to (256 TiB).</summary>
    public const long MaxFileLength = 1L << 48;

    /// <summary>LIM-16: the deepest layer; a layer without a parent has depth 0.</summary>
    public const int MaxDepth = ushort.MaxValue;

    /// <summary>LIM-17: bytes of a manifest (64 MiB).</summary>
    public const int MaxManifestLength = 1 << 26;

    /// <summary>LIM-18: different keywords of a region (134,217,728).</summary>
    public const int MaxKeywords = 1 << 27;
}
