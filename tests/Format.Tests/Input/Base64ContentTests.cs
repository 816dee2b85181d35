using System.Text;
using FsCheck.Xunit;
using Lamina.Format.Conversion;
using Lamina.Format.Input;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

public class Base64ContentTests
{
    [Property]
    public void Append_AnyBytesInAnyPieces_GivesThemBack(byte[] bytes, int seed)
    {
        Random random = new(seed);
        byte[] text = Encoding.ASCII.GetBytes(
            Convert.ToBase64String(bytes, random.Next(2) == 0 ? Base64FormattingOptions.InsertLineBreaks : Base64FormattingOptions.None));

        Assert.Equal(bytes, Decode(text, random));
    }

    [Property(MaxTest = 2000)]
    public void Append_RandomLetters_AreAcceptedIfConvertAcceptsThemAndWouldWriteThem(int seed)
    {
        Random random = new(seed);
        byte[] text = new byte[random.Next(20)];
        for (int i = 0; i < text.Length; i++)
            text[i] = (byte)"ABab01+/== \n-"[random.Next(random.Next(3) == 0 ? 13 : 8)];
        if (text.Length > 2 && random.Next(2) == 0)
            text[^1] = (byte)'=';

        byte[]? expected;
        try
        {
            // Convert lets pass bits behind the last byte that are not zero, which no encoder writes.
            expected = Convert.FromBase64String(Encoding.ASCII.GetString(text));
            string letters = Encoding.ASCII.GetString(text).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
            if (Convert.ToBase64String(expected) != letters)
                expected = null;
        }
        catch (FormatException)
        {
            expected = null;
        }

        Assert.Equal(expected, Decode(text, random));
    }

    [Theory]
    [InlineData("aGk")]
    [InlineData("aGk=a")]
    [InlineData("aG=k")]
    [InlineData("====")]
    [InlineData("aGk_")]
    [InlineData("aGké")]
    public void ReadAsync_NotBase64_IsReportedAtTheValueWithTheLayer(string text)
    {
        foreach (int[]? cut in new int[]?[] { null, [1] })
        {
            InputReading reading = InputReading.Of(
                Encoding.UTF8.GetBytes("{\"layers\":[{\"content_base64\":\"" + text + "\",\"dimension_id\":1,\"layer_num\":2}]}"),
                InputSyntax.Json,
                cut);
            reading.AssertError(
                InputFault.InvalidBase64, 1, 30,
                "Layer D01:L2: 'content_base64' is not base64. Write groups of four of A-Z, a-z, 0-9, + and /, padded with =.");
        }
    }

    [Fact]
    public void ReadAsync_LongBase64_IsDecodedWhole()
    {
        byte[] bytes = new byte[500_000];
        new Random(3).NextBytes(bytes);
        string json = "\"" + Convert.ToBase64String(bytes).Replace("/", "\\/", StringComparison.Ordinal) + "\"";
        byte[] text = Encoding.UTF8.GetBytes("{\"layers\":[{\"content_base64\":" + json + ",\"dimension_id\":1,\"layer_num\":2}]}");

        foreach (int[]? cut in new int[]?[] { null, [65_536], [1000, 3] })
            Assert.Equal(bytes, Assert.Single(InputReading.Of(text, InputSyntax.Json, cut).Sink.Contents));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40_001)]
    [InlineData(99_999)]
    public void ReadAsync_LongBase64WithOneWrongLetter_IsReportedWhereverItIs(int place)
    {
        string letters = new string('A', 100_000).Remove(place, 1).Insert(place, "*");
        byte[] text = Encoding.UTF8.GetBytes("{\"layers\":[{\"content_base64\":\"" + letters + "\",\"dimension_id\":1,\"layer_num\":2}]}");

        foreach (int[]? cut in new int[]?[] { null, [4096] })
            Assert.Equal(InputFault.InvalidBase64, InputReading.Of(text, InputSyntax.Json, cut).Single().Fault);
    }

    private static byte[]? Decode(byte[] text, Random random)
    {
        Base64ContentDecoder decoder = new();
        ByteBuffer target = new(4);
        for (int i = 0; i < text.Length;)
        {
            int length = Math.Min(1 + random.Next(9), text.Length - i);
            if (!decoder.Append(text.AsSpan(i, length).ToArray(), target))
                return null;
            i += length;
        }

        return decoder.Finish(target) ? target.Span.ToArray() : null;
    }
}
