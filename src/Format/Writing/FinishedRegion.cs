using Lamina.Format.Publishing;

namespace Lamina.Format.Writing;

/// <summary>A region file that is complete and stands under a temporary name.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Entry">What the manifest is to say of it.</param>
/// <param name="Start">Its header and section table, which stand for the whole file. Spec: CHK-5.</param>
/// <param name="StoredLength">Bytes of its blocks as they are stored.</param>
/// <param name="ContentLength">Bytes of its contents.</param>
internal sealed record FinishedRegion(
    string Path, ManifestEntry Entry, ReadOnlyMemory<byte> Start, long StoredLength, long ContentLength)
{
    /// <summary>Whether the file is on the disk as it is now.</summary>
    public bool IsFlushed { get; init; }
}
