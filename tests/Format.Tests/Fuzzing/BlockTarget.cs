using System.Text;
using Lamina.Format.Codec;
using Lamina.Format.Layout;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>LZ4 blocks, behind every check of the tables: decoding, looking at sequences, and encoding what was decoded.</summary>
/// <remarks>An input is the decoded length, the dictionary's length, two bytes each, the dictionary, and the block.</remarks>
internal sealed class BlockTarget : IFuzzTarget
{
    private const int Start = 4;
    private const int Fence = 64;
    private const int Blocks = 200;

    private static readonly string[] Words = ["lamina ", "layer ", "dimension ", "a", "0000000000000000", "\n", "the same words again and again, "];

    public string Name => "block";

    public string Extension => "bin";

    public IEnumerable<byte[]> Seeds(Random random) =>
        [.. FuzzFiles.CorpusOf(this).Select(File.ReadAllBytes), .. Enumerable.Range(0, Blocks).Select(_ => Encode(random))];

    public byte[] Mutate(byte[] input, byte[] other, Random random)
    {
        byte[] changed = input;
        for (int changes = 1 + random.Next(3); changes > 0; changes--)
            changed = ByteMutator.Mutate(changed, other, random);
        return changed;
    }

    public byte[] Repair(byte[] input) => input;

    public string Check(byte[] input)
    {
        AssertEncodes(input);
        if (!TrySplit(input, out byte[] stored, out byte[] dictionary, out int length))
        {
            // A coverage-guided fuzzer begins with an empty input, and gives up if it leads nowhere.
            Assert.Equal(0, SequenceChecker.FindFault([], 1, 0));
            return "too short";
        }

        byte[]? expected = null;
        string refused = "";
        try
        {
            expected = OracleLz4.Decode(stored, length, dictionary);
        }
        catch (FormatException e)
        {
            refused = e.Message;
        }

        int wrong = SequenceChecker.FindFault(stored, length, dictionary.Length);
        Assert.True(wrong < 0 == expected is not null, $"The checker says {wrong}, the oracle '{refused}'.");
        Assert.InRange(wrong, -1, stored.Length);

        byte[]? decoded = Decode(stored, dictionary, length, 0x00, 0xA5);
        byte[]? again = Decode(stored, dictionary, length, 0xFF, 0x5A);
        Assert.True(decoded is null == again is null, "What is around the block decides whether it is decoded.");
        Assert.Equal(decoded, again);
        Assert.True(decoded is null == expected is null, $"The decoder {(decoded is null ? "refuses" : "takes")} it, the oracle says '{refused}'.");
        if (decoded is null)
            return "refused";
        Assert.Equal(expected, decoded);
        AssertEncodes(decoded);
        return $"accepted {stored.Length / 32}";
    }

    private static void AssertEncodes(byte[] content)
    {
        int most = content.Length + (content.Length / byte.MaxValue) + Start;
        byte[] target = Fenced(most + Lz4Encoder.Margin, 0xA5);
        int length = Lz4Encoder.Encode(content, target.AsSpan(Fence, most + Lz4Encoder.Margin), most);

        AssertFence(target, 0xA5);
        byte[] block = target[Fence..(Fence + length)];
        Assert.True(Lz4EndRules.Hold(block), "The end of an encoded block breaks its rules.");
        Assert.Equal(content, OracleLz4.Decode(block, content.Length, []));
        Assert.Equal(0, Lz4Encoder.Encode(content, target.AsSpan(Fence, most + Lz4Encoder.Margin), length - 1));
        AssertFence(target, 0xA5);
    }

    /// <summary>Decodes with <paramref name="around"/> beside everything and <paramref name="before"/> in the target.</summary>
    private static byte[]? Decode(byte[] stored, byte[] dictionary, int length, byte around, byte before)
    {
        byte[] source = Fenced(stored.Length, around);
        stored.CopyTo(source, Fence);
        byte[] reach = Fenced(dictionary.Length, around);
        dictionary.CopyTo(reach, Fence);
        byte[] target = Fenced(length, around);
        target.AsSpan(Fence, length).Fill(before);

        bool isDecoded = BlockDecoder.TryDecode(
            dictionary.Length == 0 ? BlockCodec.Lz4 : BlockCodec.Lz4WithDictionary,
            source.AsSpan(Fence, stored.Length),
            reach.AsSpan(Fence, dictionary.Length),
            target.AsSpan(Fence, length));

        AssertFence(source, around);
        AssertFence(reach, around);
        AssertFence(target, around);
        Assert.True(source.AsSpan(Fence, stored.Length).SequenceEqual(stored), "Decoding changed the block.");
        return isDecoded ? target.AsSpan(Fence, length).ToArray() : null;
    }

    private static byte[] Fenced(int length, byte around)
    {
        byte[] bytes = new byte[length + (2 * Fence)];
        bytes.AsSpan().Fill(around);
        return bytes;
    }

    private static void AssertFence(byte[] bytes, byte around)
    {
        Assert.False(bytes.AsSpan(0, Fence).ContainsAnyExcept(around), "Decoding wrote before its target.");
        Assert.False(bytes.AsSpan(bytes.Length - Fence).ContainsAnyExcept(around), "Decoding wrote behind its target.");
    }

    private static bool TrySplit(byte[] input, out byte[] stored, out byte[] dictionary, out int length)
    {
        stored = dictionary = [];
        length = 0;
        if (input.Length <= Start)
            return false;
        int reach = Math.Min((int)OracleBytes.Get(input, 2, 2), input.Length - Start - 1);
        dictionary = input[Start..(Start + reach)];
        stored = input[(Start + reach)..];

        // What the block table allows: BLK-3, LIM-14.
        length = Math.Clamp((int)OracleBytes.Get(input, 0, 2), stored.Length + 1, stored.Length * 255);
        return true;
    }

    private static byte[] Encode(Random random)
    {
        StringBuilder text = new();
        for (int i = random.Next(1, 60); i > 0; i--)
            text.Append(Words[random.Next(Words.Length)]);
        byte[] plain = Encoding.ASCII.GetBytes(text.ToString());
        byte[] dictionary = random.Next(2) == 0 ? [] : Encoding.ASCII.GetBytes(string.Concat(Words))[..random.Next(1, 60)];
        byte[] stored = OracleLz4.Encode(plain, dictionary);
        List<byte> input = [];
        OracleBytes.Add(input, 2, (ulong)plain.Length);
        OracleBytes.Add(input, 2, (ulong)dictionary.Length);
        return [.. input, .. dictionary, .. stored];
    }
}
