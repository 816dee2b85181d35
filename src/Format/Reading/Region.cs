using System.Runtime.CompilerServices;
using Lamina.Format.Codec;
using Lamina.Format.Layout;
using Lamina.Format.Publishing;

namespace Lamina.Format.Reading;

/// <summary>
/// A region file, checked and used in place: nothing is parsed or copied. Opening checks what reading contents relies on
/// (header, section table, dictionary, blocks, numbers, locations); descriptions are checked when they are first asked for,
/// and a block when it is decoded or <see cref="CheckBlock"/> is called.
/// </summary>
/// <remarks>Immutable and safe to share between threads, as long as the memory under its <see cref="FileView"/> is there.</remarks>
internal sealed class Region
{
    private readonly RegionHeader _header;
    private readonly SectionTable _sections;
    private readonly Fault _fault;
    private readonly Section _blocks;
    private readonly Section _numbers;
    private readonly Section _locations;
    private volatile RegionDescriptions? _descriptions;
    private volatile byte[]? _dictionary;

    private Region(FileView view, string? file)
    {
        if (!IsLittleEndian())
            throw new PlatformNotSupportedException("Region files are used in place, which takes a little-endian processor.");

        View = view;
        File = file;
        _fault = new Fault(file);
        _header = RegionHeader.Read(view, _fault);
        _sections = SectionTable.Read(view, _header, _fault);
        _blocks = _sections[SectionKind.Blocks];
        _numbers = _sections[SectionKind.Numbers];
        _locations = _sections[SectionKind.Locations];
        SectionTable.CheckBytes(view, _sections[SectionKind.Dictionary], _fault);
        DictionaryLength = ReadDictionaryLength();
        SectionTable.CheckBytes(view, _blocks, _fault);
        SectionTable.CheckBytes(view, _numbers, _fault);
        SectionTable.CheckBytes(view, _locations, _fault);
        IsImage = ContentTables.Check(this, _fault);
    }

    /// <summary>What errors call the file.</summary>
    public string? File { get; }

    public FileView View { get; }

    public DimensionId Dimension => _header.Dimension;

    public RegionFlags Flags => _header.Flags;

    public int LayerCount => _header.LayerCount;

    public int BlockCount => _header.BlockCount;

    public int KeywordCount => _header.KeywordCount;

    /// <summary>Bytes that a block of several layers has at most.</summary>
    public int BlockSize => _header.BlockSize;

    /// <summary>Bytes that each content is aligned to in the image.</summary>
    public int ContentAlignment => _header.ContentAlignment;

    public long FileLength => _header.FileLength;

    /// <summary>Bytes of the image: what all blocks decode to. Spec: HDR-17.</summary>
    public long ImageLength => _header.ImageLength;

    /// <summary>Bytes of all layers' contents. Spec: HDR-18.</summary>
    public long ContentLength => _header.ContentLength;

    /// <summary>Where the content section begins in the file.</summary>
    public long ContentOffset => ContentSection.Offset;

    public long? SizeBytes => _header.SizeBytes;

    public double? FrequencyMin => _header.FrequencyMin;

    public double? FrequencyMax => _header.FrequencyMax;

    /// <summary>The schema's fingerprint, its first byte the most significant. Spec: FPR-1.</summary>
    public Digest128 Fingerprint => _header.Fingerprint;

    /// <summary>What the manifest knows the file by. Spec: CHK-5.</summary>
    public Digest128 Digest => _sections.Digest;

    public uint FirstNumber => _header.FirstNumber;

    /// <summary>Whether the layers' numbers are consecutive. Spec: NUM-1.</summary>
    public bool IsDense => _numbers.Length == 0;

    /// <summary>Whether every block is stored, so that the content section is the image. Spec: BLK-10.</summary>
    public bool IsImage { get; }

    public ReadOnlySpan<BlockEntry> Blocks => Table<BlockEntry>(_blocks);

    public ReadOnlySpan<LayerLocation> Locations => Table<LayerLocation>(_locations);

    /// <summary>The layers' numbers; empty if they are consecutive.</summary>
    // SAFETY: as for every table below.
    public unsafe ReadOnlySpan<uint> Numbers =>
        new(View.PointerTo(_numbers.Offset), Bytes(_numbers).Length / sizeof(uint));

    /// <summary>Bytes of the dictionary, decoded; zero without one. Spec: DIC-3.</summary>
    public int DictionaryLength { get; }

    /// <summary>The dictionary, decoded at first use into memory of the region's own; empty without one.</summary>
    /// <exception cref="LaminaFormatException">It is damaged; every use says so again.</exception>
    public ReadOnlySpan<byte> Dictionary => _dictionary ??= DecodeDictionary();

    /// <summary>Layers, keywords, names and strings; checked at first use.</summary>
    /// <exception cref="LaminaFormatException">They break a rule; every use says so again.</exception>
    public RegionDescriptions Descriptions => _descriptions ??= RegionDescriptions.Read(this, _header, _fault);

    internal Section ContentSection => _sections[SectionKind.Content];

    internal SectionTable Sections => _sections;

    internal RegionHeader Header => _header;

    /// <summary>Checks the file that <paramref name="view"/> holds, but for its contents and descriptions.</summary>
    /// <param name="view">The whole file.</param>
    /// <param name="file">What errors call it.</param>
    /// <exception cref="LaminaFormatException">The file breaks a rule of the specification.</exception>
    public static Region Open(FileView view, string? file) => new(view, file);

    /// <summary>Checks that this is the file that a manifest names. Spec: MAN-6.</summary>
    /// <exception cref="LaminaFormatException">It is another one.</exception>
    public void CheckIs(ManifestEntry entry)
    {
        string? difference =
            FileLength != entry.Length ? "length"
            : Digest != entry.Digest128 ? "digest"
            : Dimension != entry.Dimension ? "dimension"
            : LayerCount != entry.LayerCount ? "number of layers"
            : Flags.HasFlag(RegionFlags.Simulated) != entry.Simulated ? "mark of simulation"
            : null;
        if (difference is not null)
        {
            _fault.Throw(
                FormatFault.RegionMismatch, -1,
                $"The file is whole and has another {difference} than the manifest says. Convert the data set again.");
        }
    }

    /// <summary>The index of the layer with <paramref name="number"/>, or -1.</summary>
    public int IndexOf(uint number)
    {
        if (IsDense)
        {
            uint index = unchecked(number - FirstNumber);
            return number >= FirstNumber && index < (uint)LayerCount ? (int)index : -1;
        }

        int found = Numbers.BinarySearch(number);
        return found >= 0 ? found : -1;
    }

    /// <summary>The number of the layer with <paramref name="index"/>.</summary>
    public uint NumberOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, LayerCount);
        return IsDense ? FirstNumber + (uint)index : Numbers[index];
    }

    /// <summary>A block's bytes as they are stored; not checked.</summary>
    public ReadOnlySpan<byte> StoredBytes(int block)
    {
        ref readonly BlockEntry entry = ref Blocks[block];
        return View.Slice(entry.Offset, (int)entry.StoredLength);
    }

    /// <summary>Checks a block's stored bytes against their checksum. Spec: BLK-6.</summary>
    /// <exception cref="LaminaFormatException">They do not match.</exception>
    public void CheckBlock(int block)
    {
        ref readonly BlockEntry entry = ref Blocks[block];
        if (Checksums.Part(StoredBytes(block)) != entry.Checksum)
            _fault.Checksum(FormatFault.BlockChecksum, entry.Offset, FormattableString.Invariant($"block {block}"));
    }

    /// <summary>Decodes the dictionary into <paramref name="target"/>.</summary>
    /// <param name="target">As long as <see cref="DictionaryLength"/>.</param>
    /// <exception cref="LaminaFormatException">It is damaged; the target holds nothing of use.</exception>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another length.</exception>
    public void DecodeDictionary(Span<byte> target)
    {
        if (target.Length != DictionaryLength)
            throw new ArgumentException("The target is not as long as the dictionary.", nameof(target));

        Section section = _sections[SectionKind.Dictionary];
        if (target.Length > 0 && !DictionarySection.TryDecode(Bytes(section), target))
        {
            _fault.Damaged(
                FormatFault.BlockEncoding, section.Offset + DictionaryLayout.Stored,
                FormattableString.Invariant($"The dictionary does not decode to exactly {target.Length} bytes."));
        }
    }

    /// <summary>Checks a block and decodes it into <paramref name="target"/>, with the region's own copy of the dictionary.</summary>
    /// <param name="block">The block's index.</param>
    /// <param name="target">As long as the block's decoded length.</param>
    /// <exception cref="LaminaFormatException">The block or the dictionary is damaged; the target holds nothing of use.</exception>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another length.</exception>
    public void DecodeBlock(int block, Span<byte> target) => DecodeBlock(block, target, UsesDictionary(block) ? Dictionary : default);

    /// <summary>Checks a block and decodes it into <paramref name="target"/>.</summary>
    /// <param name="block">The block's index.</param>
    /// <param name="target">As long as the block's decoded length.</param>
    /// <param name="dictionary">The dictionary, decoded, for a block that may refer to it; else of no account.</param>
    /// <exception cref="LaminaFormatException">The block is damaged; the target holds nothing of use.</exception>
    /// <exception cref="ArgumentException"><paramref name="target"/> has another length.</exception>
    public void DecodeBlock(int block, Span<byte> target, ReadOnlySpan<byte> dictionary)
    {
        ref readonly BlockEntry entry = ref Blocks[block];
        if (target.Length != entry.DecodedLength)
            throw new ArgumentException("The target is not as long as the block.", nameof(target));

        CheckBlock(block);
        if (!BlockDecoder.TryDecode((BlockCodec)entry.Codec, StoredBytes(block), dictionary, target))
            ThrowBlockEncoding(block, entry.Offset);
    }

    /// <summary>Whether a block may refer to the dictionary. Spec: BLK-7.</summary>
    public bool UsesDictionary(int block) => Blocks[block].Codec == (uint)BlockCodec.Lz4WithDictionary;

    /// <summary>Says that a block is not what its codec allows.</summary>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    internal void ThrowBlockEncoding(int block, long offset) =>
        _fault.Damaged(FormatFault.BlockEncoding, offset, FormattableString.Invariant(
            $"Block {block} does not decode to exactly {Blocks[block].DecodedLength} bytes."));

    private byte[] DecodeDictionary()
    {
        byte[] dictionary = DictionaryLength == 0 ? [] : GC.AllocateUninitializedArray<byte>(DictionaryLength);
        DecodeDictionary(dictionary);
        return dictionary;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadDictionaryLength()
    {
        Section section = _sections[SectionKind.Dictionary];
        if (section.Length == 0)
            return 0;

        uint length = LittleEndian.Read32(Bytes(section), DictionaryLayout.DecodedLength);
        if (length is 0 or > Limits.MaxDictionaryLength)
            _fault.Limit(section.Offset + DictionaryLayout.DecodedLength, "bytes of dictionary", length, Limits.MaxDictionaryLength);
        long stored = section.Length - DictionaryLayout.Stored;
        if (stored > length || length > stored * Limits.MaxCompressionRatio)
        {
            _fault.Damaged(
                FormatFault.BlockTable, section.Offset + DictionaryLayout.DecodedLength,
                "The dictionary has a decoded length that its stored bytes cannot decode to.");
        }

        return (int)length;
    }

    /// <summary>Where a section begins in memory.</summary>
    internal unsafe byte* PointerTo(SectionKind kind) => View.PointerTo(_sections[kind].Offset);

    internal ReadOnlySpan<byte> Bytes(Section section) => View.Slice(section.Offset, (int)section.Length);

    private static unsafe bool IsLittleEndian()
    {
        // SAFETY: the first byte of a local number.
        ushort one = 1;
        return *(byte*)&one == 1;
    }

    // The section's length was checked against the count when the section table was read.
    internal unsafe ReadOnlySpan<T> Table<T>(Section section)
        where T : unmanaged
    {
        // SAFETY: the bytes, which lie in the view, are those of whole entries. A span of anything is a place and a count; what makes one
        // of a structure of ours cannot be compiled ahead, so it is made as one of bytes.
        int count = Bytes(section).Length / sizeof(T);
        ReadOnlySpan<byte> table = new(View.PointerTo(section.Offset), count);
        return Unsafe.As<ReadOnlySpan<byte>, ReadOnlySpan<T>>(ref table);
    }
}
