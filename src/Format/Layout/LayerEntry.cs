using System.Runtime.InteropServices;

namespace Lamina.Format.Layout;

/// <summary>What describes a layer, in place. Spec: chapter "Layers".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = EntrySize)]
internal readonly struct LayerEntry
{
    public const int EntrySize = 32;

    /// <summary>LAY-2: the parent of a layer without one.</summary>
    public const uint NoParent = uint.MaxValue;

    public required double Frequency { get; init; }      // LAY-1
    public required uint Parent { get; init; }           // LAY-2: index of the parent layer
    public required uint NameOffset { get; init; }       // LAY-3: in the strings section
    public required ushort NameLength { get; init; }     // LAY-3
    public required ushort Depth { get; init; }          // LAY-4
    public required ushort Flags { get; init; }          // LAY-5
    public required ushort KeywordCount { get; init; }   // LAY-6
    public required uint KeywordStart { get; init; }     // LAY-6: index in the layer keywords section
    public uint Reserved { get; init; }                  // GEN-5
}
