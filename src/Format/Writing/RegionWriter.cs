using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Lamina.Format.Input;
using Lamina.Format.Layout;
using Lamina.Format.Publishing;
using Lamina.Format.Schema;

namespace Lamina.Format.Writing;

/// <summary>Completes a region file whose blocks are written: the tables behind them, then header and section table.</summary>
internal sealed class RegionWriter : IDisposable
{
    /// <summary>The sections of version 1. Spec: SEC-1, CAN-4.</summary>
    public const int SectionCount = 11;

    private const ushort Major = 1;
    private const ushort Minor = 0;

    private readonly DimensionBuilder _dimension;
    private readonly LayerTable _layers;
    private readonly RegionContent _content;
    private readonly SectionWriter _sections;
    private readonly byte[] _start = new byte[RegionContent.SectionTableEnd];

    private RegionWriter(DimensionBuilder dimension)
    {
        _dimension = dimension;
        _layers = dimension.Layers;
        _content = dimension.Content.Region;
        _sections = new SectionWriter(_content.File, _start.AsMemory(RegionHeaderLayout.Length));
    }

    /// <summary>Completes the region of <paramref name="dimension"/>, whose blocks are written.</summary>
    /// <param name="dimension">A dimension without errors.</param>
    public static FinishedRegion Finish(DimensionBuilder dimension)
    {
        using RegionWriter writer = new(dimension);
        writer.WriteSections();
        writer.WriteHeader(dimension.Content.BlockSize);
        writer._content.File.WriteStart(writer._start);
        writer._content.File.Finish();

        Digest128 digest = Checksums.Digest(writer._start);
        ManifestEntry entry = new(
            dimension.Id,
            dimension.Name.Length == 0 ? null : dimension.Declaration!.Name,
            ManifestEntry.FileNameOf(dimension.Id, digest),
            writer._content.File.Length,
            digest,
            dimension.Layers.Count,
            dimension.IsSimulated);
        return new FinishedRegion(
            writer._content.File, entry, writer._start, writer._content.StoredLength, dimension.ContentLength);
    }

    public void Dispose() => _sections.Dispose();

    private void WriteSections()
    {
        ReadOnlySpan<byte> dictionary = _content.StoredDictionary;
        _sections.Note(SectionKind.Dictionary, RegionContent.DictionaryStart, dictionary.Length, Checksums.Part(dictionary));
        if (_content.Blocks.IsEmpty)
            _content.Begin();
        _sections.Note(SectionKind.Content, _content.Start, _content.File.Length - _content.Start, checksum: 0);

        _sections.Begin(SectionKind.Blocks);
        _sections.AddRange(_content.Blocks);
        _sections.End();

        WriteNumbers();
        WriteLocations();
        WriteLayers();

        int keywords = _layers.Keywords.Count;
        int[] order = ArrayPool<int>.Shared.Rent(keywords);
        int[] ranks = ArrayPool<int>.Shared.Rent(keywords);
        for (int i = 0; i < keywords; i++)
            order[i] = i;
        TextOrder.Sort(order, keywords, _layers.Keywords.SpanItems, _layers.Keywords.Text);
        for (int i = 0; i < keywords; i++)
            ranks[order[i]] = i;
        _layers.RankUses(ranks);
        ArrayPool<int>.Shared.Return(ranks);

        WriteLayerKeywords();
        WriteKeywordsAndPostings(order.AsSpan(0, keywords));
        WriteNames();
        WriteStrings(order.AsSpan(0, keywords));
        ArrayPool<int>.Shared.Return(order);
    }

    private void WriteNumbers()
    {
        _sections.Begin(SectionKind.Numbers);
        SegmentedList<LayerLink> links = _layers.Links;
        if (links.Count > 0 && links[^1].Number - links[0].Number != links.Count - 1)    // NUM-1
        {
            for (int written = 0; written < links.Count;)
            {
                ReadOnlySpan<LayerLink> some = links.From(written);
                Span<uint> numbers = _sections.Add<uint>(some.Length);
                for (int i = 0; i < numbers.Length; i++)
                    numbers[i] = some[i].Number;
                written += numbers.Length;
            }
        }

        _sections.End();
    }

    private void WriteLocations()
    {
        _sections.Begin(SectionKind.Locations);
        for (int written = 0; written < _layers.Count;)
        {
            ReadOnlySpan<LayerRecord> records = _layers.Records.From(written);
            Span<LayerLocation> locations = _sections.Add<LayerLocation>(records.Length);
            for (int i = 0; i < locations.Length; i++)
                locations[i] = records[i].Location;
            written += locations.Length;
        }

        _sections.End();
    }

    private void WriteLayers()
    {
        _sections.Begin(SectionKind.Layers);
        uint nameOffset = (uint)_dimension.Name.Length;
        uint keywordStart = 0;
        for (int written = 0; written < _layers.Count;)
        {
            ReadOnlySpan<LayerRecord> records = _layers.Records.From(written);
            Span<LayerEntry> entries = _sections.Add<LayerEntry>(records.Length);
            ReadOnlySpan<int> parents = _layers.Parents.Slice(written, entries.Length);
            ReadOnlySpan<int> depths = _layers.Depths.Slice(written, entries.Length);
            for (int i = 0; i < entries.Length; i++)
            {
                ref readonly LayerRecord record = ref records[i];
                entries[i] = new LayerEntry
                {
                    Frequency = record.Frequency,
                    Parent = parents[i] < 0 ? LayerEntry.NoParent : (uint)parents[i],
                    NameOffset = record.NameLength == 0 ? 0 : nameOffset,
                    NameLength = record.NameLength,
                    Depth = (ushort)depths[i],
                    Flags = (ushort)record.Flags,
                    KeywordCount = record.KeywordCount,
                    KeywordStart = keywordStart,
                };
                nameOffset += record.NameLength;
                keywordStart += record.KeywordCount;
            }

            written += entries.Length;
        }

        _sections.End();
    }

    private void WriteLayerKeywords()
    {
        _sections.Begin(SectionKind.LayerKeywords);
        if (_layers.IsAscending)
        {
            _sections.AddRange(_layers.Uses);
        }
        else
        {
            foreach (ref readonly LayerRecord record in _layers.Records)
                _sections.AddRange(_layers.UsesOf(record));
        }

        _sections.End();
    }

    private void WriteKeywordsAndPostings(ReadOnlySpan<int> order)
    {
        // Counting sort: how often each keyword is used says where its postings start.
        int[] rented = ArrayPool<int>.Shared.Rent(order.Length + 1);
        Span<int> next = rented.AsSpan(0, order.Length + 1);
        next.Clear();
        foreach (int keyword in _layers.Uses)
            next[keyword + 1]++;
        for (int i = 1; i < next.Length; i++)
            next[i] += next[i - 1];

        _sections.Begin(SectionKind.Keywords);
        uint stringOffset = (uint)(_dimension.Name.Length + _layers.NamesLength);
        ReadOnlySpan<TextSpan> texts = _layers.Keywords.Spans;
        for (int written = 0; written < order.Length;)
        {
            Span<KeywordEntry> entries = _sections.Add<KeywordEntry>(order.Length - written);
            for (int i = 0; i < entries.Length; i++)
            {
                entries[i] = new KeywordEntry { StringOffset = stringOffset, PostingStart = (uint)next[written + i] };
                stringOffset += (uint)texts[order[written + i]].Length;
            }

            written += entries.Length;
        }

        _sections.End();

        int uses = _layers.Uses.Length;
        int[] postings = ArrayPool<int>.Shared.Rent(uses);
        int layer = 0;
        foreach (ref readonly LayerRecord record in _layers.Records)
        {
            foreach (int keyword in _layers.UsesOf(record))
                postings[next[keyword]++] = layer;
            layer++;
        }

        _sections.Begin(SectionKind.Postings);
        _sections.AddRange<int>(postings.AsSpan(0, uses));
        _sections.End();
        ArrayPool<int>.Shared.Return(rented);
        ArrayPool<int>.Shared.Return(postings);
    }

    private void WriteNames()
    {
        int[] named = ArrayPool<int>.Shared.Rent(_layers.Count);
        TextSpan[] names = TablePool<TextSpan>.Rent(_layers.Count);
        int layer = 0;
        int count = 0;
        foreach (ref readonly LayerRecord record in _layers.Records)
        {
            names[layer] = new TextSpan(record.NameOffset, record.NameLength);
            if (record.NameLength > 0)
                named[count++] = layer;
            layer++;
        }

        TextOrder.Sort(named, count, names, _layers.Names);
        _sections.Begin(SectionKind.Names);
        _sections.AddRange<int>(named.AsSpan(0, count));
        _sections.End();
        ArrayPool<int>.Shared.Return(named);
        TablePool<TextSpan>.Return(names);
    }

    private void WriteStrings(ReadOnlySpan<int> order)
    {
        _sections.Begin(SectionKind.Strings);
        _sections.AddRange<byte>(_dimension.Name);
        if (_layers.IsAscending)
        {
            _sections.AddRange<byte>(_layers.Names.AsSpan(0, _layers.NamesLength));
        }
        else
        {
            foreach (ref readonly LayerRecord record in _layers.Records)
                _sections.AddRange(_layers.Name(record));
        }

        ReadOnlySpan<byte> text = _layers.Keywords.Text;
        ReadOnlySpan<TextSpan> texts = _layers.Keywords.Spans;
        foreach (int keyword in order)
            _sections.AddRange(text.Slice(texts[keyword].Offset, texts[keyword].Length));
        _sections.End();
    }

    private void WriteHeader(int blockSize)
    {
        Span<byte> header = _start.AsSpan(0, RegionHeaderLayout.Length);
        DimensionInput declaration = _dimension.Declaration!;
        RegionFlags flags = RegionFlags.None;
        if (_dimension.Name.Length > 0)
            flags |= RegionFlags.HasName;
        if (declaration.SizeBytes is not null)
            flags |= RegionFlags.HasSizeBytes;
        if (declaration.FrequencyMin is not null)
            flags |= RegionFlags.HasFrequencyMin;
        if (declaration.FrequencyMax is not null)
            flags |= RegionFlags.HasFrequencyMax;
        if (_dimension.IsSimulated)
            flags |= RegionFlags.Simulated;

        RegionHeaderLayout.MagicBytes.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[RegionHeaderLayout.Major..], Major);
        BinaryPrimitives.WriteUInt16LittleEndian(header[RegionHeaderLayout.Minor..], Minor);
        BinaryPrimitives.WriteInt32LittleEndian(header[RegionHeaderLayout.HeaderLength..], RegionHeaderLayout.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header[RegionHeaderLayout.FileLength..], _content.File.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[RegionHeaderLayout.Dimension..], _dimension.Id.Value);
        header[RegionHeaderLayout.BlockSizeLog2] = (byte)BitOperations.Log2((uint)blockSize);
        header[RegionHeaderLayout.ContentAlignmentLog2] = (byte)BitOperations.Log2((uint)_content.Alignment);
        BinaryPrimitives.WriteUInt32LittleEndian(header[RegionHeaderLayout.Flags..], (uint)flags);
        BinaryPrimitives.WriteInt32LittleEndian(header[RegionHeaderLayout.SectionCount..], SectionCount);
        BinaryPrimitives.WriteInt32LittleEndian(header[RegionHeaderLayout.LayerCount..], _layers.Count);
        BinaryPrimitives.WriteInt32LittleEndian(header[RegionHeaderLayout.BlockCount..], _content.Blocks.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[RegionHeaderLayout.KeywordCount..], _layers.Keywords.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(
            header[RegionHeaderLayout.FirstNumber..], _layers.Count > 0 ? _layers.Links[0].Number : 0);
        BinaryPrimitives.WriteInt32LittleEndian(header[RegionHeaderLayout.NameLength..], _dimension.Name.Length);
        BinaryPrimitives.WriteInt64LittleEndian(header[RegionHeaderLayout.ImageLength..], _dimension.Content.ImageLength);
        BinaryPrimitives.WriteInt64LittleEndian(header[RegionHeaderLayout.ContentLength..], _dimension.ContentLength);
        BinaryPrimitives.WriteInt64LittleEndian(header[RegionHeaderLayout.SizeBytes..], declaration.SizeBytes ?? 0);
        WriteFrequency(header[RegionHeaderLayout.FrequencyMin..], declaration.FrequencyMin);
        WriteFrequency(header[RegionHeaderLayout.FrequencyMax..], declaration.FrequencyMax);
        Fingerprint().CopyTo(header[RegionHeaderLayout.Fingerprint..]);
        BinaryPrimitives.WriteUInt64LittleEndian(
            header[RegionHeaderLayout.SectionTableChecksum..], Checksums.Part(_start.AsSpan(RegionHeaderLayout.Length)));
        BinaryPrimitives.WriteUInt64LittleEndian(
            header[RegionHeaderLayout.HeaderChecksum..], Checksums.Part(header[..RegionHeaderLayout.HeaderChecksum]));
    }

    private byte[] Fingerprint()
    {
        using SchemaFingerprint fingerprint = new(_dimension.Id.Value, _dimension.Name, (uint)_layers.Count);
        for (int layer = 0; layer < _layers.Count; layer++)
            fingerprint.Append(_layers.Links[layer].Number, _layers.Name(_layers.Records[layer]));
        return fingerprint.Finish();
    }

    private static void WriteFrequency(Span<byte> target, double? frequency)
    {
        if (frequency is double hertz)
            BinaryPrimitives.WriteDoubleLittleEndian(target, hertz == 0 ? 0 : hertz);    // CAN-5: minus zero as zero
    }
}
