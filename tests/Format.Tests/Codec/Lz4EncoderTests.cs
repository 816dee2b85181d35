using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using K4os.Compression.LZ4;
using Lamina.Format.Codec;
using Lamina.Format.Tests.Fuzzing;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Codec;

/// <summary>What the encoder writes is a block that every decoder reads, that ends as the format demands, and stays in its room.</summary>
public sealed class Lz4EncoderTests
{
    private const byte Fence = 0xA5;

    // One byte less and more than a window, where positions begin to count from anew, and several windows.
    private static readonly int[] Lengths =
    [
        0, 1, 4, 5, 12, 13, 16, 19, 20, 36, 37, 38, 64, 300, 4096, 4097, 16384, 16385, 65535, 65536, 65537, 131072, 131077, 200_000,
    ];

    [Property(MaxTest = 400), Trait("Spec", "BLK-8"), Trait("Spec", "BLK-9")]
    public Property Encode_AnyBytes_EveryDecoderGivesThemBack() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(), static seed => AssertRoundTrip(Content(new System.Random(seed))));

    [Fact, Trait("Spec", "BLK-8")]
    public void Encode_RunsOfAnyPeriod_DecodeToTheSame()
    {
        foreach (int length in Lengths)
        {
            for (int period = 1; period < 40; period++)
                AssertRoundTrip([.. Enumerable.Range(0, length).Select(i => (byte)(i % period))]);
        }
    }

    [Fact, Trait("Spec", "BLK-8")]
    public void Encode_EveryShortLength_DecodesToTheSame()
    {
        System.Random random = new(1);
        for (int length = 0; length <= 300; length++)
        {
            AssertRoundTrip(new byte[length]);
            byte[] content = new byte[length];
            for (int i = 0; i < length; i++)
                content[i] = (byte)random.Next(3);
            AssertRoundTrip(content);
        }
    }

    /// <summary>What recurs after the window's length, a little less and a little more, amid what does not recur.</summary>
    [Theory, Trait("Spec", "BLK-9")]
    [InlineData(65534), InlineData(65535), InlineData(65536), InlineData(65537), InlineData(131071), InlineData(131072)]
    public void Encode_MatchAtTheEdgeOfTheWindow_DecodesToTheSame(int distance)
    {
        System.Random random = new(distance);
        byte[] content = new byte[300_000];
        random.NextBytes(content);
        for (int at = distance; at < content.Length; at++)
        {
            if (at / 500 % 2 == 0)
                content[at] = content[at - distance];
        }

        AssertRoundTrip(content);

        byte[] zeros = new byte[content.Length];
        random.NextBytes(zeros.AsSpan(distance - 40, 80));
        AssertRoundTrip(zeros);
    }

    [Fact]
    public void Encode_LongLiteralsAndMatches_TakeTheirLengthBytes()
    {
        System.Random random = new(7);
        foreach (int run in (int[])[14, 15, 16, 17, 18, 19, 20, 254, 269, 270, 271, 273, 274, 275, 524, 525, 526, 529, 530])
        {
            byte[] literals = new byte[run];
            random.NextBytes(literals);
            AssertRoundTrip([.. literals, .. literals, .. new byte[run], .. literals, .. new byte[40]]);
        }
    }

    [Property(MaxTest = 200)]
    public Property Encode_LessRoomThanTheBlockTakes_GivesNothing() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(), static seed =>
        {
            System.Random random = new(seed);
            byte[] content = Content(random);
            byte[] block = Encode(content, Most(content))!;

            Assert.Equal(block, Encode(content, block.Length));
            Assert.Null(Encode(content, block.Length - 1));
            Assert.Null(Encode(content, random.Next(block.Length)));
        });

    [Fact]
    public void Encode_WhatDoesNotRecur_TakesTheLiteralsAndTheirLength()
    {
        byte[] content = new byte[65536];
        new System.Random(3).NextBytes(content);

        Assert.Null(Encode(content, content.Length));
        Assert.InRange(Encode(content, Most(content))!.Length, content.Length, content.Length + (content.Length / 255) + 2);
    }

    [Fact]
    public void Encode_Text_IsHardlyLongerThanByTheOtherEncoder()
    {
        System.Random random = new(11);
        string[] words = [.. Enumerable.Range(0, 2000).Select(_ => Word(random))];
        foreach (int length in (int[])[16_000, 65_536, 300_000])
        {
            // Frequent words are frequent as those of a language are.
            byte[] text = [.. Enumerable.Range(0, length / 4)
                .SelectMany(_ => Encoding.ASCII.GetBytes(words[(int)(2000 * Math.Pow(random.NextDouble(), 4))])).Take(length)];
            byte[] other = new byte[LZ4Codec.MaximumOutputSize(length)];

            // Words this short recur in less than six bytes, of which the hash is; real text comes out no longer.
            Assert.InRange(Encode(text, Most(text))!.Length, 1, LZ4Codec.Encode(text, other, LZ4Level.L00_FAST) * 105 / 100);
        }
    }

    [Fact, Trait("Spec", "CAN-3")]
    public void Encode_ManyThreadsAfterOtherBlocks_GivesTheSameBytes()
    {
        byte[][] contents = [.. Enumerable.Range(0, 40).Select(static seed => Content(new System.Random(seed)))];
        byte[][] first = [.. contents.Select(static content => Encode(content, Most(content))!)];

        Parallel.For(0, 400, i => Assert.Equal(first[i * 7 % 40], Encode(contents[i * 7 % 40], Most(contents[i * 7 % 40]))));
    }

    [Fact]
    public void Encode_TargetWithoutMargin_Throws()
    {
        Assert.Throws<ArgumentException>(static () => Lz4Encoder.Encode(new byte[10], new byte[20 + Lz4Encoder.Margin - 1], 20));
        Assert.Throws<ArgumentException>(static () => Lz4Encoder.Encode(new byte[10], new byte[Lz4Encoder.Margin - 1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => Lz4Encoder.Encode(new byte[10], new byte[100], -1));
    }

    /// <summary>The library of the format's author, where the system has it.</summary>
    [Fact, Trait("Spec", "BLK-8")]
    public void Encode_AnyBytes_TheReferenceDecoderGivesThemBack()
    {
        if (!NativeLibrary.TryLoad("liblz4.so.1", out nint library))
            return;
        try
        {
            nint export = NativeLibrary.GetExport(library, "LZ4_decompress_safe");
            DecompressSafe decompress = Marshal.GetDelegateForFunctionPointer<DecompressSafe>(export);
            for (int seed = 0; seed < 200; seed++)
            {
                byte[] content = Content(new System.Random(seed));
                byte[] block = Encode(content, Most(content))!;
                byte[] decoded = new byte[content.Length + 1];

                Assert.Equal(content.Length, decompress(block, decoded, block.Length, content.Length));
                Assert.Equal(content, decoded[..content.Length]);
            }
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    private delegate int DecompressSafe(byte[] source, byte[] target, int length, int capacity);

    private static void AssertRoundTrip(byte[] content)
    {
        byte[] block = Encode(content, Most(content))!;

        Assert.Equal(-1, SequenceChecker.FindFault(block, content.Length, 0));
        Assert.True(Lz4EndRules.Hold(block));
        Assert.Equal(block, Encode(content, Most(content)));
        byte[] decoded = new byte[content.Length];
        Assert.True(Lz4Decoder.TryDecode(block, decoded));
        Assert.True(decoded.AsSpan().SequenceEqual(content));
        if (content.Length == 0)
            return;
        decoded.AsSpan().Clear();
        Assert.Equal(content.Length, LZ4Codec.Decode(block, decoded));
        Assert.True(decoded.AsSpan().SequenceEqual(content));
        if (content.Length < 3000)
            Assert.Equal(content, OracleLz4.Decode(block, content.Length, []));
    }

    private static int Most(byte[] content) => content.Length + (content.Length / 255) + 16;

    /// <summary>Encodes what stands at the end of its array, into what stands between fences.</summary>
    private static byte[]? Encode(byte[] content, int most)
    {
        byte[] target = new byte[most + Lz4Encoder.Margin + 64];
        target.AsSpan().Fill(Fence);
        byte[] source = [.. Enumerable.Repeat(Fence, 64), .. content];
        int written = Lz4Encoder.Encode(source.AsSpan(64), target.AsSpan(32, most + Lz4Encoder.Margin), most);

        Assert.InRange(written, 0, most);
        Assert.False(target.AsSpan(0, 32).ContainsAnyExcept(Fence), "The encoder wrote before its target.");
        Assert.False(target.AsSpan(^32).ContainsAnyExcept(Fence), "The encoder wrote behind its target.");
        return written == 0 ? null : target[32..(32 + written)];
    }

    private static string Word(System.Random random) => string.Concat(
        Enumerable.Range(0, 2 + random.Next(8)).Select(_ => (char)('a' + Math.Min(random.Next(26), random.Next(26))))) + " ";

    /// <summary>From random to monotonous: bytes of few values, and copies from near, from anywhere and from the window's edge.</summary>
    private static byte[] Content(System.Random random)
    {
        int length = random.Next(3) == 0 ? Lengths[random.Next(Lengths.Length)] : random.Next(1, random.Next(2) == 0 ? 400 : 90_000);
        byte[] content = new byte[length];
        int letters = random.Next(1, 257);
        int longest = random.Next(1, 600);
        int distance = random.Next(4) switch { 0 => 8, 1 => 300, 2 => 65_540, _ => int.MaxValue };
        for (int at = 0; at < content.Length;)
        {
            int end = Math.Min(content.Length, at + random.Next(1, longest + 1));
            int back = at == 0 || random.Next(3) == 0 ? 0 : random.Next(1, Math.Min(at, distance) + 1);
            for (; at < end; at++)
                content[at] = back == 0 ? (byte)random.Next(letters) : content[at - back];
        }

        return content;
    }
}
