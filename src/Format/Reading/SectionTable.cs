using System.Runtime.CompilerServices;
using Lamina.Format.Layout;
using static Lamina.Format.Layout.SectionEntryLayout;
using static Lamina.Format.Reading.LittleEndian;

namespace Lamina.Format.Reading;

/// <summary>Where a region file's sections are, checked. Spec: chapter "Sections".</summary>
internal sealed class SectionTable
{
    /// <summary>Sections that every region has. Spec: SEC-1.</summary>
    public const int KnownSections = (int)SectionKind.Strings;

    private readonly Section[] _sections;

    private SectionTable(Section[] sections, Digest128 digest)
    {
        _sections = sections;
        Digest = digest;
    }

    /// <summary>The digest of header and section table. Spec: CHK-5.</summary>
    public Digest128 Digest { get; }

    /// <summary>All sections, those of unknown kind last.</summary>
    public ReadOnlySpan<Section> All => _sections;

    public Section this[SectionKind kind] => _sections[(int)kind - 1];

    /// <summary>Reads and checks the section table and the padding around sections; touches no section.</summary>
    /// <exception cref="LaminaFormatException">A rule of the specification's chapter "Sections" is broken.</exception>
    public static SectionTable Read(FileView view, RegionHeader header, Fault fault)
    {
        if (header.SectionCount < KnownSections)
        {
            fault.Damaged(
                FormatFault.LimitExceeded, RegionHeaderLayout.SectionCount, "The file has fewer sections than every region has.");
        }

        int length = header.SectionCount * Size;
        if (length > view.Length - header.HeaderLength)
            fault.Truncated(view.Length, header.HeaderLength + length);
        ReadOnlySpan<byte> table = view.Slice(header.HeaderLength, length);
        if (Checksums.Part(table) != header.SectionTableChecksum)
            fault.Checksum(FormatFault.SectionTableChecksum, header.HeaderLength, "the section table");

        Section[] sections = new Section[header.SectionCount];
        long end = header.HeaderLength + length;
        uint lastKind = 0;
        for (int i = 0; i < sections.Length; i++)
        {
            int at = header.HeaderLength + (i * Size);
            sections[i] = ReadEntry(table.Slice(i * Size, Size), at, i, lastKind, header, fault);
            CheckPlace(sections[i], at, end, view, header, fault);
            lastKind = sections[i].Kind;
            end = sections[i].Offset + sections[i].Length;
        }

        if (end != view.Length)
        {
            fault.Damaged(
                FormatFault.SectionTable, header.HeaderLength + length - Size + Length, "The last section does not end where the file ends.");
        }

        if (sections[(int)SectionKind.Postings - 1].Length != sections[(int)SectionKind.LayerKeywords - 1].Length)
        {
            fault.Damaged(
                FormatFault.SectionTable,
                header.HeaderLength + (((int)SectionKind.Postings - 1) * Size) + Length,
                "The Postings section and the LayerKeywords section have different lengths.");
        }

        return new SectionTable(sections, Checksums.Digest(view.Slice(0, header.HeaderLength + length)));
    }

    /// <summary>Checks a section's bytes against its checksum. Spec: CHK-3.</summary>
    /// <exception cref="LaminaFormatException">They do not match.</exception>
    public static void CheckBytes(FileView view, Section section, Fault fault) => CheckBytes(view, section, fault, int.MaxValue);

    // With a longest span of its own, so that a test need not make a section of 2 GiB, which one of unknown kind may have.
    internal static void CheckBytes(FileView view, Section section, Fault fault, int longestSpan)
    {
        ulong computed = section.Length <= longestSpan
            ? Checksums.Part(view.Slice(section.Offset, (int)section.Length))
            : HashInParts(view, section, longestSpan);
        if (computed != section.Checksum)
            fault.Checksum(FormatFault.SectionChecksum, section.Offset, Name(section.Kind));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong HashInParts(FileView view, Section section, int longestSpan)
    {
        System.IO.Hashing.XxHash3 hash = new();
        for (long done = 0; done < section.Length;)
        {
            int part = (int)Math.Min(section.Length - done, longestSpan);
            hash.Append(view.Slice(section.Offset + done, part));
            done += part;
        }

        return hash.GetCurrentHashAsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Section ReadEntry(ReadOnlySpan<byte> entry, int at, int index, uint lastKind, RegionHeader header, Fault fault)
    {
        uint kind = Read32(entry, Kind);
        uint flags = Read32(entry, Flags);
        if (index < KnownSections ? kind != index + 1 : kind <= lastKind)
        {
            fault.Damaged(FormatFault.SectionTable, at + Kind, FormattableString.Invariant(
                $"Section {index} has kind {kind}: sections are missing, twice or out of order."));
        }

        bool required = (flags & RequiredFlag) != 0;
        if (index < KnownSections && !required)
            fault.Damaged(FormatFault.SectionTable, at + Flags, $"{Name(kind)} is not marked as one that must be understood.");
        if (header.IsKnownMinor && (flags & ~RequiredFlag) != 0)
            fault.Damaged(FormatFault.ReservedNotZero, at + Flags, $"A reserved flag of {Name(kind)} is not zero.");
        if (index >= KnownSections && required)
        {
            fault.Throw(FormatFault.UnknownSection, at + Kind, FormattableString.Invariant(
                $"The file has a section of kind {kind} that must be understood and that this library does not know. Update the library."));
        }

        ulong length = Read64(entry, Length);
        if (length > (ulong)header.FileLength)
            fault.Damaged(FormatFault.SectionTable, at + Length, $"{Name(kind)} is longer than the file.");
        if (index < KnownSections)
            CheckLength((SectionKind)kind, (long)length, at + Length, header, fault);
        ulong checksum = Read64(entry, Checksum);
        if (kind == (uint)SectionKind.Content && checksum != 0)
            fault.Damaged(FormatFault.SectionTable, at + Checksum, "The content section has a checksum; it must have none.");

        ulong offset = Read64(entry, Offset);
        if (offset > (ulong)header.FileLength)
            fault.Damaged(FormatFault.SectionTable, at + Offset, $"{Name(kind)} begins after the end of the file.");
        return new Section(kind, (long)offset, (long)length, checksum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckPlace(Section section, int at, long end, FileView view, RegionHeader header, Fault fault)
    {
        int alignment = section.Kind == (uint)SectionKind.Content ? Math.Max(Alignment, header.ContentAlignment) : Alignment;
        long expected = AlignUp(end, alignment);
        if (section.Offset != expected)
        {
            fault.Damaged(FormatFault.SectionTable, at + Offset, FormattableString.Invariant(
                $"{Name(section.Kind)} begins at byte {section.Offset}, not at {expected} where the one before ends."));
        }

        if (section.Length > view.Length - section.Offset)
            fault.Damaged(FormatFault.SectionTable, at + Length, $"{Name(section.Kind)} does not end in the file.");
        CheckPadding(view, end, section.Offset, fault);
    }

    /// <summary>Checks that the bytes from <paramref name="start"/> to <paramref name="end"/> are zero. Spec: GEN-4.</summary>
    public static void CheckPadding(FileView view, long start, long end, Fault fault)
    {
        int at = Zeros.IndexOfOther(view.Slice(start, (int)(end - start)));
        if (at >= 0)
            fault.Damaged(FormatFault.ReservedNotZero, start + at, "A byte of padding is not zero.");
    }

    public static long AlignUp(long value, int alignment) => (value + (alignment - 1)) & -(long)alignment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckLength(SectionKind kind, long length, int at, RegionHeader header, Fault fault)
    {
        switch (kind)
        {
            case SectionKind.Dictionary when length > DictionaryLayout.LongestSection:
                fault.Limit(at, "bytes of dictionary", length, DictionaryLayout.LongestSection);
                break;
            case SectionKind.Strings when length > Limits.MaxStringsLength:
                fault.Limit(at, "bytes of strings", length, Limits.MaxStringsLength);
                break;
            case SectionKind.LayerKeywords or SectionKind.Postings when length > (long)Limits.MaxKeywordUses * sizeof(uint):
                fault.Limit(at, "uses of keywords", length / sizeof(uint), Limits.MaxKeywordUses);
                break;
        }

        bool right = kind switch
        {
            SectionKind.Dictionary => length is 0 or > DictionaryLayout.Stored,
            SectionKind.Blocks => length == (long)header.BlockCount * BlockEntry.EntrySize,
            SectionKind.Numbers => length == 0 || length == (long)header.LayerCount * sizeof(uint),
            SectionKind.Locations => length == (long)header.LayerCount * LayerLocation.EntrySize,
            SectionKind.Layers => length == (long)header.LayerCount * LayerEntry.EntrySize,
            SectionKind.LayerKeywords or SectionKind.Postings => length % sizeof(uint) == 0,
            SectionKind.Keywords => length == (long)header.KeywordCount * KeywordEntry.EntrySize,
            SectionKind.Names => length % sizeof(uint) == 0 && length <= (long)header.LayerCount * sizeof(uint),
            _ => true,
        };
        if (!right)
        {
            fault.Damaged(FormatFault.SectionTable, at, FormattableString.Invariant(
                $"{Name((uint)kind)} has {length} bytes, which contradicts the header's counts."));
        }
    }

    private static string Name(uint kind) => kind is 0 or > KnownSections
        ? FormattableString.Invariant($"section {kind}")
        : $"the {(SectionKind)kind} section";
}
