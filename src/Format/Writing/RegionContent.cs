using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>
/// A region's content section and block table while blocks are appended. One caller at a time. Spec: chapter "Blocks".
/// </summary>
/// <param name="file">The region's file, empty so far.</param>
/// <param name="alignment">The content alignment.</param>
internal sealed class RegionContent(RegionFile file, int alignment) : IDisposable
{
    private readonly PooledList<BlockEntry> _blocks = new();

    public RegionFile File { get; } = file;

    public int Alignment { get; } = alignment;

    /// <summary>Where the content section begins. Spec: SEC-4, after a dictionary section that is empty.</summary>
    public long Start { get; } = Align(
        Align(SectionTableEnd, SectionEntryLayout.Alignment), Math.Max(SectionEntryLayout.Alignment, alignment));

    /// <summary>Where the section table ends.</summary>
    public static int SectionTableEnd => RegionHeaderLayout.Length + RegionWriter.SectionCount * SectionEntryLayout.Size;

    public ReadOnlySpan<BlockEntry> Blocks => _blocks.Span;

    public long StoredLength { get; private set; }

    /// <summary>Appends an encoded block. Blocks come in the order of the image.</summary>
    public void Append(BlockJob job)
    {
        if (_blocks.Count == 0)
            File.PadTo(Start);
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
    }

    public void Dispose() => _blocks.Dispose();

    /// <summary>GEN-6.</summary>
    public static long Align(long value, int alignment) => (value + alignment - 1) & -(long)alignment;
}
