using System.Buffers.Binary;
using K4os.Compression.LZ4;
using Lamina.Bench.Peers;

namespace Lamina.Bench.Measuring;

/// <summary>The blocks of a region file, read by the specification (HDR-11, SEC-2, DIC-2 to DIC-4, BLK-1 to BLK-7) and not by the library.</summary>
internal sealed class RegionBlocks : IDisposable
{
    private const int SectionCountAt = 48;
    private const int HeaderLengthAt = 12;
    private const int SectionEntrySize = 32;
    private const int BlockEntrySize = 40;
    private const uint DictionaryKind = 1;
    private const uint BlocksKind = 3;

    private readonly MappedBytes _file;
    private readonly long _dictionary;
    private readonly int _dictionaryLength;

    public RegionBlocks(string path)
    {
        _file = new MappedBytes(path);
        int sections = (int)UInt32(SectionCountAt);
        int table = (int)UInt32(HeaderLengthAt);
        for (int i = 0; i < sections; i++)
        {
            int entry = table + (i * SectionEntrySize);
            long offset = Int64(entry + 8);
            long length = Int64(entry + 16);
            if (UInt32(entry) == DictionaryKind)
                (_dictionary, _dictionaryLength) = (offset, (int)length);
            if (UInt32(entry) == BlocksKind)
                Blocks = [.. Enumerable.Range(0, (int)(length / BlockEntrySize)).Select(block => Read(offset + (block * BlockEntrySize)))];
        }
    }

    public IReadOnlyList<Block> Blocks { get; } = [];

    /// <summary>Bytes that the dictionary takes in the file.</summary>
    public int StoredDictionaryLength => _dictionaryLength;

    /// <summary>The dictionary, decoded (DIC-2 to DIC-4).</summary>
    public byte[] DecodeDictionary()
    {
        if (_dictionaryLength == 0)
            return [];
        byte[] dictionary = new byte[UInt32(_dictionary)];
        ReadOnlySpan<byte> stored = Bytes(_dictionary + sizeof(uint), _dictionaryLength - sizeof(uint));
        if (stored.Length == dictionary.Length)
            stored.CopyTo(dictionary);
        else if (LZ4Codec.Decode(stored, dictionary) != dictionary.Length)
            throw new InvalidDataException("The dictionary does not decode.");
        return dictionary;
    }

    /// <summary>A block's stored bytes, valid until this is disposed.</summary>
    public ReadOnlySpan<byte> Stored(Block block) => Bytes(block.Offset, block.StoredLength);

    public void Dispose() => _file.Dispose();

    // SAFETY: only files that the library has just written and verified are read here.
    private unsafe ReadOnlySpan<byte> Bytes(long offset, int length) => new(_file.Pointer + offset, length);

    private Block Read(long entry) => new(
        Int64(entry), (int)UInt32(entry + 16), (int)UInt32(entry + 20), UInt32(entry + 32), (int)UInt32(entry + 36));

    private uint UInt32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(offset, sizeof(uint)));

    private long Int64(long offset) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(offset, sizeof(long)));

    /// <param name="Offset">Of the stored bytes in the file.</param>
    /// <param name="StoredLength">Bytes in the file.</param>
    /// <param name="DecodedLength">Bytes that they decode to.</param>
    /// <param name="Codec">0 stored, 1 LZ4, 2 LZ4 with the dictionary.</param>
    /// <param name="FirstLayer">The index of the first layer in it.</param>
    internal readonly record struct Block(long Offset, int StoredLength, int DecodedLength, uint Codec, int FirstLayer);
}
