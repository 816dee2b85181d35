using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using K4os.Compression.LZ4;
using Lamina.Format.Publishing;

namespace Lamina.Runtime.Tests.Data;

/// <summary>Writes region files from the specification, without the library's writer.</summary>
internal sealed class TestRegion(ushort dimension, params TestLayer[] layers)
{
    private const int Alignment = 64;

    public string? Name { get; init; }

    public bool Compress { get; init; } = true;

    public int BlockSizeLog2 { get; init; } = 16;

    public int ContentAlignment { get; init; } = 8;

    public long? SizeBytes { get; init; }

    public double? FrequencyMin { get; init; }

    /// <summary>The dictionary section; compressed blocks have the codec that may refer to it, if it is not empty, and do not.</summary>
    public byte[] Dictionary { get; init; } = [];

    /// <summary>Called with the file before its digest is computed and it is written.</summary>
    public Action<byte[]>? Damage { get; init; }

    /// <summary>Where the blocks' stored bytes are: offset and length. Set by <see cref="Write"/>.</summary>
    public List<(int Offset, int Length)> StoredBlocks { get; } = [];

    /// <summary>Writes the region file into <paramref name="folder"/> and says what a manifest would say of it.</summary>
    public ManifestEntry Write(string folder)
    {
        byte[] file = Encode(out int tableEnd);
        UInt128 digest = XxHash128.HashToUInt128(file.AsSpan(0, tableEnd));
        Damage?.Invoke(file);
        string name = $"{new DimensionId(dimension)}-{digest:x32}.lamina";
        File.WriteAllBytes(Path.Combine(folder, name), file);
        return new ManifestEntry(new DimensionId(dimension), Name, name, file.Length, digest, layers.Length, false);
    }

    private byte[] Encode(out int tableEnd)
    {
        StoredBlocks.Clear();
        List<(byte[] Decoded, int FirstLayer)> blocks = [];
        MemoryStream locations = new();
        long imageOffset = PackBlocks(blocks, locations);

        string[] keywords = [.. layers.SelectMany(static layer => layer.Keywords).Distinct()
            .OrderBy(static word => word, Comparer<string>.Create(static (a, b) => Utf8(a).AsSpan().SequenceCompareTo(Utf8(b))))];
        MemoryStream strings = new();
        strings.Write(Utf8(Name ?? ""));
        MemoryStream entries = new();
        MemoryStream uses = new();
        int useCount = 0;
        foreach (TestLayer layer in layers)
        {
            byte[] name = Utf8(layer.Name ?? "");
            Put(entries, layer.Frequency ?? 0);
            Put(entries, layer.Parent < 0 ? uint.MaxValue : (uint)layer.Parent);
            Put(entries, name.Length > 0 ? (uint)strings.Length : 0);
            Put(entries, (ushort)name.Length);
            Put(entries, (ushort)layer.Depth);
            Put(entries, (ushort)((name.Length > 0 ? 1 : 0) | (layer.Frequency is null ? 0 : 2)));
            Put(entries, (ushort)layer.Keywords.Length);
            Put(entries, (uint)useCount);
            Put(entries, 0u);
            strings.Write(name);
            useCount += layer.Keywords.Length;
            foreach (string word in layer.Keywords)
                Put(uses, (uint)Array.IndexOf(keywords, word));
        }

        MemoryStream keywordTable = new();
        MemoryStream postings = new();
        foreach (string word in keywords)
        {
            Put(keywordTable, (uint)strings.Length);
            Put(keywordTable, (uint)(postings.Length / 4));
            strings.Write(Utf8(word));
            for (int i = 0; i < layers.Length; i++)
            {
                if (layers[i].Keywords.Contains(word))
                    Put(postings, (uint)i);
            }
        }

        MemoryStream names = new();
        foreach (int index in Enumerable.Range(0, layers.Length).Where(i => layers[i].Name is not null)
            .OrderBy(i => layers[i].Name, StringComparer.Ordinal).ThenBy(static i => i))
        {
            Put(names, (uint)index);
        }

        MemoryStream numbers = new();
        bool dense = layers.Length == 0 || layers[^1].Number - layers[0].Number == layers.Length - 1;
        if (!dense)
        {
            foreach (TestLayer layer in layers)
                Put(numbers, layer.Number);
        }

        // Content and block table need offsets in the file.
        int end = 192 + (11 * 32);
        tableEnd = end;
        int contentStart = AlignUp(AlignUp(end, Alignment) + Dictionary.Length, Math.Max(Alignment, ContentAlignment));
        MemoryStream content = new();
        MemoryStream blockTable = new();
        long image = 0;
        foreach ((byte[] decoded, int firstLayer) in blocks)
        {
            byte[] stored = Store(decoded, out uint codec);
            if (codec == 0)
                content.Write(new byte[AlignUp((int)content.Length, ContentAlignment) - (int)content.Length]);
            image = AlignUp((int)image, ContentAlignment);
            StoredBlocks.Add((contentStart + (int)content.Length, stored.Length));
            Put(blockTable, contentStart + content.Length);
            Put(blockTable, image);
            Put(blockTable, (uint)stored.Length);
            Put(blockTable, (uint)decoded.Length);
            Put(blockTable, XxHash3.HashToUInt64(stored));
            Put(blockTable, codec);
            Put(blockTable, (uint)firstLayer);
            content.Write(stored);
            image += decoded.Length;
        }

        MemoryStream[] sections =
            [new(Dictionary), content, blockTable, numbers, locations, entries, uses, keywordTable, postings, names, strings];
        int[] offsets = new int[sections.Length];
        for (int i = 0; i < sections.Length; i++)
        {
            offsets[i] = AlignUp(end, i == 1 ? Math.Max(Alignment, ContentAlignment) : Alignment);
            end = offsets[i] + (int)sections[i].Length;
        }

        byte[] file = new byte[end];
        for (int i = 0; i < sections.Length; i++)
        {
            byte[] bytes = sections[i].ToArray();
            bytes.CopyTo(file, offsets[i]);
            Span<byte> entry = file.AsSpan(192 + (i * 32), 32);
            BinaryPrimitives.WriteInt32LittleEndian(entry, i + 1);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], offsets[i]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], bytes.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[24..], i == 1 ? 0 : XxHash3.HashToUInt64(bytes));
        }

        WriteHeader(file, blocks.Count, keywords.Length, imageOffset);
        return file;
    }

    private long PackBlocks(List<(byte[] Decoded, int FirstLayer)> blocks, MemoryStream locations)
    {
        int blockSize = 1 << BlockSizeLog2;
        long start = 0;
        MemoryStream current = new();
        int first = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            byte[] content = layers[i].Content;
            if (content.Length == 0)
            {
                Put(locations, 0L);
                Put(locations, 0u);
                Put(locations, uint.MaxValue);
                continue;
            }

            int at = AlignUp((int)current.Length, ContentAlignment);
            if (current.Length > 0 && at + content.Length > blockSize)
            {
                EndBlock();
                at = 0;
            }

            if (current.Length == 0)
                first = i;
            current.Write(new byte[at - (int)current.Length]);
            Put(locations, start + at);
            Put(locations, (uint)content.Length);
            Put(locations, (uint)blocks.Count);
            current.Write(content);
        }

        long end = start + current.Length;
        if (current.Length > 0)
            blocks.Add((current.ToArray(), first));
        return end;

        void EndBlock()
        {
            blocks.Add((current.ToArray(), first));
            start = AlignUp((int)(start + current.Length), ContentAlignment);
            current.SetLength(0);
        }
    }

    private byte[] Store(byte[] decoded, out uint codec)
    {
        codec = 0;
        if (!Compress)
            return decoded;
        byte[] target = new byte[LZ4Codec.MaximumOutputSize(decoded.Length)];
        int length = LZ4Codec.Encode(decoded, target);
        if (16L * (decoded.Length - length) < decoded.Length)
            return decoded;
        codec = Dictionary.Length > 0 ? 2u : 1u;
        return target[..length];
    }

    private void WriteHeader(byte[] file, int blockCount, int keywordCount, long imageLength)
    {
        Span<byte> header = file;
        ((ReadOnlySpan<byte>)[0x89, 0x4C, 0x4D, 0x4E, 0x0D, 0x0A, 0x1A, 0x0A]).CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], 192);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], file.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header[40..], dimension);
        header[42] = (byte)BlockSizeLog2;
        header[43] = (byte)int.Log2(ContentAlignment);
        int flags = (Name is null ? 0 : 1) | (SizeBytes is null ? 0 : 2) | (FrequencyMin is null ? 0 : 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[44..], flags);
        BinaryPrimitives.WriteInt32LittleEndian(header[48..], 11);
        BinaryPrimitives.WriteInt32LittleEndian(header[52..], layers.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[56..], blockCount);
        BinaryPrimitives.WriteInt32LittleEndian(header[60..], keywordCount);
        BinaryPrimitives.WriteUInt32LittleEndian(header[64..], layers.Length == 0 ? 0 : layers[0].Number);
        BinaryPrimitives.WriteInt32LittleEndian(header[68..], Utf8(Name ?? "").Length);
        BinaryPrimitives.WriteInt64LittleEndian(header[72..], imageLength);
        BinaryPrimitives.WriteInt64LittleEndian(header[80..], layers.Sum(static layer => (long)layer.Content.Length));
        BinaryPrimitives.WriteInt64LittleEndian(header[88..], SizeBytes ?? 0);
        BinaryPrimitives.WriteDoubleLittleEndian(header[96..], FrequencyMin ?? 0);
        Fingerprint().CopyTo(header[112..]);
        BinaryPrimitives.WriteUInt64LittleEndian(header[176..], XxHash3.HashToUInt64(file.AsSpan(192, 11 * 32)));
        BinaryPrimitives.WriteUInt64LittleEndian(header[184..], XxHash3.HashToUInt64(file.AsSpan(0, 184)));
    }

    private Span<byte> Fingerprint()
    {
        MemoryStream schema = new();
        Put(schema, dimension);
        PutString(Name);
        Put(schema, (uint)layers.Length);
        foreach (TestLayer layer in layers)
        {
            Put(schema, layer.Number);
            PutString(layer.Name);
        }

        return SHA256.HashData(schema.ToArray()).AsSpan(0, 16);

        void PutString(string? text)
        {
            Put(schema, (ushort)Utf8(text ?? "").Length);
            schema.Write(Utf8(text ?? ""));
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static int AlignUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private static void Put(MemoryStream stream, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void Put(MemoryStream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void Put(MemoryStream stream, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void Put(MemoryStream stream, ulong value) => Put(stream, unchecked((long)value));

    private static void Put(MemoryStream stream, double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
