using Lamina.Format.Publishing;

namespace Lamina;

/// <summary>A dimension of the manager's data set.</summary>
internal sealed class DimensionState(ManifestEntry entry)
{
    /// <summary>Held while the dimension is loaded or taken out of use.</summary>
    public Lock Gate { get; } = new();

    /// <summary>What the manifest says of it.</summary>
    public ManifestEntry Entry { get; set; } = entry;
}
