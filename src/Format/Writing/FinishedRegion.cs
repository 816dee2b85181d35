using Lamina.Format.Publishing;

namespace Lamina.Format.Writing;

/// <summary>A region file that is complete and stands under a temporary name.</summary>
/// <param name="File">The file, to be flushed.</param>
/// <param name="Entry">What the manifest is to say of it.</param>
/// <param name="Start">Its header and section table, which stand for the whole file. Spec: CHK-5.</param>
/// <param name="StoredLength">Bytes of its blocks as they are stored.</param>
/// <param name="ContentLength">Bytes of its contents.</param>
internal sealed record FinishedRegion(
    RegionFile File, ManifestEntry Entry, ReadOnlyMemory<byte> Start, long StoredLength, long ContentLength)
{
    /// <summary>Where the file stands.</summary>
    public string Path => File.Path;
}
