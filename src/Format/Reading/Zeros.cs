using System.Runtime.CompilerServices;

namespace Lamina.Format.Reading;

/// <summary>Looks for what is not zero where the format has nothing but zeros. Spec: GEN-4.</summary>
internal static class Zeros
{
    /// <summary>The index of the first of <paramref name="bytes"/> that is not zero; negative if all are.</summary>
    // A loop: they are few, and what the framework has for it is loaded for longer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOfOther(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0)
                return i;
        }

        return -1;
    }
}
