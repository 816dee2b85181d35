using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lamina.Format.Hashing;

/// <summary>
/// XXH3 (Y. Collet) of bytes in one piece, without a seed. What System.IO.Hashing computes as well, but compiled with this
/// library before it runs: a program's first read waits for nothing else as long as for a hash to be compiled. Spec: chapter "Checksums".
/// </summary>
internal static class Xxh3
{
    private const ulong Prime32A = 0x9E3779B1;
    private const ulong Prime32B = 0x85EBCA77;
    private const ulong Prime32C = 0xC2B2AE3D;
    private const ulong Prime64A = 0x9E3779B185EBCA87;
    private const ulong Prime64B = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime64C = 0x165667B19E3779F9;
    private const ulong Prime64D = 0x85EBCA77C2B2AE63;
    private const ulong Prime64E = 0x27D4EB2F165667C5;
    private const ulong PrimeMixA = 0x165667919E3779F9;
    private const ulong PrimeMixB = 0x9FB21C651E98DF25;

    // Where the reference implementation takes the secret for what is not a stripe.
    private const int SecretOfMiddle = 3;
    private const int SecretOfMiddleEnd = 119;
    private const int SecretOfMerge = 11;
    private const int SecretOfUpperMerge = Xxh3Stripes.SecretLength - Xxh3Stripes.StripeLength - SecretOfMerge;

    private const int MaxShort = 16;
    private const int MaxSmall = 128;
    private const int MaxMiddle = 240;

    /// <summary>XXH3-64.</summary>
    public static ulong Hash64(ReadOnlySpan<byte> bytes)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Xxh3Secret numbers = default;
        Xxh3Secret.Write(ref numbers.First);
        ref byte secret = ref Unsafe.As<ulong, byte>(ref numbers.First);
        if (bytes.Length <= MaxShort)
            return HashShort(ref start, bytes.Length, ref secret);
        if (bytes.Length <= MaxSmall)
            return HashSmall(ref start, bytes.Length, ref secret);
        return bytes.Length <= MaxMiddle ? HashMiddle(ref start, bytes.Length, ref secret) : HashLong(bytes, ref secret);
    }

    /// <summary>XXH128 of more than 240 bytes, which is all that the format has it for.</summary>
    public static Digest128 Hash128(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= MaxMiddle)
            throw new ArgumentOutOfRangeException(nameof(bytes));
        Xxh3Secret numbers = default;
        Xxh3Secret.Write(ref numbers.First);
        ref byte secret = ref Unsafe.As<ulong, byte>(ref numbers.First);
        Lanes lanes = default;
        Accumulate(bytes, ref secret, ref lanes.First);
        ulong length = (ulong)bytes.Length;
        return new Digest128(
            Merge(ref lanes.First, ref secret, SecretOfUpperMerge, ~(length * Prime64B)),
            Merge(ref lanes.First, ref secret, SecretOfMerge, length * Prime64A));
    }

    private static ulong HashLong(ReadOnlySpan<byte> bytes, ref byte secret)
    {
        Lanes lanes = default;
        Accumulate(bytes, ref secret, ref lanes.First);
        return Merge(ref lanes.First, ref secret, SecretOfMerge, (ulong)bytes.Length * Prime64A);
    }

    private static ulong HashShort(ref byte start, int length, ref byte secret)
    {
        if (length > 8)
        {
            ulong low = Read64(ref start, 0) ^ Read64(ref secret, 24) ^ Read64(ref secret, 32);
            ulong high = Read64(ref start, length - 8) ^ Read64(ref secret, 40) ^ Read64(ref secret, 48);
            return Avalanche((ulong)length + Swap(low) + high + Fold(low, high));
        }

        if (length >= 4)
        {
            ulong both = Read32(ref start, length - 4) + ((ulong)Read32(ref start, 0) << 32);
            ulong keyed = both ^ Read64(ref secret, 8) ^ Read64(ref secret, 16);
            keyed ^= BitOperations.RotateLeft(keyed, 49) ^ BitOperations.RotateLeft(keyed, 24);
            keyed *= PrimeMixB;
            keyed ^= (keyed >> 35) + (ulong)length;
            keyed *= PrimeMixB;
            return keyed ^ (keyed >> 28);
        }

        if (length == 0)
            return OldAvalanche(Read64(ref secret, 56) ^ Read64(ref secret, 64));
        uint combined = ((uint)start << 16) | ((uint)Unsafe.Add(ref start, length >> 1) << 24)
            | Unsafe.Add(ref start, length - 1) | ((uint)length << 8);
        return OldAvalanche(combined ^ (ulong)(Read32(ref secret, 0) ^ Read32(ref secret, 4)));
    }

    private static ulong HashSmall(ref byte start, int length, ref byte secret)
    {
        ulong sum = (ulong)length * Prime64A;
        for (int i = (length - 1) / 32; i >= 0; i--)
        {
            sum += Mix(ref start, 16 * i, ref secret, 32 * i);
            sum += Mix(ref start, length - (16 * (i + 1)), ref secret, (32 * i) + 16);
        }

        return Avalanche(sum);
    }

    private static ulong HashMiddle(ref byte start, int length, ref byte secret)
    {
        ulong sum = (ulong)length * Prime64A;
        for (int i = 0; i < 8; i++)
            sum += Mix(ref start, 16 * i, ref secret, 16 * i);
        sum = Avalanche(sum);
        for (int i = 8; i < length / 16; i++)
            sum += Mix(ref start, 16 * i, ref secret, (16 * (i - 8)) + SecretOfMiddle);
        return Avalanche(sum + Mix(ref start, length - 16, ref secret, SecretOfMiddleEnd));
    }

    private static void Accumulate(ReadOnlySpan<byte> bytes, ref byte secret, ref ulong first)
    {
        first = Prime32C;
        Unsafe.Add(ref first, 1) = Prime64A;
        Unsafe.Add(ref first, 2) = Prime64B;
        Unsafe.Add(ref first, 3) = Prime64C;
        Unsafe.Add(ref first, 4) = Prime64D;
        Unsafe.Add(ref first, 5) = Prime32B;
        Unsafe.Add(ref first, 6) = Prime64E;
        Unsafe.Add(ref first, 7) = Prime32A;
        Xxh3Stripes.Accumulate(bytes, ref secret, ref first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Merge(ref ulong lanes, ref byte secret, int secretOffset, ulong sum)
    {
        for (int i = 0; i < 4; i++)
        {
            sum += Fold(
                Unsafe.Add(ref lanes, 2 * i) ^ Read64(ref secret, secretOffset + (16 * i)),
                Unsafe.Add(ref lanes, (2 * i) + 1) ^ Read64(ref secret, secretOffset + (16 * i) + 8));
        }

        return Avalanche(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ref byte start, int offset, ref byte secret, int secretOffset) => Fold(
        Read64(ref start, offset) ^ Read64(ref secret, secretOffset), Read64(ref start, offset + 8) ^ Read64(ref secret, secretOffset + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        // By halves: what the framework has for it is not compiled in where the processor is not known.
        ulong low = (ulong)(uint)left * (uint)right;
        ulong first = ((left >> 32) * (uint)right) + (low >> 32);
        ulong second = ((ulong)(uint)left * (right >> 32)) + (uint)first;
        ulong high = ((left >> 32) * (right >> 32)) + (first >> 32) + (second >> 32);
        return high ^ ((second << 32) | (uint)low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Avalanche(ulong hash)
    {
        hash ^= hash >> 37;
        hash *= PrimeMixA;
        return hash ^ (hash >> 32);
    }

    /// <summary>That of XXH64, which the shortest inputs end with.</summary>
    private static ulong OldAvalanche(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= Prime64B;
        hash ^= hash >> 29;
        hash *= Prime64C;
        return hash ^ (hash >> 32);
    }

    private static ulong Swap(ulong value)
    {
        value = ((value & 0x00FF00FF00FF00FF) << 8) | ((value >> 8) & 0x00FF00FF00FF00FF);
        value = ((value & 0x0000FFFF0000FFFF) << 16) | ((value >> 16) & 0x0000FFFF0000FFFF);
        return BitOperations.RotateLeft(value, 32);
    }

    // The format is little-endian, and so is every processor that reads it in place.
    private static ulong Read64(ref byte start, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));

    private static uint Read32(ref byte start, int offset) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, offset));

    /// <summary>The eight accumulators.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 8 * sizeof(ulong))]
    private struct Lanes
    {
        public ulong First;
    }
}
