using System.IO.Pipelines;
using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;
using Lamina.Format.Tests.Conversion;

namespace Lamina.Format.Tests.Input.Torture;

/// <summary>A small text with every kind of value, cut off at every byte.</summary>
public class TruncationTests
{
    private const string Whole = """
        {"$schema":"s","dimensions":[{"id":1,"name":"漢\ud83d\ude00","frequency_min":0.5e-1,"size_bytes":null},
        {"id":2}],
        "layers":[{"dimension_id":1,"layer_num":0,"name":"😀","keywords":["a","\n"],"content":"é\u0041","depth":0},
        {"dimension_id":2,"layer_num":1,"frequency":-0,"content_base64":"AAE="}]}
        """;

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Whole);

    [Fact]
    public void ReadAsync_CutAtAnyByte_IsRefusedOnceAtTheEndOrAtWhatTheCutLeftUnfinished()
    {
        Assert.Empty(InputReading.Of(Bytes, InputSyntax.Json).Diagnostics);
        for (int length = 0; length < Bytes.Length; length++)
        {
            foreach (int[]? cuts in new int[]?[] { null, [1] })
            {
                InputReading reading = InputReading.Of(Bytes[..length], InputSyntax.Json, cuts);

                Assert.False(reading.IsComplete);
                InputDiagnostic last = reading.Diagnostics[^1];
                Assert.Equal(InputFault.InvalidJson, last.Fault);

                // A cut through a character or a pair is a fault of the text too, and comes first.
                Assert.All(reading.Diagnostics.SkipLast(1), d => Assert.Contains(d.Fault, (InputFault[])[InputFault.InvalidUtf8, InputFault.LoneSurrogate]));
                Assert.InRange(reading.Diagnostics.Count, 1, 2);

                (int line, int column) = EndOf(length);
                Assert.Equal(line, last.Position.Line);
                if (last.Message.Contains("found the end of the text", StringComparison.Ordinal))
                    Assert.InRange(last.Position.Column, column, column + 1);
                else
                    Assert.InRange(last.Position.Column, column - 5, column);
            }
        }
    }

    [Fact]
    public void ReadAsync_LinesCutAtAnyByte_KeepWhatIsWholeAndRefuseTheRest()
    {
        byte[] lines = Encoding.UTF8.GetBytes(
            "{\"id\":1}\n{\"dimension_id\":1,\"layer_num\":0,\"content\":\"漢\"}\n{\"dimension_id\":1,\"layer_num\":2,\"content\":\"x\"}");
        for (int length = 0; length < lines.Length; length++)
        {
            InputReading reading = InputReading.Of(lines[..length], InputSyntax.JsonLines);

            byte[] before = lines[..length];
            int whole = before.Count(b => b == '\n');
            bool isAtEnd = length == 0 || before[^1] is (byte)'\n' or (byte)'}';
            Assert.Equal(isAtEnd, reading.Diagnostics.Count == 0);
            Assert.Equal(whole + (length > 0 && before[^1] == '}' ? 1 : 0), reading.Sink.Events.Count(e => !e.EndsWith("failed", StringComparison.Ordinal)));
            Assert.All(reading.Diagnostics, d => Assert.Equal(whole + 1, d.Position.Line));
        }
    }

    [Fact]
    public async Task ConvertAsync_CutAtAnyByte_PublishesNothing()
    {
        using TemporaryFolder folder = new();
        string output = folder.Under("data");
        for (int length = 0; length < Bytes.Length; length++)
        {
            PipeReader input = PipeReader.Create(new System.Buffers.ReadOnlySequence<byte>(Bytes.AsMemory(0, length)));

            await Assert.ThrowsAsync<InvalidInputException>(() => DataSetConverter.ConvertAsync(input, "in.json", null, output));

            Assert.False(Directory.Exists(output));
        }
    }

    private static (int Line, int Column) EndOf(int length)
    {
        string text = Encoding.UTF8.GetString(Bytes[..length]);
        return (text.Count(c => c == '\n') + 1, text.Length - text.LastIndexOf('\n'));
    }
}
