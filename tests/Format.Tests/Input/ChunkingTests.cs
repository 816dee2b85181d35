using System.Text;
using FsCheck.Xunit;
using Lamina.Format.Conversion;

namespace Lamina.Format.Tests.Input;

/// <summary>The law of a streaming reader: how the text is cut makes no difference.</summary>
public class ChunkingTests
{
    public static TheoryData<string> Awkward => new(
        """{"layers":[{"content":"é漢😀\ud83d\ude00\n\\\"\/","name":"\u00e9\uD83D\uDE00","keywords":["a","é","\u0061"],"layer_num":1,"dimension_id":2}]}""",
        """{"dimensions":[{"id":1,"frequency_min":-0.0e-0,"frequency_max":1E+2}], "x":[true,false,null,{"y":"\ud83d"}], "layers":[{"layer_num":1.0}]}""",
        "\uFEFF{\r\n\"layers\"\r\n:\r\n[\r\n{\"dimension_id\":1,\"layer_num\":2,\"content_base64\":\"aG\\u006bhb\\/8=\"}]}\r\n",
        """{"layers":[{"dimension_id":1,"layer_num":2,"content":"\ud83d\ud83d\ude00\ud83d\n\ud83dx\ud83d"},{"name":"é","depth":-1}]} x""",
        "{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,\"content\":\"é\n\"}]}",
        "{\"dimension_id\":1,\"layer_num\":2,\"content\":\"é\n{\"id\":1}\n[\"\\u12\"]\n{}}\n{\"id\":3}",
        "{\"id\":1,\"name\":\"\\\n{\"id\":2,\"name\":\"\\u0\n{\"id\":3,\"name\":\"\\ud83d\\u\n{\"id\":4}\n",
        "{\"id\":1,\"name\":\"😀\\ude00\",\"size_bytes\":1e400,\"frequency_min\":truf}\n12\ntrue\n{\"id\":2} ");

    [Theory]
    [MemberData(nameof(Awkward))]
    public void ReadAsync_EveryCut_GivesWhatOnePieceGives(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (InputSyntax syntax in Enum.GetValues<InputSyntax>())
        {
            string whole = InputReading.Of(bytes, syntax).Transcript;
            for (int size = 1; size <= bytes.Length; size++)
                Assert.Equal(whole, InputReading.Of(bytes, syntax, [size]).Transcript);
            for (int first = 1; first < bytes.Length; first++)
                Assert.Equal(whole, InputReading.Of(bytes, syntax, [first, bytes.Length]).Transcript);
        }
    }

    [Property(MaxTest = 1500)]
    public void ReadAsync_RandomJsonAndCuts_GivesWhatOnePieceGives(int seed)
    {
        RandomInput random = new(seed);
        byte[] text = random.Json();

        string whole = InputReading.Of(text, InputSyntax.Json).Transcript;

        Assert.Equal(whole, InputReading.Of(text, InputSyntax.Json, random.Cuts()).Transcript);
    }

    [Property(MaxTest = 1000)]
    public void ReadAsync_RandomLinesAndCuts_GivesWhatOnePieceGives(int seed)
    {
        RandomInput random = new(seed);
        byte[] text = random.Lines();

        string whole = InputReading.Of(text, InputSyntax.JsonLines).Transcript;

        Assert.Equal(whole, InputReading.Of(text, InputSyntax.JsonLines, random.Cuts()).Transcript);
    }
}
