using System.Runtime.InteropServices;

namespace Lamina.Protection;

/// <summary>One hazard of one thread. Written by that thread, but for one bit of <see cref="Flags"/>; read by whoever reclaims.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Slot
{
    /// <summary>The token of what is being read, or zero.</summary>
    public nint Token;

    /// <summary>Counts releases, so that a lease knows whether the slot is still its own.</summary>
    public uint Version;

    /// <summary>
    /// <see cref="WantedFlag"/>, set by a reclaimer that this hazard made wait: whoever releases the slot reclaims. And
    /// <see cref="ListedFlag"/>, for a slot that goes back to its thread's list of free slots.
    /// </summary>
    public uint Flags;

    /// <summary>The next free slot of the thread. Only its own thread looks here.</summary>
    public Slot* NextFree;

    /// <summary>The thread's record.</summary>
    public ReaderRecord* Owner;

    /// <summary>Which lease the statistics have seen here, and when first. Only they look here.</summary>
    public Sighting Seen;

    /// <summary>Somebody waits for the slot.</summary>
    public const uint WantedFlag = 1;

    /// <summary>The slot belongs to a list. A thread's first slot does not: it is free if it has no token.</summary>
    public const uint ListedFlag = 2;
}
