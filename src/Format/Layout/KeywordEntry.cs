using System.Runtime.InteropServices;

namespace Lamina.Format.Layout;

/// <summary>An entry of the keyword table, in place; each ends where the next begins. Spec: chapter "Keywords".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = EntrySize)]
internal readonly struct KeywordEntry
{
    public const int EntrySize = 8;

    public required uint StringOffset { get; init; }     // KEY-2: in the strings section
    public required uint PostingStart { get; init; }     // KEY-3: index in the postings section
}
