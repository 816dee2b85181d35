using System.Security.Cryptography;
using Lamina.Format.Tests.Oracle;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Makes right again what a change made wrong, so that a reader gets past it; whatever the file says.</summary>
internal sealed class RegionRepair(byte[] file)
{
    private int HeaderLength => (int)Math.Min(Get(Header.HeaderLength, 4), (ulong)file.Length);

    private int SectionCount => (int)Math.Min(Get(Header.SectionCount, 4), (ulong)((file.Length - HeaderLength) / SectionSize));

    private bool HasHeader => file.Length >= HeaderSize && HeaderLength >= HeaderSize;

    /// <summary>HDR-6.</summary>
    public RegionRepair FileLength()
    {
        if (HasHeader)
            Set(Header.FileLength, 8, (ulong)file.Length);
        return this;
    }

    /// <summary>SEC-6: the last section ends where the file ends.</summary>
    public RegionRepair LastSection()
    {
        if (!HasHeader || SectionCount == 0)
            return this;
        int entry = HeaderLength + ((SectionCount - 1) * SectionSize);
        ulong offset = Get(entry + Section.Offset, 8);
        if (offset <= (ulong)file.Length)
            Set(entry + Section.Length, 8, (ulong)file.Length - offset);
        return this;
    }

    /// <summary>FPR-1.</summary>
    public RegionRepair Fingerprint()
    {
        if (!HasHeader)
            return this;
        (int Offset, int Length) strings = Find(Kind.Strings);
        (int Offset, int Length) layers = Find(Kind.Layers);
        (int Offset, int Length) numbers = Find(Kind.Numbers);
        int count = (int)Math.Min(Get(Header.LayerCount, 4), (ulong)(layers.Length / LayerSize));
        List<byte> schema = [];
        OracleBytes.Add(schema, 2, Get(Header.Dimension, 2));
        AddName(0, Get(Header.NameLength, 4));
        OracleBytes.Add(schema, 4, (ulong)count);
        for (int i = 0; i < count; i++)
        {
            int layer = layers.Offset + (i * LayerSize);
            ulong number = numbers.Length >= (i + 1) * NumberSize
                ? Get(numbers.Offset + (i * NumberSize), 4)
                : Get(Header.FirstNumber, 4) + (ulong)i;
            OracleBytes.Add(schema, 4, number);
            AddName(Get(layer + Layer.NameOffset, 4), Get(layer + Layer.NameLength, 2));
        }

        SHA256.HashData([.. schema]).AsSpan(0, 16).CopyTo(file.AsSpan(Header.Fingerprint));
        return this;

        void AddName(ulong start, ulong length)
        {
            start = Math.Min(start, (ulong)strings.Length);
            length = Math.Min(length, (ulong)strings.Length - start);
            OracleBytes.Add(schema, 2, length);
            schema.AddRange(file.AsSpan(strings.Offset + (int)start, (int)length));
        }
    }

    /// <summary>CHK-1 to CHK-4, from the leaves to the root.</summary>
    public RegionRepair Seal()
    {
        if (!HasHeader)
            return this;
        (int blocks, int length) = Find(Kind.Blocks);
        for (int i = 0; i < length / BlockSize; i++)
        {
            int entry = blocks + (i * BlockSize);
            SealPart(Get(entry + Block.Offset, 8), Get(entry + Block.StoredLength, 4), entry + Block.Checksum);
        }

        for (int i = 0; i < SectionCount; i++)
        {
            int entry = HeaderLength + (i * SectionSize);
            if (Get(entry + Section.Kind, 4) != Kind.Content)
                SealPart(Get(entry + Section.Offset, 8), Get(entry + Section.Length, 8), entry + Section.Checksum);
        }

        SealPart((ulong)HeaderLength, (ulong)(SectionCount * SectionSize), Header.SectionTableChecksum);
        Set(Header.HeaderChecksum, 8, OracleHash.Header(file, HeaderLength));
        return this;
    }

    /// <summary>Where a section is, as far as it is in the file; empty if it is not.</summary>
    public (int Offset, int Length) Find(uint kind)
    {
        for (int i = 0; HasHeader && i < SectionCount; i++)
        {
            int entry = HeaderLength + (i * SectionSize);
            if (Get(entry + Section.Kind, 4) != kind)
                continue;
            ulong offset = Math.Min(Get(entry + Section.Offset, 8), (ulong)file.Length);
            return ((int)offset, (int)Math.Min(Get(entry + Section.Length, 8), (ulong)file.Length - offset));
        }

        return (0, 0);
    }

    private void SealPart(ulong offset, ulong length, int field)
    {
        if (offset <= (ulong)file.Length && length <= (ulong)file.Length - offset)
            Set(field, 8, OracleHash.Part(file, (long)offset, (long)length));
    }

    private ulong Get(int offset, int size) => ByteMutator.Read(file.AsSpan(offset, size));

    private void Set(int offset, int size, ulong value) => ByteMutator.Write(file.AsSpan(offset, size), value);
}
