using Lamina.Format.Tests.Oracle;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>A region file taken apart into sections, so that one of them can change its length, and put together again with
/// every place and count that follows from it.</summary>
internal sealed class RegionLayout
{
    private readonly byte[] _header;
    private readonly List<byte[]> _entries = [];
    private readonly List<byte[]> _sections = [];

    private RegionLayout(byte[] file)
    {
        RegionRepair places = new(file);
        _header = file[..HeaderSize];
        for (uint kind = 1; kind <= Kind.Strings; kind++)
        {
            (int offset, int length) = places.Find(kind);
            _entries.Add(file[(HeaderSize + (((int)kind - 1) * SectionSize))..(HeaderSize + ((int)kind * SectionSize))]);
            _sections.Add(file[offset..(offset + length)]);
        }
    }

    /// <summary>Takes a file apart that has the sections of version 1.0 and no others; null if it has not.</summary>
    public static RegionLayout? TryOpen(byte[] file) =>
        file.Length >= HeaderSize + (11 * SectionSize)
        && OracleBytes.Get(file, Header.HeaderLength, 4) == HeaderSize
        && OracleBytes.Get(file, Header.SectionCount, 4) == 11
            ? new RegionLayout(file)
            : null;

    public byte[] this[uint kind]
    {
        get => _sections[(int)kind - 1];
        set => _sections[(int)kind - 1] = value;
    }

    /// <summary>The bytes of one entry of a section; 1 if it has none.</summary>
    public static int EntrySize(uint kind) => kind switch
    {
        Kind.Blocks => BlockSize,
        Kind.Locations => LocationSize,
        Kind.Layers => LayerSize,
        Kind.Keywords => KeywordSize,
        Kind.Numbers or Kind.LayerKeywords or Kind.Postings or Kind.Names => NumberSize,
        _ => 1,
    };

    /// <summary>Puts the file together. Nothing is sealed.</summary>
    public byte[] ToFile()
    {
        Set(_header, Header.LayerCount, 4, this[Kind.Layers].Length / LayerSize);
        Set(_header, Header.BlockCount, 4, this[Kind.Blocks].Length / BlockSize);
        Set(_header, Header.KeywordCount, 4, this[Kind.Keywords].Length / KeywordSize);
        ulong contentAlignment = 1UL << Math.Min((int)_header[Header.AlignmentLog2], 12);
        ulong end = (ulong)(HeaderSize + (_sections.Count * SectionSize));
        for (uint kind = 1; kind <= Kind.Strings; kind++)
        {
            byte[] entry = _entries[(int)kind - 1];
            ulong offset = OracleBytes.Align(end, kind == Kind.Content ? Math.Max(64, contentAlignment) : 64);
            if (kind == Kind.Content)
                MoveBlocks(offset - OracleBytes.Get(entry, Section.Offset, 8));
            OracleBytes.Set(entry, Section.Offset, 8, offset);
            Set(entry, Section.Length, 8, this[kind].Length);
            end = offset + (ulong)this[kind].Length;
        }

        byte[] file = new byte[end];
        Set(_header, Header.FileLength, 8, file.Length);
        _header.CopyTo(file, 0);
        for (int i = 0; i < _sections.Count; i++)
        {
            _entries[i].CopyTo(file, HeaderSize + (i * SectionSize));
            _sections[i].CopyTo(file, (int)OracleBytes.Get(_entries[i], Section.Offset, 8));
        }

        return file;
    }

    private static void Set(byte[] bytes, int field, int size, long value) => OracleBytes.Set(bytes, field, size, (ulong)value);

    /// <summary>BLK-1 counts from the start of the file.</summary>
    private void MoveBlocks(ulong by)
    {
        byte[] blocks = this[Kind.Blocks];
        for (int at = 0; at + BlockSize <= blocks.Length; at += BlockSize)
            OracleBytes.Set(blocks, at + Block.Offset, 8, OracleBytes.Get(blocks, at + Block.Offset, 8) + by);
    }
}
