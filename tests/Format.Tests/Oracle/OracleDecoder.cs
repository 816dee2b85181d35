using System.Text;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Oracle;

/// <summary>
/// Reads a region file by the specification and checks every rule of chapters 1 to 7 and 9, in the order of the specification
/// where a rule does not need another one first. It stops at the first that is broken and names clause, fault and offset.
/// </summary>
internal sealed partial class OracleDecoder
{
    private const ushort KnownMinor = 0;

    private readonly byte[] _file;
    private readonly OracleParts _parts = new();
    private readonly List<OracleSection> _sections = [];
    private readonly List<byte[]> _decoded = [];
    private int _layerCount;
    private int _blockCount;
    private int _keywordCount;

    private OracleDecoder(byte[] file) => _file = file;

    /// <summary>A later minor version may have bits and fields that this one ignores (CMP-2).</summary>
    private bool IsLater => _parts.Minor > KnownMinor;

    public static OracleReading Decode(byte[] file)
    {
        OracleDecoder decoder = new(file);
        decoder.ReadHeader();
        decoder.ReadSections();
        decoder.ReadNumbers();
        decoder.ReadBlockTable();
        decoder.ReadLocations();
        decoder.ReadBlocks();
        decoder.ReadDescriptions();
        decoder.ReadKeywords();
        decoder.ReadNames();
        decoder.ReadStrings();
        OracleRegion region = decoder.ToRegion();
        Check(
            OracleHash.Fingerprint(region).AsSpan().SequenceEqual(decoder._parts.Fingerprint), "FPR-1", "Fingerprint",
            Header.Fingerprint, "The fingerprint is another.");
        return new OracleReading
        {
            Parts = decoder._parts,
            Region = region,
            Blocks = decoder._decoded,
            Digest = OracleHash.Digest(file),
            FileLength = file.Length,
        };
    }

    private static void Check(bool holds, string clause, string fault, long offset, string message)
    {
        if (!holds)
            throw new OracleFaultException(clause, fault, offset, message);
    }

    private ulong Get(long offset, int size) => OracleBytes.Get(_file, offset, size);

    private byte[] Cut(long offset, long length) => _file.AsSpan(checked((int)offset), checked((int)length)).ToArray();

    private void ReadHeader()
    {
        int magic = Math.Min(_file.Length, Magic.Length);
        if (!_file.AsSpan(0, magic).SequenceEqual(Magic.AsSpan(0, magic)))
        {
            bool transfer = _file.Length >= 4 && _file[0] is 0x89 or 0x09 && _file.AsSpan(1, 3).SequenceEqual("LMN"u8);
            Check(false, "HDR-1", transfer ? "DamagedInTransfer" : "NotARegion", 0, "The magic is another.");
        }

        Check(_file.Length >= HeaderSize, "HDR-6", "Truncated", _file.Length, "There is no whole header.");
        _parts.Major = (ushort)Get(Header.Major, 2);
        _parts.Minor = (ushort)Get(Header.Minor, 2);
        Check(_parts.Major == 1, "HDR-2", "UnsupportedVersion", Header.Major, "Major version.");
        _parts.HeaderLength = (uint)Get(Header.HeaderLength, 4);
        bool length = IsLater
            ? _parts.HeaderLength is >= 192 and <= 4096 && _parts.HeaderLength % 64 == 0
            : _parts.HeaderLength == 192;
        Check(length, "HDR-3", "HeaderField", Header.HeaderLength, "Header length.");
        Check(_file.Length >= _parts.HeaderLength, "HDR-6", "Truncated", _file.Length, "There is no whole header.");
        Check(
            Get(Header.HeaderChecksum, 8) == OracleHash.Header(_file, (int)_parts.HeaderLength),
            "CHK-1", "HeaderChecksum", 0, "The header's checksum is another.");

        _parts.RequiredFeatures = Get(Header.RequiredFeatures, 8);
        _parts.OptionalFeatures = Get(Header.OptionalFeatures, 8);
        Check(_parts.RequiredFeatures == 0, "HDR-4", "UnsupportedFeature", Header.RequiredFeatures, "Required features.");
        ulong fileLength = Get(Header.FileLength, 8);
        Check(fileLength <= 281_474_976_710_656, "LIM-15", "LimitExceeded", Header.FileLength, "File length.");
        Check((ulong)_file.Length >= fileLength, "HDR-6", "Truncated", _file.Length, "The file is shorter than it says.");
        Check((ulong)_file.Length <= fileLength, "HDR-6", "TrailingData", (long)fileLength, "The file is longer than it says.");

        _parts.Dimension = (ushort)Get(Header.Dimension, 2);
        _parts.BlockSizeLog2 = (byte)Get(Header.BlockSizeLog2, 1);
        _parts.AlignmentLog2 = (byte)Get(Header.AlignmentLog2, 1);
        _parts.Flags = (uint)Get(Header.Flags, 4);
        Check(_parts.Dimension != 0, "HDR-7", "HeaderField", Header.Dimension, "Dimension.");
        Check(_parts.BlockSizeLog2 is >= 10 and <= 24, "HDR-8", "LimitExceeded", Header.BlockSizeLog2, "Block size.");
        Check(_parts.AlignmentLog2 <= 12, "HDR-9", "LimitExceeded", Header.AlignmentLog2, "Content alignment.");
        Check(IsLater || _parts.Flags <= 31, "HDR-10", "HeaderField", Header.Flags, "Flags.");

        Check(Get(Header.SectionCount, 4) is >= 11 and <= 64, "HDR-11", "LimitExceeded", Header.SectionCount, "Section count.");
        Check(Get(Header.LayerCount, 4) <= 33_554_432, "HDR-12", "LimitExceeded", Header.LayerCount, "Layer count.");
        Check(Get(Header.BlockCount, 4) <= 33_554_432, "HDR-13", "LimitExceeded", Header.BlockCount, "Block count.");
        Check(Get(Header.KeywordCount, 4) <= 134_217_728, "HDR-14", "LimitExceeded", Header.KeywordCount, "Keyword count.");
        _layerCount = (int)Get(Header.LayerCount, 4);
        _blockCount = (int)Get(Header.BlockCount, 4);
        _keywordCount = (int)Get(Header.KeywordCount, 4);
        Check(_blockCount <= _layerCount, "HDR-13", "HeaderField", Header.BlockCount, "More blocks than layers.");

        _parts.FirstNumber = (uint)Get(Header.FirstNumber, 4);
        Check(
            _layerCount > 0 || _parts.FirstNumber == 0, "HDR-15", "HeaderField", Header.FirstNumber,
            "First number without a layer.");
        _parts.NameLength = (uint)Get(Header.NameLength, 4);
        bool named = (_parts.Flags & Flag.RegionHasName) != 0;
        Check(
            named ? _parts.NameLength is >= 1 and <= 1024 : _parts.NameLength == 0,
            "HDR-16", "HeaderField", Header.NameLength, "Name length.");
        _parts.ImageLength = Get(Header.ImageLength, 8);
        _parts.ContentLength = Get(Header.ContentLength, 8);
        Check(_parts.ImageLength <= 281_474_976_710_656, "LIM-15", "LimitExceeded", Header.ImageLength, "Image length.");
        _parts.SizeBytes = Get(Header.SizeBytes, 8);
        bool sized = (_parts.Flags & Flag.RegionHasSizeBytes) != 0;
        Check(sized || _parts.SizeBytes == 0, "GEN-7", "HeaderField", Header.SizeBytes, "Size bytes without its flag.");
        Check(_parts.SizeBytes <= 281_474_976_710_656, "LIM-15", "LimitExceeded", Header.SizeBytes, "Size bytes.");
        Check(
            !sized || _parts.SizeBytes >= _parts.ContentLength, "HDR-19", "HeaderField", Header.SizeBytes,
            "Size bytes below the content.");
        _parts.FrequencyMin = ReadFrequency(Header.FrequencyMin, (_parts.Flags & Flag.RegionHasFrequencyMin) != 0, "HeaderField");
        _parts.FrequencyMax = ReadFrequency(Header.FrequencyMax, (_parts.Flags & Flag.RegionHasFrequencyMax) != 0, "HeaderField");
        _parts.Fingerprint = Cut(Header.Fingerprint, 16);
        for (int i = Header.Reserved; i < Header.SectionTableChecksum && !IsLater; i++)
            Check(_file[i] == 0, "GEN-5", "ReservedNotZero", i, "Reserved bytes of the header.");
    }

    private double ReadFrequency(long offset, bool isThere, string fault)
    {
        ulong bits = Get(offset, 8);
        double value = OracleBytes.Double(bits);
        Check(double.IsFinite(value) && bits >> 63 == 0, "GEN-2", fault, offset, "A frequency that is not finite, or negative.");
        Check(isThere || bits == 0, "GEN-7", fault, offset, "A frequency without its flag.");
        return value;
    }

    private void ReadSections()
    {
        int count = (int)Get(Header.SectionCount, 4);
        long table = _parts.HeaderLength;
        long end = table + (count * SectionSize);
        Check(_file.Length >= end, "HDR-6", "Truncated", _file.Length, "There is no whole section table.");
        Check(
            Get(Header.SectionTableChecksum, 8) == OracleHash.Part(_file, table, end - table),
            "CHK-2", "SectionTableChecksum", table, "The section table's checksum is another.");

        long previous = 0;
        for (int i = 0; i < count; i++)
        {
            long entry = table + (i * SectionSize);
            uint kind = (uint)Get(entry + Section.Kind, 4);
            uint flags = (uint)Get(entry + Section.Flags, 4);
            Check(kind > previous, "SEC-2", "SectionTable", entry + Section.Kind, "Kinds do not ascend.");
            Check(i >= 11 || kind == i + 1, "SEC-1", "SectionTable", entry + Section.Kind, $"Section {i + 1} is missing.");
            Check(
                i >= 11 || (flags & 1) == 1, "SEC-3", "SectionTable", entry + Section.Flags,
                "A known section that need not be known.");
            Check(
                i < 11 || (flags & 1) == 0, "SEC-3", "UnknownSection", entry + Section.Kind,
                "An unknown section that must be known.");
            Check(IsLater || flags <= 1, "GEN-5", "ReservedNotZero", entry + Section.Flags, "Reserved flags of a section.");
            previous = kind;

            ulong offset = Get(entry + Section.Offset, 8);
            ulong length = Get(entry + Section.Length, 8);
            ulong alignment = kind == Kind.Content ? Math.Max(64, 1UL << _parts.AlignmentLog2) : 64;
            Check(
                offset == OracleBytes.Align((ulong)end, alignment), "SEC-4", "SectionTable", entry + Section.Offset,
                $"Section {kind} is elsewhere.");
            Check(
                offset <= (ulong)_file.Length && length <= (ulong)_file.Length - offset, "SEC-5", "SectionTable",
                entry + Section.Length, $"Section {kind} leaves the file.");
            CheckLength(kind, length, entry + Section.Length);
            for (long x = end; x < (long)offset; x++)
                Check(_file[x] == 0, "GEN-4", "ReservedNotZero", x, $"Padding before section {kind}.");

            ulong checksum = Get(entry + Section.Checksum, 8);
            if (kind == Kind.Content)
                Check(checksum == 0, "SEC-7", "SectionTable", entry + Section.Checksum, "The content section has a checksum.");
            else
                Check(
                    checksum == OracleHash.Part(_file, (long)offset, (long)length), "CHK-3", "SectionChecksum", (long)offset,
                    $"The checksum of section {kind} is another.");
            OracleSection section = new()
            {
                Kind = kind,
                Flags = flags,
                Bytes = Cut((long)offset, (long)length),
                Offset = offset
            };
            _sections.Add(section);
            if (kind > 11)
                _parts.Extra.Add(section);
            end = (long)(offset + length);
        }

        Check(
            end == _file.Length, "SEC-6", "SectionTable", table + ((count - 1) * SectionSize) + Section.Length,
            "Bytes after the last section.");
        ReadDictionary();
        _parts.Strings = _sections[(int)Kind.Strings - 1].Bytes;
    }

    private void ReadDictionary()
    {
        byte[] section = _sections[(int)Kind.Dictionary - 1].Bytes;
        if (section.Length == 0)
            return;
        long at = At(Kind.Dictionary, 0, 1, 0);
        ulong length = Get(at, 4);
        byte[] stored = section[4..];
        Check(length is >= 1 and <= 65_536, "DIC-3", "LimitExceeded", at, "Decoded length of the dictionary.");
        Check((ulong)stored.Length <= length, "DIC-4", "BlockTable", at, "The dictionary is longer stored than decoded.");
        Check(length <= 255 * (ulong)stored.Length, "LIM-14", "BlockTable", at, "More than 255 times what is stored.");
        try
        {
            _parts.Dictionary = (ulong)stored.Length == length ? stored : OracleLz4.Decode(stored, (int)length, []);
        }
        catch (FormatException e)
        {
            throw new OracleFaultException("DIC-4", "BlockEncoding", at + 4, e.Message);
        }
    }

    /// <summary>SEC-1's table of lengths.</summary>
    private void CheckLength(uint kind, ulong length, long at)
    {
        ulong layers = (ulong)_layerCount;
        bool holds = kind switch
        {
            Kind.Dictionary => length is 0 or > 4,
            Kind.Blocks => length == 40 * (ulong)_blockCount,
            Kind.Numbers => length == 0 || length == 4 * layers,
            Kind.Locations => length == 16 * layers,
            Kind.Layers => length == 32 * layers,
            Kind.LayerKeywords or Kind.Names => length % 4 == 0,
            Kind.Keywords => length == 8 * (ulong)_keywordCount,
            Kind.Postings => length == (ulong)_sections[(int)Kind.LayerKeywords - 1].Bytes.Length,
            _ => true,
        };
        Check(holds, "SEC-5", "SectionTable", at, $"The length of section {kind}.");
        Check(kind != Kind.Dictionary || length <= 65_540, "DIC-3", "LimitExceeded", at, "Dictionary length.");
        Check(kind != Kind.LayerKeywords || length / 4 <= 268_435_456, "KEY-1", "LimitExceeded", at, "Uses of keywords.");
        Check(kind != Kind.Strings || length <= 1_073_741_824, "LIM-11", "LimitExceeded", at, "Strings length.");
    }

    private long At(uint kind, long index, int size, int field) =>
        (long)_sections[(int)kind - 1].Offset + (index * size) + field;

    private List<uint> Indexes(uint kind)
    {
        List<uint> indexes = [];
        for (int i = 0; i < _sections[(int)kind - 1].Bytes.Length / 4; i++)
            indexes.Add((uint)Get(At(kind, i, 4, 0), 4));
        return indexes;
    }

    private OracleRegion ToRegion()
    {
        List<uint> numbers = _parts.Numbers.Count > 0
            ? _parts.Numbers
            : Enumerable.Range(0, _layerCount).Select(i => _parts.FirstNumber + (uint)i).ToList();
        List<OracleLayer> layers = [];
        for (int i = 0; i < _layerCount; i++)
        {
            OracleDescription layer = _parts.Layers[i];
            layers.Add(new OracleLayer
            {
                Number = numbers[i],
                Name = (layer.Flags & Flag.LayerHasName) == 0 ? null : Encoding.UTF8.GetString(NameOf(layer)),
                Frequency = (layer.Flags & Flag.LayerHasFrequency) == 0 ? null : layer.Frequency,
                Parent = layer.Parent == NoIndex ? null : numbers[(int)layer.Parent],
                Keywords = KeywordsOf(layer).Select(k => Encoding.UTF8.GetString(KeywordText((int)k))).ToList(),
                Content = ContentOf(i),
                Simulated = (layer.Flags & Flag.LayerSimulated) != 0,
            });
        }

        return new OracleRegion
        {
            Dimension = _parts.Dimension,
            Name = _parts.NameLength == 0 ? null : Encoding.UTF8.GetString(_parts.Strings, 0, (int)_parts.NameLength),
            SizeBytes = (_parts.Flags & Flag.RegionHasSizeBytes) == 0 ? null : _parts.SizeBytes,
            FrequencyMin = (_parts.Flags & Flag.RegionHasFrequencyMin) == 0 ? null : _parts.FrequencyMin,
            FrequencyMax = (_parts.Flags & Flag.RegionHasFrequencyMax) == 0 ? null : _parts.FrequencyMax,
            Layers = layers,
        };
    }
}
