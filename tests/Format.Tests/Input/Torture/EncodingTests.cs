using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input.Torture;

/// <summary>Bytes that are not UTF-8 and halves of surrogate pairs, everywhere that text can be.</summary>
public class EncodingTests
{
    // Fewer than the errors after which reading stops.
    private const int LayersInOne = 90;
    private static readonly byte[] Continuations = [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0];

    public static TheoryData<string, string> Places => new()
    {
        { "{\"dimensions\":[{\"id\":1,\"name\":\"", "\"}]}" },
        { "{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,\"name\":\"", "\"}]}" },
        { "{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,\"keywords\":[\"a\",\"", "\"]}]}" },
        { "{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,\"content\":\"", "\"}]}" },
        { "{\"layers\":[{\"content\":\"", "\",\"dimension_id\":1,\"layer_num\":2}]}" },
        { "{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,\"", "\":[{\"x\":0}]}]}" },
        { "{\"", "\":[{\"x\":0}]}" },
        { "{\"$schema\":\"", "\"}" },
    };

    [Theory, MemberData(nameof(Places))]
    public void ReadAsync_HalfOfAPairAnywhere_IsReportedAtItsPlace(string before, string after)
    {
        string[] halves = ["\\ud800", "\\uDBFF", "\\udc00", "\\uDFFF", "\\ud83d\\ud83d", "\\ude00\\ud83d", "\\ud83d\\u0000", "\\ud83d\\n"];
        string[] texts = ["", "é", "\\ud83d\\ude00", new string('x', 15), new string('x', 63), new string('漢', 60), new string('\u00ff', 130)];
        foreach (string half in halves)
        {
            foreach (string text in texts)
                AssertRefused(Encoding.UTF8.GetBytes(before + text + half + "y" + after), InputFault.LoneSurrogate, before.Length + text.Length + 1);
        }
    }

    [Theory, MemberData(nameof(Places))]
    public void ReadAsync_NotUtf8Anywhere_IsReportedAtItsPlace(string before, string after)
    {
        string[] sequences = ["80", "BF", "C0AF", "C1BF", "C3", "E0809F", "E282", "EDA080", "EDBFBF", "F08080AF", "F09F98", "F4908080", "F5808080", "FE", "FF"];
        string[] texts = ["", "é", "\\ud83d\\ude00", new string('x', 15), new string('x', 63), new string('漢', 60), new string('\u00ff', 130)];
        foreach (string sequence in sequences)
        {
            foreach (string text in texts)
            {
                AssertRefused(
                    [.. Encoding.UTF8.GetBytes(before + text), .. Convert.FromHexString(sequence), .. Encoding.UTF8.GetBytes("y" + after)],
                    InputFault.InvalidUtf8,
                    before.Length + text.Length + 1);
            }
        }
    }

    [Fact]
    public void ReadAsync_EveryLeadWithContinuationsAtTheEdges_IsTextWhereTheRuntimeSaysSo()
    {
        List<byte[]> texts = [];
        List<byte[]> faults = [];
        foreach (byte[] sequence in Sequences())
            (IsUtf8(sequence) ? texts : faults).Add(sequence);

        InputReading reading = InputReading.Of(Layers(texts), InputSyntax.Json);
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(texts, reading.Sink.Contents.Select(content => content!));

        foreach (byte[][] some in faults.Chunk(LayersInOne))
        {
            reading = InputReading.Of(Layers(some), InputSyntax.Json);
            Assert.Equal(
                some.Select((sequence, i) => (InputFault.InvalidUtf8, i + 2, 13 + FirstFault(sequence))),
                reading.Diagnostics.Select(d => (d.Fault, d.Position.Line, d.Position.Column)));
        }
    }

    [Theory]
    [InlineData("utf-16LE", "UTF-16")]
    [InlineData("utf-16BE", "UTF-16")]
    [InlineData("utf-32LE", "UTF-32")]
    [InlineData("utf-32BE", "UTF-32")]
    public void ReadAsync_WholeFileInAWiderEncoding_SaysWhichOnceWithAndWithoutMark(string name, string said)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes("{\"dimensions\":[{\"id\":1,\"name\":\"漢😀\"}]}");
        foreach (byte[] whole in new[] { text, [.. encoding.GetPreamble(), .. text] })
        {
            foreach (int[]? cuts in new int[]?[] { null, [1], [3] })
            {
                InputReading reading = InputReading.Of(whole, InputSyntax.Json, cuts);
                reading.AssertError(InputFault.InvalidUtf8, 1, 1, $"The text is {said}. Save the file as UTF-8.");
            }
        }
    }

    private static void AssertRefused(byte[] text, InputFault fault, int column)
    {
        foreach (int[]? cuts in new int[]?[] { null, [1], [64], [5, 2] })
        {
            InputDiagnostic error = InputReading.Of(text, InputSyntax.Json, cuts).Single();
            Assert.Equal((fault, 1, column), (error.Fault, error.Position.Line, error.Position.Column));
        }
    }

    /// <summary>Every byte that is not ASCII, with up to three behind it, where ranges of second bytes begin and end.</summary>
    private static IEnumerable<byte[]> Sequences()
    {
        for (int lead = 0x80; lead <= 0xFF; lead++)
        {
            byte first = (byte)lead;
            yield return [first];
            foreach (byte second in Continuations)
            {
                yield return [first, second];
                foreach (byte third in Continuations)
                {
                    yield return [first, second, third];
                    foreach (byte fourth in (byte[])[0x7F, 0x80, 0xBF, 0xC0])
                        yield return [first, second, third, fourth];
                }
            }
        }
    }

    private static byte[] Layers(IReadOnlyList<byte[]> contents)
    {
        using MemoryStream text = new();
        text.Write("{\"layers\":["u8);
        for (int i = 0; i < contents.Count; i++)
        {
            text.Write(i == 0 ? "\n"u8 : ",\n"u8);
            text.Write("{\"content\":\""u8);
            text.Write(contents[i]);
            text.Write(Encoding.UTF8.GetBytes($"\",\"dimension_id\":1,\"layer_num\":{i}}}"));
        }

        text.Write("]}"u8);
        return text.ToArray();
    }

    private static bool IsUtf8(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    /// <summary>UTF-16 units before the first byte that is not text.</summary>
    private static int FirstFault(ReadOnlySpan<byte> bytes)
    {
        int units = 0;
        while (Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
        {
            units += rune.Utf16SequenceLength;
            bytes = bytes[length..];
        }

        return units;
    }
}
