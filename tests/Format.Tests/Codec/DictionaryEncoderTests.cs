using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using K4os.Compression.LZ4;
using Lamina.Format.Codec;
using Lamina.Format.Layout;

namespace Lamina.Format.Tests.Codec;

public sealed class DictionaryEncoderTests
{
    private static readonly string[] Words =
    [
        "the ", "of ", "a ", "mood ", "that ", "lasts ", "feeling ", "without ", "something ", "Ωmega ", "\0\0\0\0", "aaaaaaaaaaaaaaaaaaaa",
    ];

    [Property(MaxTest = 300)]
    [Trait("Spec", "BLK-8"), Trait("Spec", "DIC-1")]
    public Property Encode_AnyTextAndDictionary_DecodesToTheText() => Prop.ForAll(Arb.From(Texts), Arb.From(Texts), static (dictionary, text) =>
    {
        if (text.Length == 0)
            return;
        byte[] encoded = Encode(new DictionaryEncoder(dictionary), text);

        byte[] decoded = Enumerable.Repeat((byte)0xA5, text.Length).ToArray();
        int written = dictionary.Length == 0 ? LZ4Codec.Decode(encoded, decoded) : LZ4Codec.Decode(encoded, decoded, dictionary);
        Assert.Equal(text.Length, written);
        Assert.Equal(text, decoded);
        Assert.Equal(-1, SequenceChecker.FindFault(encoded, text.Length, dictionary.Length));

        byte[] behind = Enumerable.Repeat((byte)0xA5, text.Length).ToArray();
        Assert.True(BlockDecoder.TryDecode(BlockCodec.Lz4WithDictionary, encoded, dictionary, behind));
        Assert.Equal(text, behind);
    });

    [Property(MaxTest = 100)]
    public Property Encode_SeveralBlocksWithOneEncoder_DoesNotDependOnTheBlocksBefore() => Prop.ForAll(
        Arb.From(Texts), Arb.From(Texts), Arb.From(Texts), static (dictionary, before, text) =>
        {
            if (text.Length == 0 || before.Length == 0)
                return;
            DictionaryEncoder used = new(dictionary);
            Encode(used, before);

            Assert.Equal(Encode(new DictionaryEncoder(dictionary), text), Encode(used, text));
        });

    [Fact]
    [Trait("Spec", "LIM-13")]
    public void Encode_MatchAtTheFarEndOfTheLongestDictionary_ReachesIt()
    {
        byte[] dictionary = new byte[Limits.MaxDictionaryLength];
        new Random(5).NextBytes(dictionary);
        byte[] text = [.. dictionary.AsSpan(1, 100), .. new byte[16]];

        byte[] encoded = Encode(new DictionaryEncoder(dictionary), text);

        Assert.True(encoded.Length < 40, $"{encoded.Length} bytes for one match");
        byte[] decoded = new byte[text.Length];
        Assert.True(BlockDecoder.TryDecode(BlockCodec.Lz4WithDictionary, encoded, dictionary, decoded));
        Assert.Equal(text, decoded);
    }

    [Fact]
    public void Encode_Text_IsAtMostAsLongAsTheHighestLevelOfTheFastEncoder()
    {
        Random random = new(11);
        byte[] text = [.. Enumerable.Range(0, 4000).SelectMany(_ => System.Text.Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]))];

        byte[] highest = new byte[LZ4Codec.MaximumOutputSize(text.Length)];
        int reference = LZ4Codec.Encode(text, highest, LZ4Level.L12_MAX);

        // Both look for the cheapest way; theirs ends its search of a match early, ours estimates runs of literals.
        Assert.InRange(Encode(new DictionaryEncoder([]), text).Length, 1, reference * 101 / 100);
    }

    [Fact]
    public void Train_TooLittleToChooseFrom_IsEmpty() => Assert.Empty(DictionaryTrainer.Train(new byte[100], 100, 64));

    [Fact]
    public void Train_RepeatedPhrases_AreInTheDictionary()
    {
        Random random = new(3);
        byte[] phrase = System.Text.Encoding.ASCII.GetBytes("of or relating to or characteristic of the people who live in the place ");
        byte[] sample = new byte[100_000];
        random.NextBytes(sample);
        for (int at = 500; at + phrase.Length < sample.Length; at += 1_700)
            phrase.CopyTo(sample.AsSpan(at));

        byte[] dictionary = DictionaryTrainer.Train(sample, 4096, 64);

        Assert.True(dictionary.AsSpan().IndexOf(phrase.AsSpan(4, 60)) >= 0 || dictionary.AsSpan().IndexOf(phrase.AsSpan(0, 60)) >= 0);
    }

    private static Gen<byte[]> Texts => Gen.Frequency(
        (4, Gen.Elements(Words).ListOf().Select(static words => System.Text.Encoding.UTF8.GetBytes(string.Concat(words)))),
        (2, ArbMap.Default.GeneratorFor<byte[]>()),
        (1, Gen.Choose(0, 70_000).Select(static length => PseudoText(length))),
        (1, Gen.Elements(1, 4, 5, 11, 12, 13, 17, 18, 19, 270, 274, 275).Select(static length => new byte[length])))
        .Select(static text => text is null ? [] : text.Length > Limits.MaxDictionaryLength ? text[..Limits.MaxDictionaryLength] : text);

    private static byte[] PseudoText(int length)
    {
        Random random = new(length);
        List<byte> text = new(length + 16);
        while (text.Count < length)
            text.AddRange(System.Text.Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
        return [.. text.Take(length)];
    }

    private static byte[] Encode(DictionaryEncoder encoder, byte[] text)
    {
        byte[] target = new byte[DictionaryEncoder.MaxEncodedLength(text.Length)];
        return target[..encoder.Encode(text, target)];
    }
}
