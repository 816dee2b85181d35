using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Oracle;

/// <content>Layer descriptions, keywords, names and strings: chapters 5 and 6.</content>
internal sealed partial class OracleDecoder
{
    private void ReadDescriptions()
    {
        ulong uses = 0;
        bool simulated = false;
        for (int i = 0; i < _layerCount; i++)
        {
            long at = At(Kind.Layers, i, LayerSize, 0);
            OracleDescription layer = new()
            {
                Parent = (uint)Get(at + Layer.Parent, 4),
                NameOffset = (uint)Get(at + Layer.NameOffset, 4),
                NameLength = (ushort)Get(at + Layer.NameLength, 2),
                Depth = (ushort)Get(at + Layer.Depth, 2),
                Flags = (ushort)Get(at + Layer.Flags, 2),
                KeywordCount = (ushort)Get(at + Layer.KeywordCount, 2),
                KeywordStart = (uint)Get(at + Layer.KeywordStart, 4),
                Reserved = (uint)Get(at + Layer.Reserved, 4),
            };
            layer.Frequency = ReadFrequency(
                at + Layer.Frequency, (layer.Flags & Flag.LayerHasFrequency) != 0, "LayerDescription");
            _parts.Layers.Add(layer);
            Check(IsLater || layer.Flags <= 7, "LAY-5", "LayerDescription", at + Layer.Flags, "Flags.");
            Check(IsLater || layer.Reserved == 0, "GEN-5", "ReservedNotZero", at + Layer.Reserved, "Reserved field of a layer.");
            Check(
                layer.Parent == NoIndex || layer.Parent < _layerCount, "LAY-2", "LayerDescription", at + Layer.Parent, "Parent.");
            bool named = (layer.Flags & Flag.LayerHasName) != 0;
            Check(named ? layer.NameLength is >= 1 and <= 1024 : layer.NameLength == 0, "LAY-3", "LayerDescription",
                at + Layer.NameLength, "Name length.");
            Check(
                named
                    ? layer.NameOffset <= _parts.Strings.Length && layer.NameLength <= _parts.Strings.Length - layer.NameOffset
                    : layer.NameOffset == 0,
                "LAY-3", "LayerDescription", at + Layer.NameOffset, "Name offset.");
            Check(layer.KeywordCount <= 4096, "LIM-9", "LimitExceeded", at + Layer.KeywordCount, "Keyword count.");
            Check(layer.KeywordStart == uses, "LAY-6", "Keywords", at + Layer.KeywordStart, "Keyword start.");
            uses += layer.KeywordCount;
            Check(
                uses <= (ulong)(_sections[(int)Kind.LayerKeywords - 1].Bytes.Length / 4),
                "LAY-6", "Keywords", at + Layer.KeywordCount, "More keywords than are listed.");
            simulated |= (layer.Flags & Flag.LayerSimulated) != 0;
        }

        // A parent may have a higher index than its child, so depths are compared once all are known.
        for (int i = 0; i < _layerCount; i++)
        {
            OracleDescription layer = _parts.Layers[i];
            int depth = layer.Parent == NoIndex ? 0 : _parts.Layers[(int)layer.Parent].Depth + 1;
            Check(layer.Depth == depth, "LAY-4", "LayerDescription", At(Kind.Layers, i, LayerSize, Layer.Depth), "Depth.");
        }

        Check(
            ((_parts.Flags & Flag.RegionSimulated) != 0) == simulated, "LAY-5", "LayerDescription", Header.Flags,
            "The flag simulated.");
        Check(
            uses == (ulong)(_sections[(int)Kind.LayerKeywords - 1].Bytes.Length / 4),
            "LAY-6", "Keywords", At(Kind.LayerKeywords, (long)uses, 4, 0), "Uses of keywords.");
    }

    private void ReadKeywords()
    {
        _parts.LayerKeywords = Indexes(Kind.LayerKeywords);
        _parts.Postings = Indexes(Kind.Postings);
        for (int k = 0; k < _keywordCount; k++)
        {
            long at = At(Kind.Keywords, k, KeywordSize, 0);
            _parts.Keywords.Add(new OracleKeyword
            {
                StringOffset = (uint)Get(at + Keyword.StringOffset, 4),
                PostingStart = (uint)Get(at + Keyword.PostingStart, 4),
            });
        }

        for (int k = 0; k < _keywordCount; k++)
        {
            // A string that ends wrongly is the fault of the entry that says where it ends.
            long at = At(Kind.Keywords, k, KeywordSize, 0);
            long length = StringEnd(k) - _parts.Keywords[k].StringOffset;
            Check(_parts.Keywords[k].StringOffset <= _parts.Strings.Length, "KEY-2", "Keywords", at + Keyword.StringOffset,
                "The keyword's string leaves the strings section.");
            Check(
                StringEnd(k) <= _parts.Strings.Length && length is >= 1 and <= 1024,
                "KEY-2", "Keywords", at + (k + 1 < _keywordCount ? KeywordSize : 0) + Keyword.StringOffset,
                    "The length of a keyword's string.");
            Check(
                k == 0 || OracleBytes.Compare(KeywordText(k - 1), KeywordText(k)) < 0, "KEY-2", "Keywords",
                at + Keyword.StringOffset, "Keywords do not ascend.");
            uint start = _parts.Keywords[k].PostingStart;
            Check(
                k == 0 ? start == 0 : start > _parts.Keywords[k - 1].PostingStart, "KEY-3", "Keywords", at + Keyword.PostingStart,
                "Posting start.");
            Check(start < _parts.Postings.Count, "KEY-3", "Keywords", at + Keyword.PostingStart, "A keyword without postings.");
        }

        Check(
            _keywordCount > 0 || _parts.Postings.Count == 0, "KEY-3", "Keywords", At(Kind.Postings, 0, 4, 0),
            "Postings without keywords.");
        for (int k = 0; k < _keywordCount; k++)
        {
            List<uint> postings = PostingsOf(k);
            for (int n = 1; n < postings.Count; n++)
                Check(
                    postings[n] > postings[n - 1], "KEY-4", "Keywords",
                    At(Kind.Postings, _parts.Keywords[k].PostingStart + n, 4, 0), "Postings do not ascend.");
        }

        for (int i = 0; i < _layerCount; i++)
        {
            List<uint> keywords = KeywordsOf(_parts.Layers[i]);
            for (int n = 0; n < keywords.Count; n++)
            {
                long use = At(Kind.LayerKeywords, _parts.Layers[i].KeywordStart + n, 4, 0);
                Check(keywords[n] < _keywordCount, "KEY-1", "Keywords", use, "A layer's keyword is none.");
                Check(keywords.IndexOf(keywords[n]) == n, "KEY-1", "Keywords", use, "A layer has a keyword twice.");
                Check(
                    PostingsOf((int)keywords[n]).Contains((uint)i), "KEY-5", "Keywords", use,
                    "The keyword's postings do not name the layer.");
            }
        }

        for (int k = 0; k < _keywordCount; k++)
        {
            foreach (uint layer in PostingsOf(k))
            {
                Check(layer < _layerCount, "KEY-4", "Keywords", At(Kind.Postings, 0, 4, 0), "A posting names no layer.");
                Check(
                    KeywordsOf(_parts.Layers[(int)layer]).Contains((uint)k), "KEY-5", "Keywords", At(Kind.Postings, 0, 4, 0),
                    "The layer does not name the keyword.");
            }
        }
    }

    private void ReadNames()
    {
        _parts.Names = Indexes(Kind.Names);
        int named = _parts.Layers.Count(static layer => (layer.Flags & Flag.LayerHasName) != 0);
        Check(
            _parts.Names.Count == named, "NAM-2", "Names", At(Kind.Names, 0, 4, 0), "Not as many entries as layers with a name.");
        for (int n = 0; n < _parts.Names.Count; n++)
        {
            long at = At(Kind.Names, n, 4, 0);
            Check(_parts.Names[n] < _layerCount, "NAM-1", "Names", at, "An entry names no layer.");
            OracleDescription layer = _parts.Layers[(int)_parts.Names[n]];
            Check((layer.Flags & Flag.LayerHasName) != 0, "NAM-2", "Names", at, "The layer has no name.");
            if (n == 0)
                continue;
            int order = OracleBytes.Compare(NameOf(_parts.Layers[(int)_parts.Names[n - 1]]), NameOf(layer));
            Check(
                order < 0 || (order == 0 && _parts.Names[n - 1] < _parts.Names[n]), "NAM-1", "Names", at, "Names do not ascend.");
        }
    }

    private void ReadStrings()
    {
        long strings = At(Kind.Strings, 0, 1, 0);
        Check(
            _parts.NameLength <= _parts.Strings.Length,
            "STR-2", "Strings", Header.NameLength, "The dimension's name leaves the strings section.");
        CheckText(0, Cut(strings, _parts.NameLength));
        long next = _parts.NameLength;
        for (int i = 0; i < _layerCount; i++)
        {
            OracleDescription layer = _parts.Layers[i];
            if ((layer.Flags & Flag.LayerHasName) == 0)
                continue;
            Check(
                layer.NameOffset == next, "STR-2", "LayerDescription", At(Kind.Layers, i, LayerSize, Layer.NameOffset),
                "The name is elsewhere.");
            CheckText(layer.NameOffset, NameOf(layer));
            next += layer.NameLength;
        }

        if (_keywordCount == 0)
            Check(next == _parts.Strings.Length, "STR-2", "Strings", strings + next, "Bytes after the last string.");
        else
            Check(
                _parts.Keywords[0].StringOffset == next, "STR-2", "Keywords",
                At(Kind.Keywords, 0, KeywordSize, Keyword.StringOffset), "The first keyword is elsewhere.");
        for (int k = 0; k < _keywordCount; k++)
            CheckText(_parts.Keywords[k].StringOffset, KeywordText(k));

        void CheckText(long offset, byte[] text) =>
            Check(
                OracleBytes.InvalidUtf8(text) < 0, "STR-1", "Strings", strings + offset + OracleBytes.InvalidUtf8(text),
                "Not UTF-8.");
    }

    private byte[] NameOf(OracleDescription layer) => _parts.Strings.AsSpan((int)layer.NameOffset, layer.NameLength).ToArray();

    private List<uint> KeywordsOf(OracleDescription layer) =>
        _parts.LayerKeywords.GetRange((int)layer.KeywordStart, layer.KeywordCount);

    private long StringEnd(int keyword) =>
        keyword + 1 < _keywordCount ? _parts.Keywords[keyword + 1].StringOffset : _parts.Strings.Length;

    private byte[] KeywordText(int keyword) =>
        _parts.Strings.AsSpan((int)_parts.Keywords[keyword].StringOffset,
            (int)(StringEnd(keyword) - _parts.Keywords[keyword].StringOffset)).ToArray();

    private List<uint> PostingsOf(int keyword)
    {
        int start = (int)_parts.Keywords[keyword].PostingStart;
        int end = keyword + 1 < _keywordCount ? (int)_parts.Keywords[keyword + 1].PostingStart : _parts.Postings.Count;
        return _parts.Postings.GetRange(start, end - start);
    }
}
