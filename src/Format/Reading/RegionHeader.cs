using System.Runtime.CompilerServices;
using Lamina.Format.Layout;
using static Lamina.Format.Reading.LittleEndian;
using static Lamina.Format.Layout.RegionHeaderLayout;

namespace Lamina.Format.Reading;

/// <summary>A region file's header, checked. Spec: chapter "Header".</summary>
internal sealed class RegionHeader
{
    private const int VersionEnd = Minor + sizeof(ushort);
    private const ushort SupportedMajor = 1;
    private const ushort KnownMinor = 0;
    private const int MaxHeaderLength = 4096;

    // Whatever is below, as a number, is a frequency that is finite and not negative. Spec: GEN-2.
    private const ulong BitsOfInfinity = 0x7FF0_0000_0000_0000;

    // As they are in the file: a type that may hold nothing would be loaded for each.
    private readonly long _sizeBytes;
    private readonly ulong _frequencyMin;
    private readonly ulong _frequencyMax;

    private RegionHeader(FileView view, Fault fault)
    {
        ReadOnlySpan<byte> start = view.Slice(0, (int)Math.Min(view.Length, RegionHeaderLayout.Length));
        HeaderLength = CheckStart(start, view.Length, fault);
        ReadOnlySpan<byte> bytes = view.Slice(0, HeaderLength);
        CheckChecksum(bytes, fault);

        if (Read64(bytes, RequiredFeatures) is ulong features and not 0)
        {
            fault.Throw(FormatFault.UnsupportedFeature, RequiredFeatures, FormattableString.Invariant(
                $"The file needs features that this library does not know (0x{features:x}). Update the library."));
        }

        IsKnownMinor = Read16(bytes, Minor) <= KnownMinor;
        CheckFileLength(bytes, view.Length, fault);
        FileLength = view.Length;

        ushort dimension = Read16(bytes, RegionHeaderLayout.Dimension);
        if (dimension == 0)
            fault.Damaged(FormatFault.HeaderField, RegionHeaderLayout.Dimension, "The dimension is zero.");
        Dimension = new DimensionId(dimension);

        int blockSizeLog2 = bytes[BlockSizeLog2];
        if (blockSizeLog2 is < Limits.MinBlockSizeLog2 or > Limits.MaxBlockSizeLog2)
            fault.Limit(BlockSizeLog2, "as binary logarithm of the block size", blockSizeLog2, Limits.MaxBlockSizeLog2);
        BlockSize = 1 << blockSizeLog2;

        int alignmentLog2 = bytes[ContentAlignmentLog2];
        if (alignmentLog2 > Limits.MaxContentAlignmentLog2)
            fault.Limit(ContentAlignmentLog2, "as binary logarithm of the content alignment", alignmentLog2, Limits.MaxContentAlignmentLog2);
        ContentAlignment = 1 << alignmentLog2;

        Flags = (RegionFlags)Read32(bytes, RegionHeaderLayout.Flags);
        if (IsKnownMinor && (Flags & ~RegionFlags.All) != 0)
            fault.Damaged(FormatFault.HeaderField, RegionHeaderLayout.Flags, "The flags have a bit that this version does not have.");

        SectionCount = ReadCount(bytes, RegionHeaderLayout.SectionCount, "sections", Limits.MaxSections, fault);
        LayerCount = ReadCount(bytes, RegionHeaderLayout.LayerCount, "layers", Limits.MaxLayers, fault);
        BlockCount = ReadCount(bytes, RegionHeaderLayout.BlockCount, "blocks", Limits.MaxBlocks, fault);
        KeywordCount = ReadCount(bytes, RegionHeaderLayout.KeywordCount, "keywords", Limits.MaxKeywords, fault);
        if (BlockCount > LayerCount)
            fault.Damaged(FormatFault.HeaderField, RegionHeaderLayout.BlockCount, "There are more blocks than layers.");

        FirstNumber = Read32(bytes, RegionHeaderLayout.FirstNumber);
        if (LayerCount == 0 && FirstNumber != 0)
            fault.Damaged(FormatFault.HeaderField, RegionHeaderLayout.FirstNumber, "There is no layer, and a first number.");

        NameLength = ReadNameLength(bytes, fault);
        ImageLength = ReadLength(bytes, RegionHeaderLayout.ImageLength, "bytes in the image", fault);
        ContentLength = ReadLength(bytes, RegionHeaderLayout.ContentLength, "bytes of content", fault);
        _sizeBytes = ReadSizeBytes(bytes, fault);
        _frequencyMin = ReadFrequency(bytes, RegionHeaderLayout.FrequencyMin, RegionFlags.HasFrequencyMin, fault);
        _frequencyMax = ReadFrequency(bytes, RegionHeaderLayout.FrequencyMax, RegionFlags.HasFrequencyMax, fault);
        Fingerprint = Digest128.ReadBigEndian(bytes[RegionHeaderLayout.Fingerprint..]);
        CheckReserved(bytes, fault);
        SectionTableChecksum = Read64(bytes, RegionHeaderLayout.SectionTableChecksum);
    }

    public int HeaderLength { get; }

    public long FileLength { get; }

    public DimensionId Dimension { get; }

    public int BlockSize { get; }

    public int ContentAlignment { get; }

    public RegionFlags Flags { get; }

    public int SectionCount { get; }

    public int LayerCount { get; }

    public int BlockCount { get; }

    public int KeywordCount { get; }

    public uint FirstNumber { get; }

    public int NameLength { get; }

    public long ImageLength { get; }

    public long ContentLength { get; }

    public long? SizeBytes => Flags.HasFlag(RegionFlags.HasSizeBytes) ? _sizeBytes : null;

    public double? FrequencyMin => Flags.HasFlag(RegionFlags.HasFrequencyMin) ? Unsafe.BitCast<ulong, double>(_frequencyMin) : null;

    public double? FrequencyMax => Flags.HasFlag(RegionFlags.HasFrequencyMax) ? Unsafe.BitCast<ulong, double>(_frequencyMax) : null;

    /// <summary>The sixteen bytes, read with the first as the most significant. Spec: FPR-1.</summary>
    public Digest128 Fingerprint { get; }

    public ulong SectionTableChecksum { get; }

    /// <summary>Whether this library knows every flag and reserved field that the file may use. Spec: CMP-2.</summary>
    public bool IsKnownMinor { get; }

    /// <summary>Reads and checks the header of the file that <paramref name="view"/> holds.</summary>
    /// <exception cref="LaminaFormatException">A rule of the specification's chapter "Header" is broken.</exception>
    public static RegionHeader Read(FileView view, Fault fault) => new(view, fault);

    /// <summary>Magic, version and length: what must be right before the checksum can be computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CheckStart(ReadOnlySpan<byte> start, long fileLength, Fault fault)
    {
        if (start.Length < Major || Read64(start, Magic) != MagicNumber)
            CheckMagic(start, fault);
        if (start.Length < VersionEnd)
            fault.Truncated(fileLength, RegionHeaderLayout.Length);
        ushort major = Read16(start, Major);
        ushort minor = Read16(start, Minor);
        if (major != SupportedMajor)
        {
            fault.Throw(FormatFault.UnsupportedVersion, Major, FormattableString.Invariant(
                $"The file has format version {major}.{minor}; this library reads version {SupportedMajor}. Update the library, or convert again."));
        }

        if (start.Length < RegionHeaderLayout.Length)
            fault.Truncated(fileLength, RegionHeaderLayout.Length);
        uint headerLength = Read32(start, RegionHeaderLayout.HeaderLength);
        bool allowed = minor <= KnownMinor
            ? headerLength == RegionHeaderLayout.Length
            : headerLength is >= RegionHeaderLayout.Length and <= MaxHeaderLength && headerLength % SectionEntryLayout.Alignment == 0;
        if (!allowed)
            fault.Damaged(FormatFault.HeaderField, RegionHeaderLayout.HeaderLength, "The header has a length that it cannot have.");
        if (headerLength > fileLength)
            fault.Truncated(fileLength, headerLength);
        return (int)headerLength;
    }

    // Apart: nothing of it is loaded where the magic is what it should be.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CheckMagic(ReadOnlySpan<byte> start, Fault fault)
    {
        ReadOnlySpan<byte> magic = RegionHeaderLayout.MagicBytes;
        int common = Math.Min(start.Length, magic.Length);
        if (start[..common].SequenceEqual(magic[..common]))
            return;
        if (start.Length >= 4 && (start[0] & 0x7F) == (magic[0] & 0x7F) && start[1..4].SequenceEqual(magic[1..4]))
        {
            fault.Throw(
                FormatFault.DamagedInTransfer, 0,
                "The file was changed in transfer: its line ends were rewritten, or its eighth bits dropped. Transfer it as binary.");
        }

        fault.Throw(FormatFault.NotARegion, 0, "This is not a Lamina region file. Name a file that 'lamina convert' wrote.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckChecksum(ReadOnlySpan<byte> bytes, Fault fault)
    {
        ulong computed;
        if (bytes.Length == RegionHeaderLayout.Length)
        {
            computed = Checksums.Part(bytes[..HeaderChecksum]);
        }
        else
        {
            Span<byte> covered = stackalloc byte[MaxHeaderLength];
            bytes[..HeaderChecksum].CopyTo(covered);
            bytes[RegionHeaderLayout.Length..].CopyTo(covered[HeaderChecksum..]);
            computed = Checksums.Part(covered[..(bytes.Length - sizeof(ulong))]);
        }

        if (Read64(bytes, HeaderChecksum) != computed)
            fault.Checksum(FormatFault.HeaderChecksum, 0, "the header");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckFileLength(ReadOnlySpan<byte> bytes, long actual, Fault fault)
    {
        ulong declared = Read64(bytes, RegionHeaderLayout.FileLength);
        if (declared > Limits.MaxFileLength)
            fault.Limit(RegionHeaderLayout.FileLength, "bytes", (long)Math.Min(declared, long.MaxValue), Limits.MaxFileLength);
        if (actual < (long)declared)
            fault.Truncated(actual, (long)declared);
        if (actual > (long)declared)
        {
            fault.Damaged(FormatFault.TrailingData, (long)declared, FormattableString.Invariant(
                $"The file has {actual} bytes and declares {declared}."));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadNameLength(ReadOnlySpan<byte> bytes, Fault fault)
    {
        uint length = Read32(bytes, RegionHeaderLayout.NameLength);
        if (Flags.HasFlag(RegionFlags.HasName) ? length is 0 or > Limits.MaxNameLength : length != 0)
            fault.Damaged(FormatFault.HeaderField, RegionHeaderLayout.NameLength, "The name's length contradicts the flags or its limit.");
        return (int)length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ReadSizeBytes(ReadOnlySpan<byte> bytes, Fault fault)
    {
        long size = ReadLength(bytes, RegionHeaderLayout.SizeBytes, "reserved bytes", fault);
        bool declared = Flags.HasFlag(RegionFlags.HasSizeBytes);
        if (declared ? size < ContentLength : size != 0)
            fault.Damaged(FormatFault.HeaderField, RegionHeaderLayout.SizeBytes, "The reserved size contradicts the flags or the content.");
        return size;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong ReadFrequency(ReadOnlySpan<byte> bytes, int offset, RegionFlags flag, Fault fault)
    {
        ulong bits = Read64(bytes, offset);
        bool declared = Flags.HasFlag(flag);
        if (declared ? bits >= BitsOfInfinity : bits != 0)
            fault.Damaged(FormatFault.HeaderField, offset, "A frequency contradicts the flags, or is not a frequency.");
        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckReserved(ReadOnlySpan<byte> bytes, Fault fault)
    {
        int at = Zeros.IndexOfOther(bytes[Reserved..RegionHeaderLayout.SectionTableChecksum]);
        if (IsKnownMinor && at >= 0)
            fault.Damaged(FormatFault.ReservedNotZero, Reserved + at, "A reserved byte of the header is not zero.");
    }

    /// <summary>Whether <paramref name="value"/> is finite and its sign bit is zero. Spec: GEN-2.</summary>
    public static bool IsFrequency(double value) => double.IsFinite(value) && !double.IsNegative(value);

    private static int ReadCount(ReadOnlySpan<byte> bytes, int offset, string what, int limit, Fault fault)
    {
        // Counts size the sections; unchecked, their products overflow.
        uint count = Read32(bytes, offset);
        if (count > (uint)limit)
            fault.Limit(offset, what, count, limit);
        return (int)count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ReadLength(ReadOnlySpan<byte> bytes, int offset, string what, Fault fault)
    {
        ulong length = Read64(bytes, offset);
        if (length > Limits.MaxFileLength)
            fault.Limit(offset, what, (long)Math.Min(length, long.MaxValue), Limits.MaxFileLength);
        return (long)length;
    }
}
