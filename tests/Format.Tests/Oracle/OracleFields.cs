namespace Lamina.Format.Tests.Oracle;

/// <summary>The tables of chapters 2 to 6, copied by hand: offsets of fields in bytes, and sizes.</summary>
internal static class OracleFields
{
    public const int HeaderSize = 192;
    public const int SectionSize = 32;
    public const int BlockSize = 40;
    public const int LocationSize = 16;
    public const int LayerSize = 32;
    public const int KeywordSize = 8;
    public const int NumberSize = 4;

    /// <summary>LAY-2 and LOC-3: no parent, no block.</summary>
    public const uint NoIndex = 4294967295;

    /// <summary>HDR-1.</summary>
    public static readonly byte[] Magic = [0x89, 0x4C, 0x4D, 0x4E, 0x0D, 0x0A, 0x1A, 0x0A];

    internal static class Header
    {
        public const int Magic = 0;
        public const int Major = 8;
        public const int Minor = 10;
        public const int HeaderLength = 12;
        public const int RequiredFeatures = 16;
        public const int OptionalFeatures = 24;
        public const int FileLength = 32;
        public const int Dimension = 40;
        public const int BlockSizeLog2 = 42;
        public const int AlignmentLog2 = 43;
        public const int Flags = 44;
        public const int SectionCount = 48;
        public const int LayerCount = 52;
        public const int BlockCount = 56;
        public const int KeywordCount = 60;
        public const int FirstNumber = 64;
        public const int NameLength = 68;
        public const int ImageLength = 72;
        public const int ContentLength = 80;
        public const int SizeBytes = 88;
        public const int FrequencyMin = 96;
        public const int FrequencyMax = 104;
        public const int Fingerprint = 112;
        public const int Reserved = 128;
        public const int SectionTableChecksum = 176;
        public const int HeaderChecksum = 184;
    }

    internal static class Section
    {
        public const int Kind = 0;
        public const int Flags = 4;
        public const int Offset = 8;
        public const int Length = 16;
        public const int Checksum = 24;
    }

    internal static class Block
    {
        public const int Offset = 0;
        public const int ImageOffset = 8;
        public const int StoredLength = 16;
        public const int DecodedLength = 20;
        public const int Checksum = 24;
        public const int Codec = 32;
        public const int FirstLayer = 36;
    }

    internal static class Location
    {
        public const int ImageOffset = 0;
        public const int Length = 8;
        public const int Block = 12;
    }

    internal static class Layer
    {
        public const int Frequency = 0;
        public const int Parent = 8;
        public const int NameOffset = 12;
        public const int NameLength = 16;
        public const int Depth = 18;
        public const int Flags = 20;
        public const int KeywordCount = 22;
        public const int KeywordStart = 24;
        public const int Reserved = 28;
    }

    internal static class Keyword
    {
        public const int StringOffset = 0;
        public const int PostingStart = 4;
    }

    /// <summary>SEC-1.</summary>
    internal static class Kind
    {
        public const uint Dictionary = 1;
        public const uint Content = 2;
        public const uint Blocks = 3;
        public const uint Numbers = 4;
        public const uint Locations = 5;
        public const uint Layers = 6;
        public const uint LayerKeywords = 7;
        public const uint Keywords = 8;
        public const uint Postings = 9;
        public const uint Names = 10;
        public const uint Strings = 11;
    }

    /// <summary>HDR-10 and LAY-5, as masks.</summary>
    internal static class Flag
    {
        public const uint RegionHasName = 1;
        public const uint RegionHasSizeBytes = 2;
        public const uint RegionHasFrequencyMin = 4;
        public const uint RegionHasFrequencyMax = 8;
        public const uint RegionSimulated = 16;

        public const ushort LayerHasName = 1;
        public const ushort LayerHasFrequency = 2;
        public const ushort LayerSimulated = 4;
    }
}
