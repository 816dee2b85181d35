using Lamina.Format.Layout;
using Lamina.Format.Reading;

namespace Lamina.Format.Inspection;

/// <summary>Finds what two regions of the same dimension do not agree on.</summary>
internal static class RegionComparer
{
    /// <summary>The differences of <paramref name="old"/> and <paramref name="now"/>.</summary>
    public static IEnumerable<DataSetDifference> Compare(RegionReader old, RegionReader now, CancellationToken cancellationToken)
    {
        if (CompareDimensions(old, now) is not DifferenceAspects.None and DifferenceAspects aspects)
            yield return new DataSetDifference(now.Dimension, null, now.Name, DifferenceKind.Changed, aspects);

        int i = 0;
        int j = 0;
        while (i < old.LayerCount || j < now.LayerCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int order = DataSetComparer.Order<uint>(NumberAt(old, i), NumberAt(now, j));
            DataSetDifference? difference = order switch
            {
                < 0 => Whole(old, i, DifferenceKind.Removed),
                > 0 => Whole(now, j, DifferenceKind.Added),
                _ => CompareLayers(old, i, now, j) is not DifferenceAspects.None and DifferenceAspects changed
                    ? Whole(now, j, DifferenceKind.Changed) with { Aspects = changed }
                    : null,
            };
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            if (difference is not null)
                yield return difference;
        }
    }

    /// <summary>A dimension that is in one data set alone, and its layers.</summary>
    public static IEnumerable<DataSetDifference> List(RegionReader region, DifferenceKind kind, CancellationToken cancellationToken)
    {
        yield return new DataSetDifference(region.Dimension, null, region.Name, kind, DifferenceAspects.None);
        for (int i = 0; i < region.LayerCount; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Whole(region, i, kind);
        }
    }

    private static uint? NumberAt(RegionReader region, int index) =>
        index < region.LayerCount ? region.Open.NumberOf(index) : null;

    private static DataSetDifference Whole(RegionReader region, int index, DifferenceKind kind)
    {
        ReadOnlySpan<byte> name = region.Open.Descriptions.NameOf(index);
        return new DataSetDifference(
            region.Dimension,
            new LayerId(region.Dimension, region.Open.NumberOf(index)),
            name.IsEmpty ? null : System.Text.Encoding.UTF8.GetString(name),
            kind,
            DifferenceAspects.None);
    }

    private static DifferenceAspects CompareDimensions(RegionReader old, RegionReader now)
    {
        DifferenceAspects aspects = DifferenceAspects.None;
        Region a = old.Open;
        Region b = now.Open;
        if (!a.Descriptions.DimensionName.SequenceEqual(b.Descriptions.DimensionName))
            aspects |= DifferenceAspects.Name;
        if (a.SizeBytes != b.SizeBytes)
            aspects |= DifferenceAspects.Size;
        if (a.FrequencyMin != b.FrequencyMin || a.FrequencyMax != b.FrequencyMax)
            aspects |= DifferenceAspects.Frequency;
        return aspects;
    }

    private static DifferenceAspects CompareLayers(RegionReader old, int i, RegionReader now, int j)
    {
        RegionDescriptions a = old.Open.Descriptions;
        RegionDescriptions b = now.Open.Descriptions;
        LayerEntry left = a.Layers[i];
        LayerEntry right = b.Layers[j];
        DifferenceAspects aspects = DifferenceAspects.None;

        // Different lengths spare decoding two blocks.
        if (old.Open.Locations[i].Length != now.Open.Locations[j].Length || !old.ContentOf(i).SequenceEqual(now.ContentOf(j)))
            aspects |= DifferenceAspects.Content;
        if (!a.NameOf(i).SequenceEqual(b.NameOf(j)))
            aspects |= DifferenceAspects.Name;
        if (ParentOf(old.Open, left) != ParentOf(now.Open, right))
            aspects |= DifferenceAspects.Parent;
        if (left.Depth != right.Depth)
            aspects |= DifferenceAspects.Depth;

        // A frequency of zero and none differ in the flag alone.
        LayerFlags flags = (LayerFlags)left.Flags ^ (LayerFlags)right.Flags;
        if (left.Frequency != right.Frequency || flags.HasFlag(LayerFlags.HasFrequency))
            aspects |= DifferenceAspects.Frequency;
        if (flags.HasFlag(LayerFlags.Simulated))
            aspects |= DifferenceAspects.Simulated;
        if (!SameKeywords(a, a.KeywordsOf(i), b, b.KeywordsOf(j)))
            aspects |= DifferenceAspects.Keywords;
        return aspects;
    }

    private static uint? ParentOf(Region region, LayerEntry layer) =>
        layer.Parent == LayerEntry.NoParent ? null : region.NumberOf((int)layer.Parent);

    private static bool SameKeywords(RegionDescriptions a, ReadOnlySpan<uint> left, RegionDescriptions b, ReadOnlySpan<uint> right)
    {
        if (left.Length != right.Length)
            return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (!a.Keyword((int)left[i]).SequenceEqual(b.Keyword((int)right[i])))
                return false;
        }

        return true;
    }
}
