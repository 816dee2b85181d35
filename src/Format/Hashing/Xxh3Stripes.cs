using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lamina.Format.Hashing;

/// <summary>What XXH3 does with more than 240 bytes: stripes of 64 bytes, added up in eight accumulators.</summary>
/// <remarks>By numbers and not by vectors, whose types take the runtime longer to load than a first layer takes to be hashed.</remarks>
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

        // The last stripe ends where the bytes end, whatever it shares with the one before.
        int stripes = (bytes.Length - 1) / StripeLength;
        for (int done = 0; done < stripes; done += StripesPerBlock)
        {
            int count = Math.Min(StripesPerBlock, stripes - done);
            AddStripes(ref lanes, ref Unsafe.Add(ref at, done * StripeLength), count, ref secret);
            if (count == StripesPerBlock)
                Scramble(ref lanes, ref Unsafe.Add(ref secret, SecretOfScramble));
        }

        AddStripes(ref lanes, ref Unsafe.Add(ref at, bytes.Length - StripeLength), 1, ref Unsafe.Add(ref secret, SecretOfLastStripe));
    }

    private static void AddStripes(ref ulong lanes, ref byte at, int count, ref byte secret)
    {
        ulong a = lanes;
        ulong b = Unsafe.Add(ref lanes, 1);
        ulong c = Unsafe.Add(ref lanes, 2);
        ulong d = Unsafe.Add(ref lanes, 3);
        ulong e = Unsafe.Add(ref lanes, 4);
        ulong f = Unsafe.Add(ref lanes, 5);
        ulong g = Unsafe.Add(ref lanes, 6);
        ulong h = Unsafe.Add(ref lanes, 7);
        for (; count > 0; count--)
        {
            AddPair(ref a, ref b, ref at, ref secret, 0);
            AddPair(ref c, ref d, ref at, ref secret, 16);
            AddPair(ref e, ref f, ref at, ref secret, 32);
            AddPair(ref g, ref h, ref at, ref secret, 48);
            at = ref Unsafe.Add(ref at, StripeLength);
            secret = ref Unsafe.Add(ref secret, sizeof(ulong));
        }

        lanes = a;
        Unsafe.Add(ref lanes, 1) = b;
        Unsafe.Add(ref lanes, 2) = c;
        Unsafe.Add(ref lanes, 3) = d;
        Unsafe.Add(ref lanes, 4) = e;
        Unsafe.Add(ref lanes, 5) = f;
        Unsafe.Add(ref lanes, 6) = g;
        Unsafe.Add(ref lanes, 7) = h;
    }

    /// <summary>Each of a pair takes the product of its own keyed bytes, and the other's bytes as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPair(ref ulong even, ref ulong odd, ref byte at, ref byte secret, int offset)
    {
        ulong first = Read64(ref at, offset);
        ulong second = Read64(ref at, offset + 8);
        ulong firstKeyed = first ^ Read64(ref secret, offset);
        ulong secondKeyed = second ^ Read64(ref secret, offset + 8);
        even += second + ((ulong)(uint)firstKeyed * (firstKeyed >> 32));
        odd += first + ((ulong)(uint)secondKeyed * (secondKeyed >> 32));
    }

    private static void Scramble(ref ulong lanes, ref byte secret)
    {
        for (int i = 0; i < 8; i++)
        {
            ref ulong lane = ref Unsafe.Add(ref lanes, i);
            lane = (lane ^ (lane >> 47) ^ Read64(ref secret, i * sizeof(ulong))) * Prime;
        }
    }

    private static ulong Read64(ref byte start, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, offset));
}
