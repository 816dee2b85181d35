using System.Runtime.InteropServices;

namespace Lamina.Protection;

/// <summary>Slots beyond a record's own; as many as <see cref="Count"/> says follow it in memory.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct SlotChunk
{
    /// <summary>Bytes before the first slot.</summary>
    public const int Size = 32;

    /// <summary>The chunk that was there before.</summary>
    public SlotChunk* Next;

    /// <summary>Slots in this chunk.</summary>
    public int Count;
}
