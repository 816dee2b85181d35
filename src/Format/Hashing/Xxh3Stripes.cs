using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Lamina.Format.Hashing;

/// <summary>What XXH3 does with more than 240 bytes: stripes of 64 bytes, added up in eight accumulators.</summary>
/// <remarks>
/// Vectors of 128 bits, which every processor has that code is compiled for beforehand. Wider ones would leave the loop to the
/// compiler at run time, and memory is what bounds it.
/// </remarks>
internal static class Xxh3Stripes
{
    public const int StripeLength = 64;
    public const int SecretLength = 192;

    private const int StripesPerBlock = (SecretLength - StripeLength) / sizeof(ulong);
    private const int SecretOfScramble = SecretLength - StripeLength;
    private const int SecretOfLastStripe = SecretLength - StripeLength - 7;
    private const uint Prime = 0x9E3779B1;

    /// <summary>The secret of XXH3 without a seed.</summary>
    public static ReadOnlySpan<byte> Secret =>
    [
        0xb8, 0xfe, 0x6c, 0x39, 0x23, 0xa4, 0x4b, 0xbe, 0x7c, 0x01, 0x81, 0x2c, 0xf7, 0x21, 0xad, 0x1c,
        0xde, 0xd4, 0x6d, 0xe9, 0x83, 0x90, 0x97, 0xdb, 0x72, 0x40, 0xa4, 0xa4, 0xb7, 0xb3, 0x67, 0x1f,
        0xcb, 0x79, 0xe6, 0x4e, 0xcc, 0xc0, 0xe5, 0x78, 0x82, 0x5a, 0xd0, 0x7d, 0xcc, 0xff, 0x72, 0x21,
        0xb8, 0x08, 0x46, 0x74, 0xf7, 0x43, 0x24, 0x8e, 0xe0, 0x35, 0x90, 0xe6, 0x81, 0x3a, 0x26, 0x4c,
        0x3c, 0x28, 0x52, 0xbb, 0x91, 0xc3, 0x00, 0xcb, 0x88, 0xd0, 0x65, 0x8b, 0x1b, 0x53, 0x2e, 0xa3,
        0x71, 0x64, 0x48, 0x97, 0xa2, 0x0d, 0xf9, 0x4e, 0x38, 0x19, 0xef, 0x46, 0xa9, 0xde, 0xac, 0xd8,
        0xa8, 0xfa, 0x76, 0x3f, 0xe3, 0x9c, 0x34, 0x3f, 0xf9, 0xdc, 0xbb, 0xc7, 0xc7, 0x0b, 0x4f, 0x1d,
        0x8a, 0x51, 0xe0, 0x4b, 0xcd, 0xb4, 0x59, 0x31, 0xc8, 0x9f, 0x7e, 0xc9, 0xd9, 0x78, 0x73, 0x64,
        0xea, 0xc5, 0xac, 0x83, 0x34, 0xd3, 0xeb, 0xc3, 0xc5, 0x81, 0xa0, 0xff, 0xfa, 0x13, 0x63, 0xeb,
        0x17, 0x0d, 0xdd, 0x51, 0xb7, 0xf0, 0xda, 0x49, 0xd3, 0x16, 0x55, 0x26, 0x29, 0xd4, 0x68, 0x9e,
        0x2b, 0x16, 0xbe, 0x58, 0x7d, 0x47, 0xa1, 0xfc, 0x8f, 0xf8, 0xb8, 0xd1, 0x7a, 0xd0, 0x31, 0xce,
        0x45, 0xcb, 0x3a, 0x8f, 0x95, 0x16, 0x04, 0x28, 0xaf, 0xd7, 0xfb, 0xca, 0xbb, 0x4b, 0x40, 0x7e,
    ];

    /// <summary>Adds <paramref name="bytes"/>, more than 240, to the eight numbers from <paramref name="lanes"/>.</summary>
    public static void Accumulate(ReadOnlySpan<byte> bytes, ref ulong lanes)
    {
        ref byte secret = ref MemoryMarshal.GetReference(Secret);
        ref byte at = ref MemoryMarshal.GetReference(bytes);
        Vector128<ulong> a = Vector128.LoadUnsafe(ref lanes, 0);
        Vector128<ulong> b = Vector128.LoadUnsafe(ref lanes, 2);
        Vector128<ulong> c = Vector128.LoadUnsafe(ref lanes, 4);
        Vector128<ulong> d = Vector128.LoadUnsafe(ref lanes, 6);

        // The last stripe ends where the bytes end, whatever it shares with the one before.
        int stripes = (bytes.Length - 1) / StripeLength;
        nuint offset = 0;
        int key = 0;
        for (int i = 0; i < stripes; i++)
        {
            a = AddStripe(a, ref at, offset, ref secret, (nuint)key);
            b = AddStripe(b, ref at, offset + 16, ref secret, (nuint)key + 16);
            c = AddStripe(c, ref at, offset + 32, ref secret, (nuint)key + 32);
            d = AddStripe(d, ref at, offset + 48, ref secret, (nuint)key + 48);
            offset += StripeLength;
            key += sizeof(ulong);
            if (key == StripesPerBlock * sizeof(ulong))
            {
                a = Scramble(a, ref secret, SecretOfScramble);
                b = Scramble(b, ref secret, SecretOfScramble + 16);
                c = Scramble(c, ref secret, SecretOfScramble + 32);
                d = Scramble(d, ref secret, SecretOfScramble + 48);
                key = 0;
            }
        }

        offset = (nuint)(bytes.Length - StripeLength);
        AddStripe(a, ref at, offset, ref secret, SecretOfLastStripe).StoreUnsafe(ref lanes, 0);
        AddStripe(b, ref at, offset + 16, ref secret, SecretOfLastStripe + 16).StoreUnsafe(ref lanes, 2);
        AddStripe(c, ref at, offset + 32, ref secret, SecretOfLastStripe + 32).StoreUnsafe(ref lanes, 4);
        AddStripe(d, ref at, offset + 48, ref secret, SecretOfLastStripe + 48).StoreUnsafe(ref lanes, 6);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> AddStripe(Vector128<ulong> lanes, ref byte at, nuint offset, ref byte secret, nuint key)
    {
        Vector128<ulong> data = Vector128.LoadUnsafe(ref at, offset).AsUInt64();
        Vector128<ulong> keyed = data ^ Vector128.LoadUnsafe(ref secret, key).AsUInt64();
        return lanes + Vector128.Shuffle(data, Vector128.Create(1UL, 0UL)) + MultiplyLow(keyed, keyed >>> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Scramble(Vector128<ulong> lanes, ref byte secret, nuint key)
    {
        Vector128<ulong> mixed = lanes ^ (lanes >>> 47) ^ Vector128.LoadUnsafe(ref secret, key).AsUInt64();
        Vector128<ulong> prime = Vector128.Create((ulong)Prime);
        return MultiplyLow(mixed, prime) + (MultiplyLow(mixed >>> 32, prime) << 32);
    }

    /// <summary>The products of the lower halves of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyLow(Vector128<ulong> left, Vector128<ulong> right)
    {
        if (Sse2.IsSupported)
            return Sse2.Multiply(left.AsUInt32(), right.AsUInt32());
        if (AdvSimd.IsSupported)
            return AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(left), AdvSimd.ExtractNarrowingLower(right));
        Vector128<ulong> low = Vector128.Create((ulong)uint.MaxValue);
        return (left & low) * (right & low);
    }
}
