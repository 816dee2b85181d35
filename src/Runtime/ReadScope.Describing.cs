using System.Diagnostics.CodeAnalysis;
using Lamina.Format.Layout;
using Lamina.Format.Reading;
using Lamina.Mapping;

namespace Lamina;

public readonly unsafe ref partial struct ReadScope
{
    /// <summary>What describes a layer.</summary>
    /// <exception cref="ObjectDisposedException">The scope or the manager has been disposed.</exception>
    /// <inheritdoc cref="MmapManager.GetInfo" path="/exception"/>
    public LayerInfo GetInfo(LayerId id) => MmapManager.Describe(Protect(id.Dimension), id);

    /// <summary>A layer's name in UTF-8, valid until the scope is disposed; empty if it has none.</summary>
    /// <inheritdoc cref="GetInfo" path="/exception"/>
    [UnscopedRef]
    public ReadOnlySpan<byte> GetName(LayerId id)
    {
        MmapRegion region = Protect(id.Dimension);
        return region.Format.Descriptions.NameOf(MmapManager.IndexOf(region, id));
    }

    /// <summary>One of a layer's keywords in UTF-8, valid until the scope is disposed.</summary>
    /// <param name="id">The layer.</param>
    /// <param name="index">0 to one below <see cref="LayerInfo.KeywordCount"/>; keywords are in the order of the author.</param>
    /// <exception cref="ArgumentOutOfRangeException">The layer has no such keyword.</exception>
    /// <inheritdoc cref="GetInfo" path="/exception"/>
    [UnscopedRef]
    public ReadOnlySpan<byte> GetKeyword(LayerId id, int index)
    {
        MmapRegion region = Protect(id.Dimension);
        RegionDescriptions descriptions = region.Format.Descriptions;
        ReadOnlySpan<uint> keywords = descriptions.KeywordsOf(MmapManager.IndexOf(region, id));
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, keywords.Length);
        return descriptions.Keyword((int)keywords[index]);
    }

    /// <summary>The layers on the way down to a layer, itself included, in the order of reading: the one without a parent first.</summary>
    /// <param name="id">The layer.</param>
    /// <param name="path">Has room for one more than the layer's depth.</param>
    /// <returns>How many there are: one more than the layer's depth.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is too short; nothing was written.</exception>
    /// <inheritdoc cref="GetInfo" path="/exception"/>
    public int GetPath(LayerId id, Span<LayerId> path)
    {
        MmapRegion region = Protect(id.Dimension);
        int index = MmapManager.IndexOf(region, id);
        ReadOnlySpan<LayerEntry> layers = region.Format.Descriptions.Layers;
        int count = layers[index].Depth + 1;
        if (count > path.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The path of {id} has {count} layers; there is room for {path.Length}."), nameof(path));
        }

        // A parent's depth is one less, as the check of the descriptions has made sure.
        for (int i = count - 1; i >= 0; i--)
        {
            path[i] = new LayerId(id.Dimension, region.Format.NumberOf(index));
            index = (int)layers[index].Parent;
        }

        return count;
    }

    /// <summary>The layers with a name.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="utf8">The name, compared byte by byte.</param>
    /// <inheritdoc cref="MmapManager.FindByName(DimensionId, string)" path="/exception"/>
    [UnscopedRef]
    public LayerMatches FindName(DimensionId dimension, scoped ReadOnlySpan<byte> utf8)
    {
        Region region = Protect(dimension).Format;
        return new LayerMatches(region, region.Descriptions.FindName(utf8));
    }

    /// <summary>The layers with a keyword.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="utf8">The keyword, compared byte by byte.</param>
    /// <inheritdoc cref="MmapManager.FindByName(DimensionId, string)" path="/exception"/>
    [UnscopedRef]
    public LayerMatches FindKeyword(DimensionId dimension, scoped ReadOnlySpan<byte> utf8)
    {
        Region region = Protect(dimension).Format;
        int keyword = region.Descriptions.FindKeyword(utf8);
        return new LayerMatches(region, keyword < 0 ? default : region.Descriptions.PostingsOf(keyword));
    }

    /// <summary>The keywords that begin with a prefix, and the layers of each.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="utf8Prefix">The prefix, compared byte by byte; empty for all keywords.</param>
    /// <inheritdoc cref="MmapManager.FindByName(DimensionId, string)" path="/exception"/>
    [UnscopedRef]
    public KeywordMatches FindKeywords(DimensionId dimension, scoped ReadOnlySpan<byte> utf8Prefix)
    {
        Region region = Protect(dimension).Format;
        (int start, int end) = region.Descriptions.FindKeywords(utf8Prefix);
        return new KeywordMatches(region, start, end);
    }

    private MmapRegion Protect(DimensionId dimension) => _manager.Protect(dimension, Open());
}
