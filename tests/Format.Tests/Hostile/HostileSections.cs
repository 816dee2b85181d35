using Lamina.Format.Tests.Oracle;
using static Lamina.Format.FormatFault;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Hostile;

/// <summary>Chapter 3.</summary>
internal static class HostileSections
{
    private static readonly string[] Names =
        ["", "dictionary", "content", "blocks", "numbers", "locations", "layers", "layer-keywords", "keywords", "postings",
            "names", "strings"];

    public static void AddTo(HostileBuilder corpus)
    {
        AddKinds(corpus);
        AddPlaces(corpus);
        AddLengths(corpus);
        AddChecksums(corpus);
        AddDictionaries(corpus);
        corpus.Change(
            "DIC-2-dictionary-without-use", BlockTable, HostileStage.Open, static f => f.Offset(Kind.Dictionary),
            static parts => parts.Dictionary = [1, 2, 3]);
        corpus.Change(
            "DIC-2-dictionary-missing", BlockTable, HostileStage.Open, static f => f.Offset(Kind.Dictionary),
            static parts => parts.Dictionary = [], HostileRegions.Lz4(Run(100), 100, codec: 2));
    }

    private static void AddDictionaries(HostileBuilder corpus)
    {
        byte[] run = Run(100);
        Dictionary("DIC-3-decoded-length-zero", LimitExceeded, 0, run);
        Dictionary("DIC-3-decoded-length-over-limit", LimitExceeded, 65_537, run);
        Dictionary("DIC-3-decoded-length-huge", LimitExceeded, uint.MaxValue, run);
        Dictionary("DIC-4-stored-longer-than-decoded", BlockTable, 9, [.. "dictionary"u8]);
        Dictionary("DIC-4-ratio-over-255", BlockTable, 2551, new byte[10]);
        Encoding("DIC-4-output-too-short", 101, run);
        Encoding("DIC-4-output-too-long", 99, run);
        Encoding("DIC-4-input-after-the-end", 100, [.. run, 0]);
        Encoding("DIC-4-ends-before-its-literals", 100, run[..^1]);
        Encoding("DIC-4-no-lz4", 20_000, [.. Enumerable.Repeat((byte)0xFF, 100)]);
        Encoding("DIC-4-offset-before-the-start", 100, [0x1F, 1, 2, 0, 75, 0x50, 1, 2, 3, 4, 5]);
        Encoding("DIC-4-zero-offset", 100, [0x1F, 1, 0, 0, 75, 0x50, 1, 2, 3, 4, 5]);
        foreach (int length in (int[])[1, 4])
        {
            corpus.Change(
                $"DIC-4-section-of-{length}", SectionTable, HostileStage.Open,
                static f => f.Entry(Kind.Dictionary) + Section.Length, parts => parts.DictionarySection = new byte[length],
                HostileRegions.Lz4(run, 100, codec: 2));
        }

        void Dictionary(string name, FormatFault fault, uint decodedLength, byte[] stored) =>
            corpus.Change(
                name, fault, HostileStage.Open, static f => f.Offset(Kind.Dictionary),
                parts => parts.DictionarySection = Packed(decodedLength, stored), HostileRegions.Lz4(run, 100, codec: 2));

        void Encoding(string name, uint decodedLength, byte[] stored) =>
            corpus.Change(
                name, BlockEncoding, HostileStage.Decode, static f => f.Offset(Kind.Dictionary) + 4,
                parts => parts.DictionarySection = Packed(decodedLength, stored), HostileRegions.Lz4(run, 100, codec: 2));

        static byte[] Packed(uint decodedLength, byte[] stored)
        {
            List<byte> section = [];
            OracleBytes.Add(section, 4, decodedLength);
            return [.. section, .. stored];
        }
    }

    /// <summary>An LZ4 block of <paramref name="length"/> zeros.</summary>
    public static byte[] Run(int length) => OracleLz4.Encode(new byte[length], []);

    private static int EntryAt(int index) => HeaderSize + (index * SectionSize);

    private static void AddKinds(HostileBuilder corpus)
    {
        for (uint kind = 1; kind <= 11; kind++)
        {
            uint missing = kind;
            corpus.Sections($"SEC-1-{Names[kind]}-missing", SectionTable, _ => EntryAt((int)missing - 1), sections =>
            {
                sections.RemoveAt((int)missing - 1);
                sections.Add(new OracleSection { Kind = 12, Flags = 0 });
            });
        }

        corpus.Sections(
            "SEC-2-order", SectionTable, static _ => EntryAt(3),
            static sections => (sections[3], sections[4]) = (sections[4], sections[3]));
        corpus.Sections(
            "SEC-2-twice", SectionTable, static _ => EntryAt(11),
            static sections => sections.Add(new OracleSection { Kind = Kind.Strings }));
        corpus.Sections(
            "SEC-2-kind-zero", SectionTable, static _ => EntryAt(0),
            static sections => sections.Insert(0, new OracleSection { Kind = 0, Flags = 0 }));
        corpus.Sections("SEC-2-unknown-not-ascending", SectionTable, static _ => EntryAt(12), static sections =>
        {
            sections.Add(new OracleSection { Kind = 20, Flags = 0 });
            sections.Add(new OracleSection { Kind = 20, Flags = 0 });
        });
        corpus.Sections(
            "SEC-3-unknown-that-must-be-known", UnknownSection, static _ => EntryAt(11),
            static sections => sections.Add(new OracleSection { Kind = 12, Flags = 1, Bytes = [1] }));
        corpus.Entry("SEC-3-known-that-need-not-be", SectionTable, Kind.Names, Section.Flags, 4, 0);
        corpus.Entry("GEN-5-section-flags-lowest", ReservedNotZero, Kind.Layers, Section.Flags, 4, 3);
        corpus.Entry("GEN-5-section-flags-highest", ReservedNotZero, Kind.Layers, Section.Flags, 4, 0x8000_0001);
        corpus.Sections(
            "GEN-5-unknown-section-flags", ReservedNotZero, static _ => EntryAt(11) + Section.Flags,
            static sections => sections.Add(new OracleSection { Kind = 12, Flags = 2 }));
    }

    private static void AddPlaces(HostileBuilder corpus)
    {
        corpus.Sections(
            "SEC-4-hole", SectionTable, static f => f.Entry(Kind.Locations) + Section.Offset,
            static sections => sections[4].Gap = 64);
        corpus.Sections(
            "SEC-4-unaligned", SectionTable, static f => f.Entry(Kind.Locations) + Section.Offset,
            static sections => sections[4].Gap = 8);
        corpus.Entry(
            "SEC-4-overlap", SectionTable, Kind.Layers, Section.Offset, 8,
            (ulong)HostileRegions.Parts().ToFile().Offset(Kind.Locations));
        corpus.Entry("SEC-4-over-header", SectionTable, Kind.Dictionary, Section.Offset, 8, 0);
        corpus.Entry("SEC-4-out-of-file", SectionTable, Kind.Strings, Section.Offset, 8, 1 << 20);
        corpus.Entry("SEC-4-offset-huge", SectionTable, Kind.Strings, Section.Offset, 8, ulong.MaxValue);
        corpus.Entry("SEC-4-offset-wraps", SectionTable, Kind.Blocks, Section.Offset, 8, 1UL << 63);
        corpus.Entry("SEC-4-empty-section-elsewhere", SectionTable, Kind.Numbers, Section.Offset, 8, 0);
        corpus.Sections(
            "SEC-4-content-not-aligned", SectionTable, static f => f.Entry(Kind.Content) + Section.Offset, static sections =>
            {
                // Aligned as any section, but not to the content alignment of 256.
                sections[0].Bytes = [];
                sections[1].Gap = 64;
            }, parts: HostileRegions.Parts(alignmentLog2: 8));
    }

    private static void AddLengths(HostileBuilder corpus)
    {
        Length("SEC-5-blocks-longer", Kind.Blocks, +40);
        Length("SEC-5-blocks-shorter", Kind.Blocks, -8);
        Length("SEC-5-locations-longer", Kind.Locations, +16);
        Length("SEC-5-locations-shorter", Kind.Locations, -16);
        Length("SEC-5-layers-longer", Kind.Layers, +32);
        Length("SEC-5-layers-shorter", Kind.Layers, -1);
        Length("SEC-5-layer-keywords-not-whole", Kind.LayerKeywords, +2);
        Length("SEC-5-keywords-longer", Kind.Keywords, +8);
        Length("SEC-5-postings-longer-than-layer-keywords", Kind.Postings, +4);
        Length("SEC-5-names-not-whole", Kind.Names, +1);
        Length("SEC-5-numbers-for-some", Kind.Numbers, -4, HostileRegions.Parts(HostileRegions.Sparse));
        foreach (uint kind in (uint[])[Kind.Dictionary, Kind.Content, Kind.Strings])
        {
            corpus.Entry($"SEC-5-{Names[kind]}-leaves-file", SectionTable, kind, Section.Length, 8, 4096);
            corpus.Entry($"SEC-5-{Names[kind]}-length-huge", SectionTable, kind, Section.Length, 8, ulong.MaxValue);
        }

        OracleParts parts = HostileRegions.Parts();
        parts.Extra.Add(new OracleSection { Kind = 12, Flags = 0, Bytes = [1, 2, 3] });
        corpus.Entry("SEC-5-unknown-section-length-huge", SectionTable, 12, Section.Length, 8, ulong.MaxValue - 64, parts: parts);

        OracleFile trailing = HostileRegions.Parts().ToFile();
        trailing.Resize(trailing.Bytes.Length + 8).Set(Header.FileLength, 8, (ulong)trailing.Bytes.Length).SealHeader();
        corpus.Add(
            "SEC-6-bytes-after-the-last-section", SectionTable, trailing.Entry(Kind.Strings) + Section.Length, HostileStage.Open,
            trailing.Bytes);

        void Length(string name, uint kind, int more, OracleParts? region = null)
        {
            corpus.Sections(name, SectionTable, f => f.Entry(kind) + Section.Length, sections =>
            {
                byte[] bytes = sections[(int)kind - 1].Bytes;
                Array.Resize(ref bytes, bytes.Length + more);
                sections[(int)kind - 1].Bytes = bytes;
            }, parts: region);
        }
    }

    private static void AddChecksums(HostileBuilder corpus)
    {
        for (uint kind = 1; kind <= 11; kind++)
        {
            if (kind == Kind.Content)
                continue;
            HostileStage stage = kind is Kind.Dictionary or Kind.Blocks or Kind.Numbers or Kind.Locations ? HostileStage.Open
                : HostileStage.Descriptions;
            OracleParts parts = kind switch
            {
                Kind.Dictionary => HostileRegions.Lz4(Run(100), 100, codec: 2),
                Kind.Numbers => HostileRegions.Parts(HostileRegions.Sparse),
                _ => HostileRegions.Parts(),
            };
            OracleFile file = parts.ToFile();
            corpus.Add(
                $"CHK-3-{Names[kind]}-byte", SectionChecksum, file.Offset(kind), stage,
                file.Flip(file.Offset(kind) + file.Length(kind) - 1, 7).Bytes);
        }

        OracleFile empty = HostileRegions.Parts().ToFile();
        corpus.Add(
            "CHK-3-empty-section-checksum", SectionChecksum, empty.Offset(Kind.Numbers), HostileStage.Open,
            empty.Set(empty.Entry(Kind.Numbers) + Section.Checksum, 8, 0).SealRoots().Bytes);
        corpus.Entry("SEC-7-content-checksum-not-zero", SectionTable, Kind.Content, Section.Checksum, 8, 1);

        OracleParts unknown = HostileRegions.Parts();
        unknown.Extra.Add(new OracleSection { Kind = 12, Flags = 0, Bytes = [1, 2, 3] });
        OracleFile later = unknown.ToFile();
        corpus.Add(
            "CHK-3-unknown-section-byte", SectionChecksum, later.Offset(12), HostileStage.Verify,
            later.Flip(later.Offset(12) + 1).Bytes);
    }
}
