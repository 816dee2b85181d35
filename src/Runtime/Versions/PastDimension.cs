using Lamina.Format.Publishing;
using Lamina.Mapping;

namespace Lamina.Versions;

/// <summary>What a dimension was in a version of the data set that has ended.</summary>
/// <param name="entry">What the manifest said of it; null if that version did not have it.</param>
/// <param name="region">Its region, if it was loaded.</param>
/// <param name="schema">What the program required of it.</param>
internal sealed class PastDimension(ManifestEntry? entry, MmapRegion? region, DimensionSchema? schema)
{
    private MmapRegion? _region = region;

    /// <summary>Held while the region is loaded or given up.</summary>
    public object Gate { get; } = new();

    /// <summary>What the manifest said of it; null if the version did not have it.</summary>
    public ManifestEntry? Entry { get; } = entry;

    /// <summary>What the program required of it.</summary>
    public DimensionSchema? Schema { get; } = schema;

    /// <summary>The loaded region, to be protected before it is used. Written under <see cref="Gate"/>.</summary>
    public MmapRegion? Region
    {
        get => Volatile.Read(ref _region);
        set => Volatile.Write(ref _region, value);
    }
}
