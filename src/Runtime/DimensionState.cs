using Lamina.Format.Publishing;
using Lamina.Mapping;

namespace Lamina;

/// <summary>A dimension of the manager's data set.</summary>
internal sealed class DimensionState(ManifestEntry entry)
{
    private MmapRegion? _region;

    /// <summary>Held while the dimension is loaded or taken out of use.</summary>
    public object Gate { get; } = new();

    /// <summary>What the program requires of it. Under <see cref="Gate"/>.</summary>
    public DimensionSchema? Schema { get; set; }

    /// <summary>Whether a newer manifest no longer has it. Under <see cref="Gate"/>.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>What the manifest says of it.</summary>
    public ManifestEntry Entry { get; set; } = entry;

    /// <summary>The loaded region, to be protected before it is used. Written under <see cref="Gate"/>.</summary>
    public MmapRegion? Region
    {
        get => Volatile.Read(ref _region);
        set => Volatile.Write(ref _region, value);
    }
}
