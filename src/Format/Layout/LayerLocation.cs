using System.Runtime.InteropServices;

namespace Lamina.Format.Layout;

/// <summary>Where a layer's content is, in place. Spec: chapter "Locations".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = EntrySize)]
internal readonly struct LayerLocation
{
    public const int EntrySize = 16;

    /// <summary>LOC-3: the block of a layer without content.</summary>
    public const uint NoBlock = uint.MaxValue;

    public required long ImageOffset { get; init; }      // LOC-1
    public required uint Length { get; init; }           // LOC-2
    public required uint Block { get; init; }            // LOC-3
}
