namespace Lamina.Format.Layout;

/// <summary>Offsets of a section table entry's fields, in the order of the specification's chapter "Sections".</summary>
internal static class SectionEntryLayout
{
    public const int Kind = 0;                                 // SEC-2
    public const int Flags = Kind + sizeof(uint);              // SEC-3
    public const int Offset = Flags + sizeof(uint);            // SEC-4
    public const int Length = Offset + sizeof(ulong);          // SEC-5
    public const int Checksum = Length + sizeof(ulong);        // SEC-7
    public const int Size = Checksum + sizeof(ulong);          // 32 bytes

    /// <summary>SEC-3: the section's kind must be known to the reader.</summary>
    public const uint RequiredFlag = 1;

    /// <summary>SEC-4: every section begins at a multiple of this many bytes.</summary>
    public const int Alignment = 64;
}
