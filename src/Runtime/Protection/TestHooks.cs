using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lamina.Protection;

/// <summary>Lets a test stop its own thread at the points where another thread could do harm.</summary>
/// <remarks>
/// The switch is read once into a readonly static, which the compiler of hot code sees as a constant: without it nothing of
/// a hook is left. The callback is the thread's own, so tests do not disturb one another.
/// </remarks>
internal static class TestHooks
{
    /// <summary>Name of the switch that must be on before the library is first used.</summary>
    public const string SwitchName = "Lamina.Runtime.TestHooks";

    private static readonly bool Enabled = AppContext.TryGetSwitch(SwitchName, out bool enabled) && enabled;

    [ThreadStatic]
    private static Action<HookPoint>? t_reached;

    /// <summary>Called on this thread when it reaches a point.</summary>
    public static Action<HookPoint>? Reached
    {
        get => t_reached;
        set => t_reached = value;
    }

    /// <summary>Overwrites what is about to be freed, so that whoever still reads it does not find what was there.</summary>
    public static unsafe void Overwrite(void* memory, long bytes)
    {
        // SAFETY: the caller owns the memory until it frees it.
        if (Enabled)
            NativeMemory.Fill(memory, (nuint)bytes, 0xA5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void At(HookPoint point)
    {
        if (Enabled)
            Reach(point);
    }

    // Apart: nothing of it is loaded where nobody tests.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Reach(HookPoint point) => t_reached?.Invoke(point);
}
