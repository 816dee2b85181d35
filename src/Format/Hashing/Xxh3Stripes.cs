using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lamina.Format.Hashing;

/// <summary>What XXH3 does with more than 240 bytes: stripes of 64 bytes, added up in eight accumulators.</summary>
/// <remarks>By numbers and not by vectors, whose types take the runtime longer to load than a first layer takes to be hashed.</remarks>
internal static class Xxh3Stripes
{
    public const int StripeLength = 64;
    public const int SecretLength = Xxh3Secret.Length;

    private const int StripesPerBlock = (SecretLength - StripeLength) / sizeof(ulong);
    private const int SecretOfScramble = SecretLength - StripeLength;
    private const int SecretOfLastStripe = SecretLength - StripeLength - 7;
    private const uint Prime = 0x9E3779B1;


    /// <summary>Adds <paramref name="bytes"/>, more than 240, to the eight numbers from <paramref name="lanes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(ReadOnlySpan<byte> bytes, ref byte secret, ref ulong lanes)
    {
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
