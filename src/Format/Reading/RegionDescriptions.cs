using Lamina.Format.Layout;

namespace Lamina.Format.Reading;

/// <summary>What describes a region's layers: hierarchy, frequencies, names, keywords; checked, used in place.</summary>
/// <remarks>Immutable and safe to share between threads, as long as the memory under its region is there.</remarks>
internal sealed class RegionDescriptions
{
    private readonly Region _region;
    private readonly Section _layers;
    private readonly Section _layerKeywords;
    private readonly Section _keywords;
    private readonly Section _postings;
    private readonly Section _names;
    private readonly Section _strings;
    private readonly int _nameLength;

    private RegionDescriptions(Region region, int nameLength)
    {
        _region = region;
        _nameLength = nameLength;
        _layers = region.Sections[SectionKind.Layers];
        _layerKeywords = region.Sections[SectionKind.LayerKeywords];
        _keywords = region.Sections[SectionKind.Keywords];
        _postings = region.Sections[SectionKind.Postings];
        _names = region.Sections[SectionKind.Names];
        _strings = region.Sections[SectionKind.Strings];
    }

    /// <summary>The dimension's name; empty if it has none.</summary>
    public ReadOnlySpan<byte> DimensionName => Strings[.._nameLength];

    public ReadOnlySpan<LayerEntry> Layers => _region.Table<LayerEntry>(_layers);

    /// <summary>Layer indexes by name. Spec: NAM-1.</summary>
    public ReadOnlySpan<uint> Names => _region.Table<uint>(_names);

    /// <summary>Keyword indexes, layer after layer. Spec: KEY-1.</summary>
    public ReadOnlySpan<uint> LayerKeywords => _region.Table<uint>(_layerKeywords);

    public ReadOnlySpan<KeywordEntry> Keywords => _region.Table<KeywordEntry>(_keywords);

    /// <summary>Layer indexes, keyword after keyword. Spec: KEY-4.</summary>
    public ReadOnlySpan<uint> Postings => _region.Table<uint>(_postings);

    public ReadOnlySpan<byte> Strings => _region.Bytes(_strings);

    /// <summary>Checks the descriptions of <paramref name="region"/> against their checksums and rules.</summary>
    /// <exception cref="LaminaFormatException">A rule of the chapters "Layers" or "Keywords, names, strings" is broken.</exception>
    public static RegionDescriptions Read(Region region, RegionHeader header, Fault fault)
    {
        RegionDescriptions descriptions = new(region, header.NameLength);
        foreach (Section section in (ReadOnlySpan<Section>)[
            descriptions._layers, descriptions._layerKeywords, descriptions._keywords,
            descriptions._postings, descriptions._names, descriptions._strings])
        {
            SectionTable.CheckBytes(region.View, section, fault);
        }

        new DescriptionTables(region, header, descriptions, fault).Check();
        return descriptions;
    }

    /// <summary>A layer's name; empty if it has none.</summary>
    public ReadOnlySpan<byte> NameOf(int layer)
    {
        ref readonly LayerEntry entry = ref Layers[layer];
        return Strings.Slice((int)entry.NameOffset, entry.NameLength);
    }

    /// <summary>The indexes of a layer's keywords, in the order of the author.</summary>
    public ReadOnlySpan<uint> KeywordsOf(int layer)
    {
        ref readonly LayerEntry entry = ref Layers[layer];
        return LayerKeywords.Slice((int)entry.KeywordStart, entry.KeywordCount);
    }

    /// <summary>A keyword.</summary>
    public ReadOnlySpan<byte> Keyword(int keyword)
    {
        ReadOnlySpan<KeywordEntry> keywords = Keywords;
        int start = (int)keywords[keyword].StringOffset;
        return keyword + 1 < keywords.Length ? Strings[start..(int)keywords[keyword + 1].StringOffset] : Strings[start..];
    }

    /// <summary>The indexes of the layers that have a keyword, ascending.</summary>
    public ReadOnlySpan<uint> PostingsOf(int keyword)
    {
        ReadOnlySpan<KeywordEntry> keywords = Keywords;
        int start = (int)keywords[keyword].PostingStart;
        return keyword + 1 < keywords.Length ? Postings[start..(int)keywords[keyword + 1].PostingStart] : Postings[start..];
    }

    /// <summary>The index of the keyword <paramref name="utf8"/>, or -1.</summary>
    public int FindKeyword(ReadOnlySpan<byte> utf8)
    {
        int index = LowerBound(utf8);
        return index < Keywords.Length && Keyword(index).SequenceEqual(utf8) ? index : -1;
    }

    /// <summary>The keywords that begin with <paramref name="prefix"/>: from the first index up to, not with, the second.</summary>
    public (int Start, int End) FindKeywords(ReadOnlySpan<byte> prefix)
    {
        int start = LowerBound(prefix);
        int low = start;
        int high = Keywords.Length;
        while (low < high)
        {
            int middle = low + ((high - low) >> 1);
            if (Keyword(middle).StartsWith(prefix))
                low = middle + 1;
            else
                high = middle;
        }

        return (start, low);
    }

    /// <summary>The indexes of the layers named <paramref name="utf8"/>, ascending.</summary>
    public ReadOnlySpan<uint> FindName(scoped ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<uint> names = Names;
        int low = 0;
        int high = names.Length;
        while (low < high)
        {
            int middle = low + ((high - low) >> 1);
            if (NameOf((int)names[middle]).SequenceCompareTo(utf8) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        int end = low;
        while (end < names.Length && NameOf((int)names[end]).SequenceEqual(utf8))
            end++;
        return names[low..end];
    }

    private int LowerBound(ReadOnlySpan<byte> utf8)
    {
        int low = 0;
        int high = Keywords.Length;
        while (low < high)
        {
            int middle = low + ((high - low) >> 1);
            if (Keyword(middle).SequenceCompareTo(utf8) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
