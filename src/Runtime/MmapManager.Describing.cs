using System.Text;
using Lamina.Format;
using Lamina.Format.Layout;
using Lamina.Format.Publishing;
using Lamina.Format.Reading;
using Lamina.Mapping;
using Lamina.Protection;

namespace Lamina;

public sealed partial class MmapManager
{
    /// <summary>What describes a layer. Touches no content.</summary>
    /// <remarks>The first call for a dimension checks the descriptions of all its layers.</remarks>
    /// <exception cref="MemoryException">
    /// The data set has no such dimension or layer, the dimension is not loaded and is not to be loaded on demand, the budget has no room to
    /// load it, or the system refused.
    /// </exception>
    /// <exception cref="LaminaFormatException">
    /// The region file is missing, damaged, or not the one of the manifest; or its descriptions are damaged.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public LayerInfo GetInfo(LayerId id)
    {
        using RegionUse use = Use(id.Dimension);
        return Describe(use.Region, id);
    }

    /// <summary>A layer's name; null if it has none.</summary>
    /// <inheritdoc cref="GetInfo" path="/exception"/>
    public string? GetName(LayerId id)
    {
        using RegionUse use = Use(id.Dimension);
        ReadOnlySpan<byte> name = use.Region.Format.Descriptions.NameOf(IndexOf(use.Region, id));
        return name.IsEmpty ? null : Encoding.UTF8.GetString(name);
    }

    /// <summary>A layer's keywords, in the order of the author.</summary>
    /// <inheritdoc cref="GetInfo" path="/exception"/>
    public string[] GetKeywords(LayerId id)
    {
        using RegionUse use = Use(id.Dimension);
        RegionDescriptions descriptions = use.Region.Format.Descriptions;
        ReadOnlySpan<uint> keywords = descriptions.KeywordsOf(IndexOf(use.Region, id));
        string[] result = new string[keywords.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = Encoding.UTF8.GetString(descriptions.Keyword((int)keywords[i]));
        return result;
    }

    /// <summary>What describes a dimension. Loads it if need be.</summary>
    /// <inheritdoc cref="Load" path="/exception"/>
    public DimensionInfo GetDimension(DimensionId dimension)
    {
        using RegionUse use = Use(dimension);
        Region region = use.Region.Format;
        ManifestEntry entry = use.Region.Entry;
        return new DimensionInfo(
            dimension,
            entry.Name,
            region.LayerCount,
            region.ContentLength,
            region.FileLength,
            region.SizeBytes,
            region.FrequencyMin,
            region.FrequencyMax,
            region.Fingerprint.ToUInt128(),
            entry.Simulated || use.Region.IsStandIn);
    }

    /// <summary>The layers of a dimension, by ascending number. Loads it if need be; touches no content.</summary>
    /// <inheritdoc cref="Load" path="/exception"/>
    public LayerList Layers(DimensionId dimension)
    {
        using RegionUse use = Use(dimension);
        return new LayerList(this, use.Region.Format);
    }

    /// <summary>The number of the layer at an index, as long as the region is the one with <paramref name="digest"/>.</summary>
    internal uint NumberOf(DimensionId dimension, Digest128 digest, int index)
    {
        using RegionUse use = Use(dimension);
        if (use.Region.Format.Digest != digest)
            throw new InvalidOperationException($"{dimension} has been replaced by another version. List its layers again.");
        return use.Region.Format.NumberOf(index);
    }

    internal static LayerInfo Describe(MmapRegion region, LayerId id)
    {
        int index = IndexOf(region, id);
        Region format = region.Format;
        LayerEntry entry = format.Descriptions.Layers[index];
        LayerFlags flags = (LayerFlags)entry.Flags;
        return new LayerInfo(
            id,
            (int)format.Locations[index].Length,
            entry.Depth,
            entry.Parent == LayerEntry.NoParent ? null : new LayerId(id.Dimension, format.NumberOf((int)entry.Parent)),
            (flags & LayerFlags.HasFrequency) != 0 ? entry.Frequency : null,
            entry.KeywordCount,
            (flags & LayerFlags.Simulated) != 0);
    }

    internal static int IndexOf(MmapRegion region, LayerId id)
    {
        int index = region.Format.IndexOf(id.Number);
        if (index < 0)
            Throw.LayerNotFound(id);
        return index;
    }
}
