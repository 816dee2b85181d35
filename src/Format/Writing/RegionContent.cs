using System.Collections.Concurrent;
using Lamina.Format.Codec;
using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>
/// A region's content section and block table while blocks are appended. One caller at a time. Spec: chapter "Blocks".
/// </summary>
/// <param name="file">The region's file, empty so far.</param>
/// <param name="alignment">The content alignment.</param>
/// <param name="dictionary">What the region's blocks may refer to; empty if nothing.</param>
internal sealed class RegionContent(RegionFile file, int alignment, ReadOnlyMemory<byte> dictionary) : IDisposable
{
    private readonly PooledList<BlockEntry> _blocks = new();
    private readonly ConcurrentBag<DictionaryEncoder> _encoders = [];
    private readonly byte[] _dictionarySection = DictionarySection.Encode(dictionary.Span);

    public RegionFile File { get; } = file;

    public int Alignment { get; } = alignment;

    /// <summary>What the blocks may refer to; empty if nothing. Spec: DIC-1.</summary>
    public ReadOnlyMemory<byte> Dictionary { get; } = dictionary;

    /// <summary>Whether a block refers to the dictionary. Spec: DIC-2.</summary>
    public bool UsesDictionary { get; private set; }

    /// <summary>The dictionary as it is stored. Spec: DIC-3, DIC-4.</summary>
    public ReadOnlySpan<byte> StoredDictionary => _dictionarySection;

    /// <summary>Where the content section begins. Spec: SEC-4.</summary>
    public long Start =>
        Align(DictionaryStart + _dictionarySection.Length, Math.Max(SectionEntryLayout.Alignment, Alignment));

    /// <summary>Where the dictionary section begins.</summary>
    public static long DictionaryStart => Align(SectionTableEnd, SectionEntryLayout.Alignment);

    /// <summary>Where the section table ends.</summary>
    public static int SectionTableEnd => RegionHeaderLayout.Length + RegionWriter.SectionCount * SectionEntryLayout.Size;

    public ReadOnlySpan<BlockEntry> Blocks => _blocks.Span;

    public long StoredLength { get; private set; }

    /// <summary>Appends an encoded block. Blocks come in the order of the image.</summary>
    public void Append(BlockJob job)
    {
        if (_blocks.Count == 0)
            Begin();
        else if (job.Codec == BlockCodec.Stored)
            File.PadTo(Align(File.Length, Alignment));    // BLK-1

        _blocks.Add(new BlockEntry
        {
            Offset = File.Length,
            ImageOffset = job.ImageOffset,
            StoredLength = (uint)job.Stored.Length,
            DecodedLength = (uint)job.Content.Length,
            Checksum = job.Checksum,
            Codec = (uint)job.Codec,
            FirstLayer = (uint)job.FirstLayer,
        });
        File.Append(job.Stored.Span);
        StoredLength += job.Stored.Length;
        UsesDictionary |= job.Codec == BlockCodec.Lz4WithDictionary;
    }

    /// <summary>Writes what stands before the first block.</summary>
    public void Begin()
    {
        File.PadTo(DictionaryStart);
        File.Append(_dictionarySection);
        File.PadTo(Start);
    }

    /// <summary>Forgets the block table and gives its memory back, once the region is complete.</summary>
    public void ForgetBlocks() => _blocks.Dispose();

    /// <summary>Takes back what <see cref="ForgetBlocks"/> forgot.</summary>
    /// <param name="finished">The tables in the region's file.</param>
    /// <exception cref="IOException">The file could not be read, or somebody has changed it.</exception>
    public void RestoreBlocks(FinishedTables finished) => _blocks.AddRange(finished.Read<BlockEntry>(SectionKind.Blocks));

    /// <summary>Forgets the last block.</summary>
    public void RemoveLast()
    {
        StoredLength -= _blocks[_blocks.Count - 1].StoredLength;
        _blocks.Truncate(_blocks.Count - 1);
    }

    /// <summary>Cuts off what stands in the file behind the last block, so that further ones can be appended.</summary>
    public void Reopen() =>
        File.Truncate(_blocks.Count == 0 ? 0 : _blocks[_blocks.Count - 1].Offset + _blocks[_blocks.Count - 1].StoredLength);

    /// <summary>Encodes a content with the dictionary. Thread-safe.</summary>
    /// <returns>Bytes written to <paramref name="target"/>.</returns>
    public int EncodeWithDictionary(ReadOnlySpan<byte> content, Span<byte> target)
    {
        if (!_encoders.TryTake(out DictionaryEncoder? encoder))
            encoder = new DictionaryEncoder(Dictionary.Span);
        int length = encoder.Encode(content, target);
        _encoders.Add(encoder);
        return length;
    }

    public void Dispose() => _blocks.Dispose();

    /// <summary>GEN-6.</summary>
    public static long Align(long value, int alignment) => (value + alignment - 1) & -(long)alignment;
}
