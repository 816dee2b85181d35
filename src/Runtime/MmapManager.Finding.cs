using System.Text;
using Lamina.Format.Layout;
using Lamina.Format.Reading;
using Lamina.Protection;

namespace Lamina;

public sealed partial class MmapManager
{
    private delegate void Finder<in TState>(Region region, TState state, List<LayerId> found);

    /// <summary>The layers of a dimension that have a name, by ascending number.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="name">The name, compared byte by byte in UTF-8.</param>
    /// <remarks>The first look-up in a dimension checks the descriptions of all its layers; then it is a binary search.</remarks>
    /// <exception cref="ArgumentNullException">What is looked for is null.</exception>
    /// <exception cref="MemoryException">
    /// The data set has no such dimension, it is not loaded and is not to be loaded on demand, the budget has no room to load it, or the
    /// system refused.
    /// </exception>
    /// <exception cref="Format.LaminaFormatException">
    /// The region file is missing, damaged, or not the one of the manifest; or its descriptions are damaged.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The manager has been disposed.</exception>
    public LayerId[] FindByName(DimensionId dimension, string name) => Find([dimension], Encode(name), AddByName);

    /// <summary>The layers of all dimensions that have a name, ascending.</summary>
    /// <inheritdoc cref="FindByName(DimensionId, string)"/>
    public LayerId[] FindByName(string name) => Find(Dimensions, Encode(name), AddByName);

    /// <summary>The layers of a dimension that have a keyword, by ascending number.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="keyword">The keyword, compared byte by byte in UTF-8.</param>
    /// <inheritdoc cref="FindByName(DimensionId, string)" path="/exception"/>
    public LayerId[] FindByKeyword(DimensionId dimension, string keyword) => Find([dimension], Encode(keyword), AddByKeyword);

    /// <summary>The layers of all dimensions that have a keyword, ascending.</summary>
    /// <inheritdoc cref="FindByKeyword(DimensionId, string)"/>
    public LayerId[] FindByKeyword(string keyword) => Find(Dimensions, Encode(keyword), AddByKeyword);

    /// <summary>The layers of a dimension that have a keyword with a prefix, each once, by ascending number.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="prefix">The prefix, compared byte by byte in UTF-8; empty for the layers that have any keyword.</param>
    /// <inheritdoc cref="FindByName(DimensionId, string)" path="/exception"/>
    public LayerId[] FindByKeywordPrefix(DimensionId dimension, string prefix) => Find([dimension], Encode(prefix), AddByPrefix);

    /// <summary>The layers of all dimensions that have a keyword with a prefix, each once, ascending.</summary>
    /// <inheritdoc cref="FindByKeywordPrefix(DimensionId, string)"/>
    public LayerId[] FindByKeywordPrefix(string prefix) => Find(Dimensions, Encode(prefix), AddByPrefix);

    /// <summary>The layers of a dimension with a frequency in a range, by ascending number. Looks at every layer.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="min">The lowest frequency in hertz, inclusive.</param>
    /// <param name="max">The highest frequency in hertz, inclusive.</param>
    /// <inheritdoc cref="FindByName(DimensionId, string)" path="/exception"/>
    public LayerId[] FindByFrequency(DimensionId dimension, double min, double max) => Find([dimension], (min, max), AddByFrequency);

    /// <summary>The layers of all dimensions with a frequency in a range, ascending. Looks at every layer.</summary>
    /// <inheritdoc cref="FindByFrequency(DimensionId, double, double)"/>
    public LayerId[] FindByFrequency(double min, double max) => Find(Dimensions, (min, max), AddByFrequency);

    private LayerId[] Find<TState>(IReadOnlyList<DimensionId> dimensions, TState state, Finder<TState> finder)
    {
        ThrowIfDisposed();
        List<LayerId> found = [];
        foreach (DimensionId dimension in dimensions)
        {
            using RegionUse use = Use(dimension);
            finder(use.Region.Format, state, found);
        }

        return [.. found];
    }

    private static void AddByName(Region region, byte[] name, List<LayerId> found) =>
        Add(region, region.Descriptions.FindName(name), found);

    private static void AddByKeyword(Region region, byte[] keyword, List<LayerId> found)
    {
        int index = region.Descriptions.FindKeyword(keyword);
        if (index >= 0)
            Add(region, region.Descriptions.PostingsOf(index), found);
    }

    private static void AddByPrefix(Region region, byte[] prefix, List<LayerId> found)
    {
        RegionDescriptions descriptions = region.Descriptions;
        (int start, int end) = descriptions.FindKeywords(prefix);
        List<uint> indexes = [];
        for (int i = start; i < end; i++)
            indexes.AddRange(descriptions.PostingsOf(i));
        indexes.Sort();
        for (int i = 0; i < indexes.Count; i++)
        {
            if (i == 0 || indexes[i] != indexes[i - 1])
                found.Add(new LayerId(region.Dimension, region.NumberOf((int)indexes[i])));
        }
    }

    private static void AddByFrequency(Region region, (double Min, double Max) range, List<LayerId> found)
    {
        ReadOnlySpan<LayerEntry> layers = region.Descriptions.Layers;
        for (int i = 0; i < layers.Length; i++)
        {
            ref readonly LayerEntry layer = ref layers[i];
            if (((LayerFlags)layer.Flags & LayerFlags.HasFrequency) != 0 && layer.Frequency >= range.Min && layer.Frequency <= range.Max)
                found.Add(new LayerId(region.Dimension, region.NumberOf(i)));
        }
    }

    private static void Add(Region region, ReadOnlySpan<uint> indexes, List<LayerId> found)
    {
        foreach (uint index in indexes)
            found.Add(new LayerId(region.Dimension, region.NumberOf((int)index)));
    }

    private static byte[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // Half a surrogate pair becomes a replacement here; it is in no file, so it must find nothing rather than that.
        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 && !IsUnicode(text) ? NotUtf8 : Encoding.UTF8.GetBytes(text);
    }

    private static readonly byte[] NotUtf8 = [0xFF];

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        }

        return true;
    }
}
