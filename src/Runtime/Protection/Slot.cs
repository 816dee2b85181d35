using System.Runtime.InteropServices;

namespace Lamina.Protection;

/// <summary>One hazard of one thread. Written by that thread, but for <see cref="Wanted"/>; read by whoever reclaims.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Slot
{
    /// <summary>The token of what is being read, or zero.</summary>
    public nint Token;

    /// <summary>Counts releases, so that a lease knows whether the slot is still its own.</summary>
    public uint Version;

    /// <summary>Set by a reclaimer that this hazard made wait: whoever releases the slot reclaims.</summary>
    public uint Wanted;

    /// <summary>The next free slot of the thread. Only its own thread looks here.</summary>
    public Slot* NextFree;

    /// <summary>The thread's record.</summary>
    public ReaderRecord* Owner;
}
