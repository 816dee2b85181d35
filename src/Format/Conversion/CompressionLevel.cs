namespace Lamina.Format.Conversion;

/// <summary>How hard a conversion compresses. Every level decodes at the same speed or faster.</summary>
public enum CompressionLevel
{
    /// <summary>Blocks are stored as they are, so that they are read straight from the map.</summary>
    None,

    /// <summary>LZ4 at its fast level.</summary>
    Fast,

    /// <summary>LZ4 HC at level 9.</summary>
    High,

    /// <summary>LZ4 at its highest level.</summary>
    Max,
}
