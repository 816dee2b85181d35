using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Caching;
using Lamina.Format;
using Lamina.Format.Layout;
using Lamina.Format.Publishing;
using Lamina.Format.Reading;
using Lamina.Memory;
using Lamina.Protection;
using Lamina.Statistics;

namespace Lamina.Mapping;

/// <summary>
/// A region file in memory and the state of its blocks. What it holds is freed through <see cref="Retirement"/> alone, so
/// whoever has published its token, or that of one of its cells, and then found it live, may read it.
/// </summary>
internal sealed unsafe class MmapRegion : IRetirable
{
    private int _retired;
    private int _verified;
    private nint _dictionary;

    private readonly object _dictionaryGate = new();
    private readonly BlockCache _cache;
    private readonly MappedFile? _file;
    private readonly NativePages? _copy;
    private readonly NativePages? _image;

    private MmapRegion(
        Region format, ManifestEntry entry, MappedFile? file, NativePages? copy, NativePages? image, bool countAccesses, BlockCache cache)
    {
        Format = format;
        Entry = entry;
        _file = file;
        _copy = copy;
        _image = image;
        _cache = cache;

        // SAFETY: the counters, if any, the head and a cell a block, all zeroed; freed by FreeTables. Aligned, so that no cell is on two
        // cache lines.
        AccessCounts* counts = countAccesses ? AccessCounts.Allocate(format.LayerCount, format.IsDense) : null;
        nuint bytes = (nuint)HeadBytes;
        try
        {
            Head = (RegionHead*)NativeMemory.AlignedAlloc(bytes, RegionHead.Size);
        }
        catch
        {
            NativeMemory.Free(counts);
            throw;
        }

        NativeMemory.Clear(Head, bytes);
        Cells = RegionHead.Cells(Head);

        // SAFETY: native memory, which does not move.
        Head->Locations = (LayerLocation*)format.PointerTo(SectionKind.Locations);
        Head->First = LayerId.Pack(format.Dimension.Value, format.FirstNumber);
        Head->DenseCount = format.IsDense && counts is null ? (uint)format.LayerCount : 0;
        Head->ListedCount = (uint)format.Numbers.Length;
        Head->Numbers = (uint*)format.PointerTo(SectionKind.Numbers);
        Head->BlockCount = (uint)format.BlockCount;
        Head->Owner = GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.Weak));
        Head->Counts = counts;
        cache.CountTables(TableBytes);
        if (image is not null)
            Head->ImageBase = (nint)image.Start;
    }

    /// <summary>The file, checked.</summary>
    public Region Format { get; }

    /// <summary>What the manifest said of it when it was loaded.</summary>
    public ManifestEntry Entry { get; }

    /// <summary>Whether it stands in for a region file that is missing.</summary>
    public bool IsStandIn { get; private init; }

    /// <summary>What the fast paths need of the region.</summary>
    public RegionHead* Head { get; }

    /// <summary>The state of the blocks, by index.</summary>
    public Cell* Cells { get; }

    /// <summary>The token that protects everything of the region.</summary>
    public nint Token => (nint)Head;

    /// <summary>Whether the region has been taken out of use. Checked after its token was published.</summary>
    public bool IsRetired => Volatile.Read(ref _retired) != 0;

    /// <summary>Bytes mapped, not charged.</summary>
    public long MappedBytes => _file is null ? 0 : Format.FileLength;

    /// <summary>Bytes charged for the file's copy.</summary>
    public long CopiedBytes => _copy?.Length ?? 0;

    /// <summary>Bytes charged for the decoded image.</summary>
    public long EagerBytes => _image?.Length ?? 0;

    /// <summary>Bytes of the head, the cells and the counters of reads.</summary>
    private long TableBytes => HeadBytes + (CountsAccesses ? AccessCounts.SizeFor(Format.LayerCount) : 0);

    /// <summary>Whether reads are counted.</summary>
    private bool CountsAccesses => Head->Counts is not null;

    private long HeadBytes => RegionHead.Size + ((long)Format.BlockCount * sizeof(Cell));

    /// <summary>Brings a region file into memory and checks it; with <see cref="LoadMode.Eager"/> its contents too.</summary>
    /// <exception cref="LaminaFormatException">The file is missing, damaged, or not the one of the manifest.</exception>
    /// <exception cref="MemoryException">The budget has no room for it, or the system refused.</exception>
    public static MmapRegion Load(string folder, ManifestEntry entry, bool isStandIn, MemoryConfig config, BlockCache cache)
    {
        string path = Path.Combine(folder, entry.File);
        MappedFile? file = null;
        NativePages? copy = null;
        NativePages? image = null;
        MmapRegion? region = null;
        try
        {
            FileView view;
            if (config.OpenMode == OpenMode.Copy)
            {
                copy = FileCopy.Read(path, entry.Dimension, cache, out long length);
                view = new FileView(copy.Start, length);
            }
            else
            {
                file = new MappedFile(path);
                view = file.View;
                if (view.Length > 0)
                    SystemHints.Expect(view.PointerTo(0), view.Length, config.AccessPattern);
                if (config.LoadMode == LoadMode.Eager && view.Length > 0)
                    SystemHints.WillNeed(view.PointerTo(0), view.Length);
            }

            TestHooks.At(HookPoint.FileInMemory);
            Region format = Region.Open(view, path);
            format.CheckIs(entry);
            if (config.LoadMode == LoadMode.Eager && !(format.IsImage && copy is not null))
                image = Decode(format, cache);
            region = new MmapRegion(format, entry, file, copy, image, config.CountAccesses, cache) { IsStandIn = isStandIn };
            TestHooks.At(HookPoint.RegionMade);
            if (config.LoadMode == LoadMode.Eager && image is null)
                region.VerifyAll();
            cache.RegionLoaded(region);
            return region;
        }
        catch (Exception exception)
        {
            region?.FreeTables();
            image?.Free();
            copy?.Free();
            file?.Dispose();
            if (Translate(exception, path, entry) is { } said)
                throw said;
            throw;
        }
    }

    /// <summary>The region of a head that the caller protects; null for none.</summary>
    public static MmapRegion? Of(RegionHead* head) => head is null ? null : (MmapRegion?)GCHandle.FromIntPtr(head->Owner).Target;

    /// <summary>Asks the system to read a mapped file ahead. The caller protects the region.</summary>
    /// <returns>Whether it does; false if the file is in memory already.</returns>
    public bool Prefetch() => _file is not null && SystemHints.WillNeed(Format.View.PointerTo(0), Format.FileLength);

    /// <summary>Makes the region impossible to use for readers that come from now on.</summary>
    public void MarkRetired()
    {
        Volatile.Write(ref _retired, 1);
        Volatile.Write(ref Head->DenseCount, 0);
        Volatile.Write(ref Head->ListedCount, 0);
        if (Head->Counts is not null)
            Volatile.Write(ref Head->Counts->DenseCount, 0);
    }

    /// <summary>Counts a read of the layer at <paramref name="index"/>, if somebody counts. The caller protects the region.</summary>
    public void CountAccess(int index)
    {
        if (Head->Counts is not null)
            AccessCounts.Add(Head->Counts, (uint)index);
    }

    /// <summary>How often a layer was read; zero if nobody counts. The caller protects the region.</summary>
    public long AccessesOf(int index) => Head->Counts is null ? 0 : AccessCounts.Of(Head->Counts, (uint)index);

    /// <summary>How often all layers were read; zero if nobody counts. The caller protects the region.</summary>
    public long SumAccesses() => Head->Counts is null ? 0 : AccessCounts.Sum(Head->Counts);

    /// <summary>
    /// Makes a block readable: verifies it and, if need be, decodes it into the pool. The caller has published the block's
    /// cell, so what is answered stays.
    /// </summary>
    /// <returns>The cell's address, or that of the whole image; zero if the region was retired meanwhile.</returns>
    /// <exception cref="LaminaFormatException">The block is damaged.</exception>
    /// <exception cref="MemoryException">The budget has no room for it, and nothing more could be evicted.</exception>
    public nint Materialize(uint block)
    {
        // Whoever came by the slow path, since the region had to be loaded, finds all of it there.
        nint image = Volatile.Read(ref Head->ImageBase);
        if (image != 0)
            return image;

        Cell* cell = Cells + block;
        lock (_cache.LockOf((nint)cell))
        {
            nint address = Volatile.Read(ref cell->Base);
            if (address != 0)
                return address;

            _cache.CountMiss();

            // SAFETY: opening checked that layers name blocks of the table alone; the caller protects the region.
            BlockEntry entry = ((BlockEntry*)Format.PointerTo(SectionKind.Blocks))[block];
            if (entry.Codec != (uint)BlockCodec.Stored)
                return _cache.Decode(this, (int)block, entry);

            Format.CheckBlock((int)block);
            address = BaseOf((nint)Format.View.PointerTo(entry.Offset), entry.ImageOffset);
            Volatile.Write(ref cell->Base, address);
            if (Interlocked.Increment(ref _verified) == Format.BlockCount && Format.IsImage)
                PublishImage();
            return address;
        }
    }

    /// <summary>
    /// The dictionary, decoded when the first block needs it and kept for as long as the region. The caller protects the region,
    /// and the span lasts as long as that does.
    /// </summary>
    /// <exception cref="LaminaFormatException">The dictionary is damaged; every call says so again.</exception>
    /// <exception cref="MemoryException">The budget has no room for it, and nothing more could be evicted.</exception>
    public ReadOnlySpan<byte> GetDictionary()
    {
        nint dictionary = Volatile.Read(ref _dictionary);
        if (dictionary == 0)
        {
            lock (_dictionaryGate)
            {
                dictionary = _dictionary;
                if (dictionary == 0)
                {
                    dictionary = _cache.DecodeDictionary(Format);
                    Volatile.Write(ref _dictionary, dictionary);
                }
            }
        }

        // SAFETY: as many bytes were taken and decoded; freed with the region, which the caller protects.
        return new ReadOnlySpan<byte>((void*)dictionary, Format.DictionaryLength);
    }

    /// <summary>What a cell holds for a block whose content is at <paramref name="address"/>.</summary>
    public static nint BaseOf(nint address, long imageOffset)
    {
        // Zero means that there is no block. It takes a block whose place in the image is its address in memory.
        nint value = (nint)(address - imageOffset);
        return value != 0 ? value : throw new InvalidOperationException("A block's address cannot be told from an empty cell.");
    }

    /// <summary>Frees everything, what can be freed even if something cannot. Called by <see cref="Retirement"/>.</summary>
    void IRetirable.Free(nint address)
    {
        try
        {
            TestHooks.At(HookPoint.RegionFreeing);
            _file?.Dispose();
        }
        finally
        {
            _cache.RegionFreed(this);
            FreeTables();
            if (_dictionary != 0)
                _cache.Return(_dictionary);
            _image?.Free();
            _copy?.Free();
        }
    }

    void IRetirable.FreeFailed(Exception exception) => _cache.ReleaseFailed(exception);

    /// <summary>Whether the region is one of <paramref name="cache"/>.</summary>
    public bool IsOf(BlockCache cache) => _cache == cache;

    /// <summary>What to retire for this region: its token and those of all its cells protect it.</summary>
    public Retired ToRetired() => new(this, 0, Token, (nint)(Cells + Format.BlockCount));

    private void FreeTables()
    {
        GCHandle.FromIntPtr(Head->Owner).Free();

        // The tables themselves say how large they are.
        _cache.CountTables(-TableBytes);
        NativeMemory.Free(Head->Counts);
        TestHooks.Overwrite(Head, HeadBytes);
        NativeMemory.AlignedFree(Head);
    }

    private void VerifyAll()
    {
        for (int i = 0; i < Format.BlockCount; i++)
            Format.CheckBlock(i);
        PublishImage();
    }

    // Every block is stored and verified: from now on the content section is the image. Spec: BLK-10.
    private void PublishImage() => Volatile.Write(ref Head->ImageBase, (nint)Format.View.PointerTo(Format.ContentOffset));

    private static NativePages Decode(Region format, BlockCache cache)
    {
        long reserved = Math.Max(format.SizeBytes ?? 0, format.ImageLength);
        NativePages image = cache.TakePages(reserved)
            ?? throw cache.LimitExceeded(format.Dimension, reserved, "its eager reservation");

        // Needed until every block is decoded and no longer, so it is not charged.
        byte[] rented = ArrayPool<byte>.Shared.Rent(format.DictionaryLength);
        try
        {
            image.PreferLargePages();
            Span<byte> dictionary = rented.AsSpan(0, format.DictionaryLength);
            format.DecodeDictionary(dictionary);
            long end = 0;
            for (int i = 0; i < format.BlockCount; i++)
            {
                ref readonly BlockEntry block = ref format.Blocks[i];

                // SAFETY: image offsets are ascending and end at the image's length, as opening checked; the gap is padding.
                new Span<byte>(image.Start + end, (int)(block.ImageOffset - end)).Clear();
                format.DecodeBlock(i, new Span<byte>(image.Start + block.ImageOffset, (int)block.DecodedLength), dictionary);
                end = block.ImageOffset + block.DecodedLength;
            }

            return image;
        }
        catch
        {
            image.Free();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // Apart: nothing of it is loaded where nothing fails.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Exception? Translate(Exception exception, string path, ManifestEntry entry) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => Missing(path, entry),
        (IOException and not LaminaFormatException) or UnauthorizedAccessException or OutOfMemoryException => new MemoryException(
            MemoryError.SystemError, $"{entry.Dimension} could not be loaded: {exception.Message}", entry.Dimension, inner: exception),
        _ => null,
    };

    private static LaminaFormatException Missing(string path, ManifestEntry entry) => new(
        FormatFault.RegionMissing,
        $"The region file of {entry.Dimension} is not there, though the manifest names it. Copy the whole folder, or convert the data set again.",
        -1,
        path);
}
