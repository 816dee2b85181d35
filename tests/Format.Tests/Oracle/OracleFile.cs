using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Oracle;

/// <summary>The bytes of a region file, to be patched anywhere and sealed again: each kind of checksum on its own, or all.</summary>
internal sealed class OracleFile(byte[] bytes)
{
    public byte[] Bytes { get; private set; } = bytes;

    public int HeaderLength => (int)Get(Header.HeaderLength, 4);

    public int SectionCount => (int)Get(Header.SectionCount, 4);

    public ulong Get(int offset, int size) => OracleBytes.Get(Bytes, offset, size);

    public OracleFile Set(int offset, int size, ulong value)
    {
        OracleBytes.Set(Bytes, offset, size, value);
        return this;
    }

    public OracleFile Flip(int offset, int bit = 0) => Set(offset, 1, Get(offset, 1) ^ (1UL << bit));

    public OracleFile Resize(int length)
    {
        byte[] bytes = Bytes;
        Array.Resize(ref bytes, length);
        Bytes = bytes;
        return this;
    }

    /// <summary>The offset of the section table's entry for <paramref name="kind"/>.</summary>
    public int Entry(uint kind)
    {
        for (int i = 0; i < SectionCount; i++)
        {
            int entry = HeaderLength + (i * SectionSize);
            if (Get(entry, 4) == kind)
                return entry;
        }

        return -1;
    }

    public int Offset(uint kind) => (int)Get(Entry(kind) + Section.Offset, 8);

    public int Length(uint kind) => (int)Get(Entry(kind) + Section.Length, 8);

    /// <summary>The offset of a table entry's field.</summary>
    public int Field(uint kind, int index, int field) => Offset(kind) + (index * EntrySize(kind)) + field;

    /// <summary>Computes all checksums, from the leaves to the root.</summary>
    public OracleFile Seal() => SealBlocks().SealSections().SealTable().SealHeader();

    /// <summary>CHK-4, where the entry's stored bytes are in the file.</summary>
    public OracleFile SealBlocks()
    {
        int table = Entry(Kind.Blocks);
        if (table < 0 || Get(table + Section.Offset, 8) > (ulong)Bytes.Length
            || Get(table + Section.Length, 8) > (ulong)Bytes.Length - Get(table + Section.Offset, 8))
            return this;
        for (int i = 0; i < Length(Kind.Blocks) / BlockSize; i++)
        {
            ulong offset = Get(Field(Kind.Blocks, i, Block.Offset), 8);
            ulong length = Get(Field(Kind.Blocks, i, Block.StoredLength), 4);
            if (offset <= (ulong)Bytes.Length && length <= (ulong)Bytes.Length - offset)
                Set(Field(Kind.Blocks, i, Block.Checksum), 8, OracleHash.Part(Bytes, (long)offset, (long)length));
        }

        return this;
    }

    /// <summary>CHK-3, where the section is in the file.</summary>
    public OracleFile SealSections()
    {
        for (int i = 0; i < SectionCount; i++)
        {
            int entry = HeaderLength + (i * SectionSize);
            ulong offset = Get(entry + Section.Offset, 8);
            ulong length = Get(entry + Section.Length, 8);
            if (Get(entry, 4) != Kind.Content && offset <= (ulong)Bytes.Length && length <= (ulong)Bytes.Length - offset)
                Set(entry + Section.Checksum, 8, OracleHash.Part(Bytes, (long)offset, (long)length));
        }

        return this;
    }

    /// <summary>CHK-2.</summary>
    public OracleFile SealTable() =>
        Set(Header.SectionTableChecksum, 8, OracleHash.Part(Bytes, HeaderLength, SectionSize * SectionCount));

    /// <summary>CHK-1.</summary>
    public OracleFile SealHeader() => Set(Header.HeaderChecksum, 8, OracleHash.Header(Bytes, HeaderLength));

    /// <summary>The root of the tree alone, over a section table and a header that are as they are.</summary>
    public OracleFile SealRoots() => SealTable().SealHeader();

    public OracleFile Copy() => new((byte[])Bytes.Clone());

    private static int EntrySize(uint kind) => kind switch
    {
        Kind.Blocks => BlockSize,
        Kind.Locations => LocationSize,
        Kind.Layers => LayerSize,
        Kind.Keywords => KeywordSize,
        Kind.Numbers or Kind.LayerKeywords or Kind.Postings or Kind.Names => NumberSize,
        _ => 1,
    };
}
