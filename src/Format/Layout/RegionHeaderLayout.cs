namespace Lamina.Format.Layout;

/// <summary>Offsets of the region header's fields, in bytes, in the order of the specification's chapter "Header".</summary>
internal static class RegionHeaderLayout
{
    public const int Magic = 0;                                                  // HDR-1
    public const int Major = Magic + 8;                                          // HDR-2
    public const int Minor = Major + sizeof(ushort);                             // HDR-2
    public const int HeaderLength = Minor + sizeof(ushort);                      // HDR-3
    public const int RequiredFeatures = HeaderLength + sizeof(uint);             // HDR-4
    public const int OptionalFeatures = RequiredFeatures + sizeof(ulong);        // HDR-5
    public const int FileLength = OptionalFeatures + sizeof(ulong);              // HDR-6
    public const int Dimension = FileLength + sizeof(ulong);                     // HDR-7
    public const int BlockSizeLog2 = Dimension + sizeof(ushort);                 // HDR-8
    public const int ContentAlignmentLog2 = BlockSizeLog2 + sizeof(byte);        // HDR-9
    public const int Flags = ContentAlignmentLog2 + sizeof(byte);                // HDR-10
    public const int SectionCount = Flags + sizeof(uint);                        // HDR-11
    public const int LayerCount = SectionCount + sizeof(uint);                   // HDR-12
    public const int BlockCount = LayerCount + sizeof(uint);                     // HDR-13
    public const int KeywordCount = BlockCount + sizeof(uint);                   // HDR-14
    public const int FirstNumber = KeywordCount + sizeof(uint);                  // HDR-15
    public const int NameLength = FirstNumber + sizeof(uint);                    // HDR-16
    public const int ImageLength = NameLength + sizeof(uint);                    // HDR-17
    public const int ContentLength = ImageLength + sizeof(ulong);                // HDR-18
    public const int SizeBytes = ContentLength + sizeof(ulong);                  // HDR-19
    public const int FrequencyMin = SizeBytes + sizeof(ulong);                   // HDR-19
    public const int FrequencyMax = FrequencyMin + sizeof(double);               // HDR-19
    public const int Fingerprint = FrequencyMax + sizeof(double);                // HDR-20
    public const int Reserved = Fingerprint + 16;                                // GEN-5
    public const int SectionTableChecksum = Reserved + 48;                       // HDR-21
    public const int HeaderChecksum = SectionTableChecksum + sizeof(ulong);      // HDR-22
    public const int Length = HeaderChecksum + sizeof(ulong);                    // 192 bytes

    /// <summary>HDR-1: what every region file begins with.</summary>
    public const ulong MagicNumber = 0x0A1A_0A0D_4E4D_4C89;

    /// <summary>The same, byte by byte.</summary>
    public static ReadOnlySpan<byte> MagicBytes => [0x89, (byte)'L', (byte)'M', (byte)'N', 0x0D, 0x0A, 0x1A, 0x0A];
}
