using System.Runtime.InteropServices;

namespace Lamina.Format.Layout;

/// <summary>An entry of the block table, in place. Spec: chapter "Blocks".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = EntrySize)]
internal readonly struct BlockEntry
{
    public const int EntrySize = 40;

    public required long Offset { get; init; }           // BLK-1: of the stored bytes, from the start of the file
    public required long ImageOffset { get; init; }      // BLK-2: of the decoded bytes, in the image
    public required uint StoredLength { get; init; }     // BLK-3
    public required uint DecodedLength { get; init; }    // BLK-4
    public required ulong Checksum { get; init; }        // BLK-6: XXH3-64 of the stored bytes
    public required uint Codec { get; init; }            // BLK-7
    public required uint FirstLayer { get; init; }       // BLK-5: index of the first layer with content in it
}
