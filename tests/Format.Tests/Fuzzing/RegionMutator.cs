using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Changes region files where the format has its fields, and repairs what would hide the change.</summary>
internal static class RegionMutator
{
    private static readonly (int Offset, int Size)[] HeaderFields =
    [
        (Header.Magic, 8), (Header.Major, 2), (Header.Minor, 2), (Header.HeaderLength, 4), (Header.RequiredFeatures, 8),
        (Header.OptionalFeatures, 8), (Header.FileLength, 8), (Header.Dimension, 2), (Header.BlockSizeLog2, 1), (Header.AlignmentLog2, 1),
        (Header.Flags, 4), (Header.SectionCount, 4), (Header.LayerCount, 4), (Header.BlockCount, 4), (Header.KeywordCount, 4),
        (Header.FirstNumber, 4), (Header.NameLength, 4), (Header.ImageLength, 8), (Header.ContentLength, 8), (Header.SizeBytes, 8),
        (Header.FrequencyMin, 8), (Header.FrequencyMax, 8), (Header.Fingerprint, 8), (Header.Reserved, 8),
        (Header.SectionTableChecksum, 8), (Header.HeaderChecksum, 8),
    ];

    private static readonly (int Offset, int Size)[] SectionFields =
        [(Section.Kind, 4), (Section.Flags, 4), (Section.Offset, 8), (Section.Length, 8), (Section.Checksum, 8)];

    private static readonly Dictionary<uint, (int Offset, int Size)[]> EntryFields = new()
    {
        [Kind.Blocks] =
        [
            (Block.Offset, 8), (Block.ImageOffset, 8), (Block.StoredLength, 4), (Block.DecodedLength, 4), (Block.Codec, 4),
            (Block.FirstLayer, 4),
        ],
        [Kind.Numbers] = [(0, 4)],
        [Kind.Locations] = [(Location.ImageOffset, 8), (Location.Length, 4), (Location.Block, 4)],
        [Kind.Layers] =
        [
            (Layer.Frequency, 8), (Layer.Parent, 4), (Layer.NameOffset, 4), (Layer.NameLength, 2), (Layer.Depth, 2), (Layer.Flags, 2),
            (Layer.KeywordCount, 2), (Layer.KeywordStart, 4), (Layer.Reserved, 4),
        ],
        [Kind.LayerKeywords] = [(0, 4)],
        [Kind.Keywords] = [(Keyword.StringOffset, 4), (Keyword.PostingStart, 4)],
        [Kind.Postings] = [(0, 4)],
        [Kind.Names] = [(0, 4)],
    };

    public static byte[] Mutate(byte[] input, byte[] other, Random random)
    {
        byte[] file = (byte[])input.Clone();
        for (int changes = 1 + random.Next(random.Next(3) + 1); changes > 0; changes--)
        {
            file = random.Next(20) switch
            {
                < 9 => ChangeField(file, random),
                < 12 => ChangeInSection(file, random),
                < 17 => ChangeLength(file, other, random),
                _ => ByteMutator.Mutate(file, other, random),
            };
        }

        RegionRepair repair = new(file);
        if (file.Length != input.Length && random.Next(4) != 0)
            repair.FileLength();
        if (file.Length != input.Length && random.Next(4) == 0)
            repair.LastSection();
        if (random.Next(3) != 0)
            repair.Fingerprint();
        if (random.Next(16) != 0)
            repair.Seal();
        return file;
    }

    private static byte[] ChangeField(byte[] file, Random random)
    {
        if (file.Length < HeaderSize + (11 * SectionSize))
            return file;
        (int at, int size) = PickField(file, random);
        if (at + size > file.Length)
            return file;

        // A copy of another field is right about something else.
        Span<byte> field = file.AsSpan(at, size);
        (int from, int fromSize) = PickField(file, random);
        if (random.Next(5) == 0 && fromSize == size && from + size <= file.Length)
            file.AsSpan(from, size).CopyTo(field);
        else
            ByteMutator.Write(field, ByteMutator.Edge(random, ByteMutator.Read(field), file.Length));
        return file;
    }

    private static (int At, int Size) PickField(byte[] file, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                return HeaderFields[random.Next(HeaderFields.Length)];
            case 1:
                (int offset, int size) = SectionFields[random.Next(SectionFields.Length)];
                return (HeaderSize + (random.Next(11) * SectionSize) + offset, size);
            default:
                uint kind = (uint)random.Next((int)Kind.Blocks, (int)Kind.Strings);
                (int start, int length) = new RegionRepair(file).Find(kind);
                int entries = length / RegionLayout.EntrySize(kind);
                if (entries == 0)
                    return HeaderFields[random.Next(HeaderFields.Length)];
                (int field, int fieldSize) = EntryFields[kind][random.Next(EntryFields[kind].Length)];
                return (start + (random.Next(entries) * RegionLayout.EntrySize(kind)) + field, fieldSize);
        }
    }

    private static byte[] ChangeInSection(byte[] file, Random random)
    {
        (int offset, int length) = new RegionRepair(file).Find((uint)random.Next(1, 12));
        ByteMutator.Change(file.AsSpan(offset, length), random);
        return file;
    }

    /// <summary>Adds, removes, doubles or exchanges entries of a section; everything behind it moves.</summary>
    private static byte[] ChangeLength(byte[] file, byte[] other, Random random)
    {
        if (RegionLayout.TryOpen(file) is not { } layout)
            return file;
        uint kind = (uint)random.Next(1, 12);
        byte[] section = layout[kind];
        int size = random.Next(8) == 0 ? 1 : RegionLayout.EntrySize(kind);
        int entries = section.Length / size;
        int at = random.Next(entries + 1) * size;
        int length = size * (size == 1 ? random.Next(1, 40) : random.Next(1, 3));
        switch (random.Next(4))
        {
            case 0:
                layout[kind] = ByteMutator.Remove(section, at, length);
                break;
            case 1:
                layout[kind] = ByteMutator.Insert(section, at, section[Math.Max(0, at - length)..at]);
                break;
            case 2:
                layout[kind] = ByteMutator.Insert(section, at, new byte[length]);
                break;
            default:
                if (RegionLayout.TryOpen(other) is { } from)
                    layout[kind] = from[kind];
                break;
        }

        return layout.ToFile();
    }
}
