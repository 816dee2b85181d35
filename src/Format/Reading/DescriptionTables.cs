using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Lamina.Format.Layout;

namespace Lamina.Format.Reading;

/// <summary>Checks the tables that describe layers against their rules and one another.</summary>
internal readonly ref struct DescriptionTables(Region region, RegionHeader header, RegionDescriptions descriptions, Fault fault)
{
    private readonly Fault _fault = fault;
    private readonly ReadOnlySpan<LayerEntry> _layers = descriptions.Layers;
    private readonly ReadOnlySpan<uint> _layerKeywords = descriptions.LayerKeywords;
    private readonly ReadOnlySpan<KeywordEntry> _keywords = descriptions.Keywords;
    private readonly ReadOnlySpan<uint> _postings = descriptions.Postings;
    private readonly ReadOnlySpan<byte> _strings = descriptions.Strings;

    /// <summary>Checks everything.</summary>
    /// <exception cref="LaminaFormatException">A rule of the chapters "Layers" or "Keywords, names, strings" is broken.</exception>
    public void Check()
    {
        if (header.NameLength > _strings.Length)
            Damaged(FormatFault.Strings, RegionHeaderLayout.NameLength, "The dimension's name is longer than the strings.");

        int named = CheckLayers(out int stringsUsed);
        CheckKeywords(stringsUsed);
        CheckPostings();
        CheckNames(named);
        CheckText();
    }

    private int CheckLayers(out int stringsUsed)
    {
        int named = 0;
        long uses = 0;
        int strings = header.NameLength;
        bool simulated = false;
        for (int i = 0; i < _layers.Length; i++)
        {
            ref readonly LayerEntry layer = ref _layers[i];
            LayerFlags flags = (LayerFlags)layer.Flags;
            if (header.IsKnownMinor && (flags & ~LayerFlags.All) != 0)
                DamagedLayer(i, 20, "has a flag that this version does not have");
            CheckFrequency(i, layer.Frequency, flags.HasFlag(LayerFlags.HasFrequency));
            CheckParent(i, layer);

            if (flags.HasFlag(LayerFlags.HasName))
            {
                if (layer.NameOffset != (uint)strings)
                    DamagedLayer(i, 12, "has a name that does not begin where the one before ends");
                if (layer.NameLength is 0 or > Limits.MaxNameLength || layer.NameLength > _strings.Length - strings)
                    DamagedLayer(i, 16, "has a name of a length that it cannot have");
                strings += layer.NameLength;
                named++;
            }
            else
            {
                if (layer.NameOffset != 0)
                    DamagedLayer(i, 12, "has no name, and a place for it");
                if (layer.NameLength != 0)
                    DamagedLayer(i, 16, "has no name, and a length for it");
            }

            if (layer.KeywordCount > Limits.MaxKeywordsPerLayer)
                _fault.Limit(Field(i, 22), "keywords in a layer", layer.KeywordCount, Limits.MaxKeywordsPerLayer);
            if (layer.KeywordStart != uses)
                Damaged(FormatFault.Keywords, Field(i, 24), "A layer's keywords do not begin where those of the layer before end.");
            uses += layer.KeywordCount;
            if (uses > _layerKeywords.Length)
                Damaged(FormatFault.Keywords, Field(i, 22), "The layers have more keywords than are listed.");
            if (header.IsKnownMinor && layer.Reserved != 0)
                Damaged(FormatFault.ReservedNotZero, Field(i, 28), "A reserved field of a layer is not zero.");
            simulated |= flags.HasFlag(LayerFlags.Simulated);
        }

        if (uses != _layerKeywords.Length)
        {
            Damaged(
                FormatFault.Keywords, region.Sections[SectionKind.LayerKeywords].Offset + (uses * sizeof(uint)),
                "There are more keywords listed than the layers have.");
        }

        if (simulated != header.Flags.HasFlag(RegionFlags.Simulated))
        {
            Damaged(
                FormatFault.LayerDescription, RegionHeaderLayout.Flags,
                simulated ? "A layer is simulated, and the header does not say so." : "No layer is simulated, and the header says so.");
        }

        stringsUsed = strings;
        return named;
    }

    private void CheckFrequency(int index, double frequency, bool declared)
    {
        if (declared ? !RegionHeader.IsFrequency(frequency) : frequency != 0 || double.IsNegative(frequency))
            DamagedLayer(index, 0, "has a frequency that contradicts its flags, or is not a frequency");
    }

    private void CheckParent(int index, in LayerEntry layer)
    {
        if (layer.Parent == LayerEntry.NoParent)
        {
            if (layer.Depth != 0)
                DamagedLayer(index, 18, "has no parent, and a depth");
            return;
        }

        if (layer.Parent >= (uint)_layers.Length)
            DamagedLayer(index, 8, "has a parent that is not in the file");
        if (layer.Depth != _layers[(int)layer.Parent].Depth + 1)
            DamagedLayer(index, 18, "is not one deeper than its parent");
    }

    private void CheckKeywords(int stringsUsed)
    {
        long start = region.Sections[SectionKind.Keywords].Offset;
        for (int i = 0; i < _keywords.Length; i++)
        {
            long at = start + ((long)i * KeywordEntry.EntrySize);
            uint next = i + 1 < _keywords.Length ? _keywords[i + 1].StringOffset : (uint)_strings.Length;
            if (_keywords[i].StringOffset != (uint)stringsUsed)
                Damaged(FormatFault.Keywords, at, "A keyword does not begin where the string before ends.");

            // Compared as long: the next offset is not checked yet.
            long length = (long)next - stringsUsed;
            if (length is < 1 or > Limits.MaxKeywordLength || next > (uint)_strings.Length)
                Damaged(FormatFault.Keywords, i + 1 < _keywords.Length ? at + KeywordEntry.EntrySize : at, "A keyword has a length that it cannot have.");
            if (i > 0)
            {
                ReadOnlySpan<byte> before = _strings[(int)_keywords[i - 1].StringOffset..stringsUsed];
                if (before.SequenceCompareTo(_strings[stringsUsed..(int)next]) >= 0)
                    Damaged(FormatFault.Keywords, at, "The keywords are not ascending.");
            }

            uint postings = _keywords[i].PostingStart;
            if (i == 0 ? postings != 0 : postings <= _keywords[i - 1].PostingStart)
                Damaged(FormatFault.Keywords, at + sizeof(uint), "A keyword's postings do not begin after those of the one before.");
            if (postings >= (uint)_postings.Length)
                Damaged(FormatFault.Keywords, at + sizeof(uint), "A keyword has no postings.");
            stringsUsed = (int)next;
        }

        if (stringsUsed != _strings.Length)
        {
            Damaged(
                FormatFault.Strings, region.Sections[SectionKind.Strings].Offset + stringsUsed, "There are strings that nothing refers to.");
        }

        if (_keywords.IsEmpty && !_postings.IsEmpty)
            Damaged(FormatFault.Keywords, region.Sections[SectionKind.Postings].Offset, "There are postings, and no keyword.");
    }

    /// <summary>
    /// Takes each keyword of each layer off the front of the keyword's postings. Both lists are as long, so that nothing is
    /// left if everything could be taken.
    /// </summary>
    private void CheckPostings()
    {
        long postingsStart = region.Sections[SectionKind.Postings].Offset;
        int[] next = ArrayPool<int>.Shared.Rent(Math.Max(1, _keywords.Length));
        try
        {
            for (int k = 0; k < _keywords.Length; k++)
            {
                int start = (int)_keywords[k].PostingStart;
                int end = EndOfPostings(k);
                next[k] = start;
                for (int i = start + 1; i < end; i++)
                {
                    if (_postings[i] <= _postings[i - 1])
                        Damaged(FormatFault.Keywords, postingsStart + ((long)i * sizeof(uint)), "A keyword's postings are not ascending.");
                }
            }

            int use = 0;
            for (int layer = 0; layer < _layers.Length; layer++)
            {
                int end = use + _layers[layer].KeywordCount;
                for (; use < end; use++)
                {
                    uint keyword = _layerKeywords[use];
                    if (keyword >= (uint)_keywords.Length
                        || next[keyword] >= EndOfPostings((int)keyword)
                        || _postings[next[keyword]++] != (uint)layer)
                    {
                        Damaged(
                            FormatFault.Keywords, region.Sections[SectionKind.LayerKeywords].Offset + ((long)use * sizeof(uint)),
                            FormattableString.Invariant($"Layer {region.Dimension}:L{region.NumberOf(layer)} has a keyword whose postings do not name it."));
                    }
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(next);
        }
    }

    private int EndOfPostings(int keyword) =>
        keyword + 1 < _keywords.Length ? (int)_keywords[keyword + 1].PostingStart : _postings.Length;

    private void CheckNames(int named)
    {
        Section section = region.Sections[SectionKind.Names];
        ReadOnlySpan<uint> names = descriptions.Names;
        if (names.Length != named)
            Damaged(FormatFault.Names, section.Offset, "The index of names has not one entry for each layer with a name.");
        for (int i = 0; i < names.Length; i++)
        {
            long at = section.Offset + ((long)i * sizeof(uint));
            if (names[i] >= (uint)_layers.Length || !((LayerFlags)_layers[(int)names[i]].Flags).HasFlag(LayerFlags.HasName))
                Damaged(FormatFault.Names, at, "The index of names has a layer that has no name.");
            if (i == 0)
                continue;
            int order = descriptions.NameOf((int)names[i - 1]).SequenceCompareTo(descriptions.NameOf((int)names[i]));
            if (order > 0 || (order == 0 && names[i - 1] >= names[i]))
                Damaged(FormatFault.Names, at, "The index of names is not ascending.");
        }
    }

    /// <summary>All strings at once: they are well-formed if their concatenation is and none begins inside a character.</summary>
    private void CheckText()
    {
        long start = region.Sections[SectionKind.Strings].Offset;
        if (!Utf8.IsValid(_strings))
        {
            int at = 0;
            while (Rune.DecodeFromUtf8(_strings[at..], out _, out int length) == OperationStatus.Done)
                at += length;
            Damaged(FormatFault.Strings, start + at, "A name or keyword is not UTF-8.");
        }

        if (header.NameLength < _strings.Length)
            CheckBoundary(header.NameLength, start);
        foreach (ref readonly LayerEntry layer in _layers)
        {
            if (layer.NameLength != 0)
                CheckBoundary((int)layer.NameOffset, start);
        }

        foreach (ref readonly KeywordEntry keyword in _keywords)
            CheckBoundary((int)keyword.StringOffset, start);
    }

    private void CheckBoundary(int offset, long start)
    {
        if ((_strings[offset] & 0xC0) == 0x80)
            Damaged(FormatFault.Strings, start + offset, "A name or keyword begins inside a character.");
    }

    private long Field(int layer, int field) =>
        region.Sections[SectionKind.Layers].Offset + ((long)layer * LayerEntry.EntrySize) + field;

    private void DamagedLayer(int layer, int field, string what) =>
        Damaged(FormatFault.LayerDescription, Field(layer, field), FormattableString.Invariant(
            $"Layer {region.Dimension}:L{region.NumberOf(layer)} {what}."));

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private void Damaged(FormatFault fault, long offset, string message) => _fault.Damaged(fault, offset, message);
}
