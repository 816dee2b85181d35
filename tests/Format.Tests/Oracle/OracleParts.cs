using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Oracle;

/// <summary>What stands in a region file, part by part, before it has places and checksums. Whatever is put here is laid out
/// by the rules of chapters 2 and 3, however wrong it is.</summary>
internal sealed class OracleParts
{
    public ushort Major { get; set; } = 1;

    public ushort Minor { get; set; }

    public uint HeaderLength { get; set; } = HeaderSize;

    public ulong RequiredFeatures { get; set; }

    public ulong OptionalFeatures { get; set; }

    public ushort Dimension { get; set; }

    public byte BlockSizeLog2 { get; set; }

    public byte AlignmentLog2 { get; set; }

    public uint Flags { get; set; }

    public uint FirstNumber { get; set; }

    public uint NameLength { get; set; }

    public ulong ImageLength { get; set; }

    public ulong ContentLength { get; set; }

    public ulong SizeBytes { get; set; }

    public double FrequencyMin { get; set; }

    public double FrequencyMax { get; set; }

    public byte[] Fingerprint { get; set; } = new byte[16];

    /// <summary>DIC-1: as blocks refer to it.</summary>
    public byte[] Dictionary { get; set; } = [];

    /// <summary>The dictionary section, if it is to be another than <see cref="Dictionary"/> makes.</summary>
    public byte[]? DictionarySection { get; set; }

    public List<OracleBlock> Blocks { get; set; } = [];

    public List<uint> Numbers { get; set; } = [];

    public List<OracleLocation> Locations { get; set; } = [];

    public List<OracleDescription> Layers { get; set; } = [];

    public List<uint> LayerKeywords { get; set; } = [];

    public List<OracleKeyword> Keywords { get; set; } = [];

    public List<uint> Postings { get; set; } = [];

    public List<uint> Names { get; set; } = [];

    public byte[] Strings { get; set; } = [];

    /// <summary>Sections above kind 11, which a version 1.0 writer does not write and a reader may meet.</summary>
    public List<OracleSection> Extra { get; } = [];

    /// <summary>Lays the parts out and computes all checksums.</summary>
    /// <param name="change">Changes the sections before they get their places.</param>
    public OracleFile ToFile(Action<List<OracleSection>>? change = null)
    {
        List<OracleSection> sections =
        [
            new() { Kind = Kind.Dictionary, Bytes = DictionarySection ?? Pack(Dictionary) },
            new() { Kind = Kind.Content },
            new() { Kind = Kind.Blocks, Bytes = new byte[Blocks.Count * BlockSize] },
            new() { Kind = Kind.Numbers, Bytes = Table(Numbers, static (bytes, number) => OracleBytes.Add(bytes, 4, number)) },
            new() { Kind = Kind.Locations, Bytes = Table(Locations, static (bytes, location) => location.AddTo(bytes)) },
            new() { Kind = Kind.Layers, Bytes = Table(Layers, static (bytes, layer) => layer.AddTo(bytes)) },
            new() { Kind = Kind.LayerKeywords, Bytes = Table(
                LayerKeywords, static (bytes, keyword) => OracleBytes.Add(bytes, 4, keyword)) },
            new() { Kind = Kind.Keywords, Bytes = Table(Keywords, static (bytes, keyword) => keyword.AddTo(bytes)) },
            new() { Kind = Kind.Postings, Bytes = Table(Postings, static (bytes, layer) => OracleBytes.Add(bytes, 4, layer)) },
            new() { Kind = Kind.Names, Bytes = Table(Names, static (bytes, layer) => OracleBytes.Add(bytes, 4, layer)) },
            new() { Kind = Kind.Strings, Bytes = Strings },
            .. Extra,
        ];
        sections[1].Bytes = Content();
        change?.Invoke(sections);

        ulong end = HeaderLength + (ulong)(sections.Count * SectionSize);
        foreach (OracleSection section in sections)
        {
            ulong alignment = section.Kind == Kind.Content ? Math.Max(64, 1UL << AlignmentLog2) : 64;
            section.Offset = OracleBytes.Align(end, alignment) + section.Gap;
            end = section.Offset + (ulong)section.Bytes.Length;
        }

        // BLK-1 counts from the start of the file, so the block table is written once the content has its place.
        OracleSection? blocks = sections.Find(static section => section.Kind == Kind.Blocks);
        ulong content = sections.Find(static section => section.Kind == Kind.Content)?.Offset ?? 0;
        if (blocks is not null && blocks.Bytes.Length == Blocks.Count * BlockSize)
            blocks.Bytes = Table(Blocks, (bytes, block) => block.AddTo(bytes, content));

        byte[] file = new byte[end];
        WriteHeader(file, (uint)sections.Count);
        for (int i = 0; i < sections.Count; i++)
        {
            OracleSection section = sections[i];
            List<byte> entry = [];
            OracleBytes.Add(entry, 4, section.Kind);
            OracleBytes.Add(entry, 4, section.Flags);
            OracleBytes.Add(entry, 8, section.Offset);
            OracleBytes.Add(entry, 8, (ulong)section.Bytes.Length);
            OracleBytes.Add(entry, 8, 0);
            entry.CopyTo(file, (int)HeaderLength + (i * SectionSize));
            section.Bytes.CopyTo(file, (int)section.Offset);
        }

        return new OracleFile(file).Seal();
    }

    /// <summary>DIC-2 to DIC-4.</summary>
    private static byte[] Pack(byte[] dictionary)
    {
        if (dictionary.Length == 0)
            return [];
        List<byte> section = [];
        OracleBytes.Add(section, 4, (ulong)dictionary.Length);
        byte[] encoded = OracleLz4.Encode(dictionary, []);
        return [.. section, .. encoded.Length < dictionary.Length ? encoded : dictionary];
    }

    private void WriteHeader(byte[] file, uint sectionCount)
    {
        Magic.CopyTo(file, Header.Magic);
        OracleBytes.Set(file, Header.Major, 2, Major);
        OracleBytes.Set(file, Header.Minor, 2, Minor);
        OracleBytes.Set(file, Header.HeaderLength, 4, HeaderLength);
        OracleBytes.Set(file, Header.RequiredFeatures, 8, RequiredFeatures);
        OracleBytes.Set(file, Header.OptionalFeatures, 8, OptionalFeatures);
        OracleBytes.Set(file, Header.FileLength, 8, (ulong)file.Length);
        OracleBytes.Set(file, Header.Dimension, 2, Dimension);
        OracleBytes.Set(file, Header.BlockSizeLog2, 1, BlockSizeLog2);
        OracleBytes.Set(file, Header.AlignmentLog2, 1, AlignmentLog2);
        OracleBytes.Set(file, Header.Flags, 4, Flags);
        OracleBytes.Set(file, Header.SectionCount, 4, sectionCount);
        OracleBytes.Set(file, Header.LayerCount, 4, (ulong)Layers.Count);
        OracleBytes.Set(file, Header.BlockCount, 4, (ulong)Blocks.Count);
        OracleBytes.Set(file, Header.KeywordCount, 4, (ulong)Keywords.Count);
        OracleBytes.Set(file, Header.FirstNumber, 4, FirstNumber);
        OracleBytes.Set(file, Header.NameLength, 4, NameLength);
        OracleBytes.Set(file, Header.ImageLength, 8, ImageLength);
        OracleBytes.Set(file, Header.ContentLength, 8, ContentLength);
        OracleBytes.Set(file, Header.SizeBytes, 8, SizeBytes);
        OracleBytes.Set(file, Header.FrequencyMin, 8, OracleBytes.Bits(FrequencyMin));
        OracleBytes.Set(file, Header.FrequencyMax, 8, OracleBytes.Bits(FrequencyMax));
        Fingerprint.CopyTo(file, Header.Fingerprint);
    }

    /// <summary>BLK-1: the stored bytes, with padding before blocks of codec 0. Notes each block's place.</summary>
    private byte[] Content()
    {
        List<byte> content = [];
        for (int i = 0; i < Blocks.Count; i++)
        {
            if (Blocks[i].Codec == 0)
                content.AddRange(new byte[OracleBytes.Align((ulong)content.Count, 1UL << AlignmentLog2) - (ulong)content.Count]);
            Blocks[i].OffsetInContent = (ulong)content.Count;
            content.AddRange(Blocks[i].Stored);
        }

        return [.. content];
    }

    private static byte[] Table<T>(List<T> entries, Action<List<byte>, T> add)
    {
        List<byte> bytes = [];
        foreach (T entry in entries)
            add(bytes, entry);
        return [.. bytes];
    }
}
