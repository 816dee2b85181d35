namespace Lamina.Format.Conversion;

/// <summary>How a conversion compresses, packs and judges. Immutable, safe to share between threads.</summary>
public sealed record ConversionOptions
{
    private const int UsualBlockSize = 64 * 1024;
    private const int BlockSizeWithDictionary = 4 * 1024;

    private readonly int? _blockSize;
    private readonly int? _contentAlignment;

    /// <summary>The defaults: LZ4 at its fast level, blocks of 64 KiB, contents without padding, one job a core.</summary>
    public static ConversionOptions Default { get; } = new();

    /// <summary>How blocks are compressed; <see cref="CompressionLevel.Fast"/> unless set.</summary>
    public CompressionLevel Level { get; init; } = CompressionLevel.Fast;

    /// <summary>Bytes of content a block holds before it is compressed: a power of two, 1 KiB to 16 MiB. Unless set, 64 KiB; at
    /// <see cref="CompressionLevel.Max"/> 4 KiB in a dimension of small layers, whose blocks get a dictionary.</summary>
    public int BlockSize
    {
        get => _blockSize ?? UsualBlockSize;
        init => _blockSize = value;
    }

    /// <summary>Bytes that each layer's content is aligned to, so that it can be read as numbers in place: a power of two,
    /// 1 to 4,096. Unless set, 8 for contents that are stored as they are, and 1, which is no padding, for compressed ones:
    /// set it if numbers are to be read from those.</summary>
    public int ContentAlignment
    {
        get => _contentAlignment ?? (Level == CompressionLevel.None ? 8 : 1);
        init => _contentAlignment = value;
    }

    /// <summary>Threads that compress, at least 1; the number of processors unless set. The result does not depend on it.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether a layer without content gets deterministic text made from its keywords; an error unless set.</summary>
    public bool Simulate { get; init; }

    /// <summary>Whether warnings fail the conversion.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether region files that only the replaced manifest names stay until the next conversion, for readers that
    /// have just read it; true unless set. False where nobody reads the folder, as in a build.</summary>
    public bool KeepPrevious { get; init; } = true;

    /// <summary>How the input is written; <see cref="InputSyntax.Json"/> unless set.</summary>
    public InputSyntax Syntax { get; init; } = InputSyntax.Json;

    /// <summary>Bytes that the blocks of all dimensions may take while they are not full; what is beyond goes to the disk.</summary>
    internal long UnfinishedBytes { get; init; } = 32L * 1024 * 1024;

    /// <summary>Layers that make it worth while to complete a dimension's region before the input's end.</summary>
    internal int EarlyLayers { get; init; } = 256;

    /// <summary>Whether dimensions of small layers get a dictionary.</summary>
    internal bool MayUseDictionary => Level == CompressionLevel.Max;

    /// <summary>Bytes of content a block holds in a region with a dictionary of this length.</summary>
    internal int BlockSizeWith(int dictionaryLength) => dictionaryLength > 0 ? _blockSize ?? BlockSizeWithDictionary : BlockSize;

    /// <summary>Throws if an option holds what its rule forbids.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Validate()
    {
        RequirePowerOfTwo(BlockSize, 1 << Limits.MinBlockSizeLog2, 1 << Limits.MaxBlockSizeLog2, nameof(BlockSize));
        RequirePowerOfTwo(ContentAlignment, 1, 1 << Limits.MaxContentAlignmentLog2, nameof(ContentAlignment));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Jobs);
        if (Level is < CompressionLevel.None or > CompressionLevel.Max)
            throw new ArgumentOutOfRangeException(nameof(Level), Level, "The level is none, fast, high or max.");
        if (Syntax is < InputSyntax.Json or > InputSyntax.JsonLines)
            throw new ArgumentOutOfRangeException(nameof(Syntax), Syntax, "The syntax is JSON or JSON Lines.");
    }

    private static void RequirePowerOfTwo(int value, int min, int max, string name)
    {
        if (value < min || value > max || !int.IsPow2(value))
            throw new ArgumentOutOfRangeException(name, value, $"The value is a power of two from {min} to {max}.");
    }
}
