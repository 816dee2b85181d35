using System.Runtime.InteropServices;

namespace Lamina.Protection;

/// <summary>
/// All hazards of one thread, on two cache lines of its own. Records are native memory that is used again when its thread has
/// ended and never freed, so that a reclaimer may look at any record at any time.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct ReaderRecord
{
    /// <summary>Two cache lines: processors fetch lines in pairs.</summary>
    public const int Size = 128;

    /// <summary>Slots that every thread has.</summary>
    public const int InlineSlots = 2;

    /// <summary>The slot that is free if it has no token; most reads use it.</summary>
    public Slot First;

    /// <summary>The second slot, and the first one of the list.</summary>
    public Slot Second;

    /// <summary>The thread's free slots, but for the first.</summary>
    public Slot* Free;

    /// <summary>The next record of the process; set before the record can be found.</summary>
    public ReaderRecord* Next;

    /// <summary>More slots, for a thread that holds many leases at once.</summary>
    public SlotChunk* Overflow;

    /// <summary>The tables of the thread's scopes, in use or not.</summary>
    public ScopeTable* Scopes;

    /// <summary>Those not in use. Only the thread itself looks here.</summary>
    public ScopeTable* FreeScopes;

    /// <summary>
    /// A weak handle of what lives as long as the thread; once that has ended and the record is free, the next free record. Looked at under the
    /// lock of registration.
    /// </summary>
    public nint HolderOrNextOrphan;
}
