using Lamina.Format.Inspection;

namespace Lamina.Cli.Commands;

/// <summary>A layer of an open region.</summary>
internal sealed class FoundLayer(RegionReader region, int index) : IDisposable
{
    public RegionReader Region => region;

    /// <summary>The layer's index in the region.</summary>
    public int Index => index;

    public void Dispose() => region.Dispose();
}
