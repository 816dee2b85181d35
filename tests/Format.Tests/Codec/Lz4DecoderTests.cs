using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using K4os.Compression.LZ4;
using Lamina.Format.Codec;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Codec;

/// <summary>The decoders against one that goes byte by byte, and against another one's encoder.</summary>
public sealed class Lz4DecoderTests
{
    private const int Longest = 3000;

    [Property(MaxTest = 1000), Trait("Spec", "BLK-8"), Trait("Spec", "BLK-9")]
    public Property TryDecode_AnySequences_GivesWhatEachSays() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        static seed =>
        {
            System.Random random = new(seed);
            byte[] dictionary = Bytes(random, random.Next(2) * random.Next(1, 80));
            List<byte> stored = [];
            int length = 0;
            for (int sequences = random.Next(40); sequences > 0 && length < Longest; sequences--)
            {
                byte[] literals = Bytes(random, Size(random, 0));
                length += literals.Length;
                int reach = length + dictionary.Length;
                if (reach == 0)
                    continue;
                int match = Size(random, 4);
                OracleLz4.Sequence(stored, literals, random.Next(1, Math.Min(reach, random.Next(2) == 0 ? 20 : 65535) + 1), match);
                length += match;
            }

            byte[] last = Bytes(random, Size(random, 0));
            OracleLz4.Sequence(stored, last, 0, 0);
            length += last.Length;
            byte[] block = [.. stored];
            byte[] expected = OracleLz4.Decode(block, length, dictionary);
            byte[] decoded = new byte[length];

            Assert.True(DictionaryDecoder.TryDecode(block, dictionary, decoded));
            Assert.Equal(expected, decoded);
            Assert.False(DictionaryDecoder.TryDecode(block, dictionary, new byte[length + 1]));
            Assert.False(length > 0 && DictionaryDecoder.TryDecode(block, dictionary, decoded.AsSpan()[..^1]));
            if (dictionary.Length > 0)
                return;
            decoded = new byte[length];
            Assert.True(Lz4Decoder.TryDecode(block, decoded));
            Assert.Equal(expected, decoded);
            Assert.False(Lz4Decoder.TryDecode(block, new byte[length + 1]));
            Assert.False(length > 0 && Lz4Decoder.TryDecode(block, decoded.AsSpan()[..^1]));
        });

    [Property(MaxTest = 100), Trait("Spec", "BLK-8")]
    public Property TryDecode_WhatAnotherEncoded_GivesTheSame() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        static seed =>
        {
            System.Random random = new(seed);
            byte[] plain = new byte[random.Next(1, 100_000)];
            int letters = random.Next(1, 256);
            for (int i = 0; i < plain.Length; i++)
                plain[i] = i > 64 && random.Next(4) != 0 ? plain[i - random.Next(1, 64)] : (byte)random.Next(letters);
            byte[] stored = new byte[LZ4Codec.MaximumOutputSize(plain.Length)];
            int written = LZ4Codec.Encode(plain, stored, random.Next(2) == 0 ? LZ4Level.L00_FAST : LZ4Level.L09_HC);
            byte[] decoded = new byte[plain.Length];

            return Lz4Decoder.TryDecode(stored.AsSpan(0, written), decoded) && decoded.AsSpan().SequenceEqual(plain);
        });

    // Around the widths of the stores, and where a length takes more bytes.
    private static int Size(System.Random random, int least) =>
        least + random.Next(8) switch { < 5 => random.Next(20), < 7 => random.Next(40), _ => random.Next(600) };

    private static byte[] Bytes(System.Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
