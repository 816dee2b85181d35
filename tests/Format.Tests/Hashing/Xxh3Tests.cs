using System.IO.Hashing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Format.Hashing;

namespace Lamina.Format.Tests.Hashing;

/// <summary>The hash of this library against that of System.IO.Hashing, with which it shares nothing.</summary>
public sealed class Xxh3Tests
{
    private const int BlockOfStripes = 1024;

    [Fact, Trait("Spec", "CHK-1")]
    public void Hash64_EveryLengthOverThreeBlocks_IsThatOfTheReference()
    {
        byte[] bytes = Bytes(length: (3 * BlockOfStripes) + 130, seed: 1);

        // One further along each time, so that nothing is aligned.
        for (int length = 0; length < bytes.Length; length++)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(Math.Min(length % 9, bytes.Length - length), length);
            Assert.True(XxHash3.HashToUInt64(part) == Xxh3.Hash64(part), $"{length} bytes have another hash.");
        }
    }

    [Fact, Trait("Spec", "CHK-5")]
    public void Hash128_EveryLengthOfHeaderAndTable_IsThatOfTheReference()
    {
        byte[] bytes = Bytes(length: 4 * BlockOfStripes, seed: 2);

        for (int length = 241; length < bytes.Length; length++)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(0, length);
            Assert.True(XxHash128.HashToUInt128(part) == Xxh3.Hash128(part).ToUInt128(), $"{length} bytes have another hash.");
        }
    }

    [Property(MaxTest = 50)]
    public Property Hashes_AnyBytes_AreThoseOfTheReference() => Prop.ForAll(
        Gen.Choose(0, 300_000).ToArbitrary(),
        ArbMap.Default.ArbFor<int>(),
        static (length, seed) =>
        {
            byte[] bytes = Bytes(length, seed);
            return XxHash3.HashToUInt64(bytes) == Xxh3.Hash64(bytes)
                && (length <= 240 || XxHash128.HashToUInt128(bytes) == Xxh3.Hash128(bytes).ToUInt128());
        });

    [Fact]
    public void Hash128_FewerBytesThanTheFormatHasItFor_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => Xxh3.Hash128(new byte[240]));

    private static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new System.Random(seed).NextBytes(bytes);
        return bytes;
    }
}
