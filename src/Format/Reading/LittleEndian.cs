using System.Runtime.CompilerServices;

namespace Lamina.Format.Reading;

/// <summary>
/// The numbers of a file, which are little-endian as the processors that read it in place. What the framework has for it is no part of what is
/// compiled ahead with this library, and loads an assembly more.
/// </summary>
internal static class LittleEndian
{
    /// <summary>The number of two bytes at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort Read16(ReadOnlySpan<byte> bytes, int offset)
    {
        // SAFETY: the first byte is inside the span, and so is the last, which is what is looked at before. As below.
        _ = bytes[offset + sizeof(ushort) - 1];
        return Unsafe.ReadUnaligned<ushort>(in bytes[offset]);
    }

    /// <summary>The number of four bytes at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Read32(ReadOnlySpan<byte> bytes, int offset)
    {
        _ = bytes[offset + sizeof(uint) - 1];
        return Unsafe.ReadUnaligned<uint>(in bytes[offset]);
    }

    /// <summary>The number of eight bytes at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read64(ReadOnlySpan<byte> bytes, int offset)
    {
        _ = bytes[offset + sizeof(ulong) - 1];
        return Unsafe.ReadUnaligned<ulong>(in bytes[offset]);
    }
}
