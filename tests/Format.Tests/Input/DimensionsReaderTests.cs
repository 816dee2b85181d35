using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Input;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

public class DimensionsReaderTests
{
    [Fact]
    public void ReadAsync_EveryProperty_IsHandedOverWithItsPlace()
    {
        InputReading reading = InputReading.OfJson(
            """
            { "$schema": "dimensions.schema.json",
              "dimensions": [ { "id": 1, "name": "Emotion", "frequency_min": 0.5, "frequency_max": 2.5, "size_bytes": 20971520 } ],
              "layers": [
                { "dimension_id": 1, "layer_num": 3, "name": "Joy", "depth": 1, "parent_layer": 0,
                  "keywords": ["joy", "élan"], "frequency": 2e0, "mmap_offset": -17.5, "content": "a\nb" } ] }
            """);

        Assert.Equal(
            [
                "dimension D01@2,27 name=Emotion size=20971520@2,107 min=0.5@2,66 max=2.5",
                "layer D01:L3@4,39 of@4,23 name=Joy parent=0@4,85 depth=1@4,66 frequency=2@5,49 keywords=joy|élan| content=610A62@5,87",
            ],
            reading.Sink.Events);
        Assert.Empty(reading.Diagnostics);
        Assert.True(reading.IsComplete);
    }

    [Fact]
    public void ReadAsync_LayersBeforeDimensions_KeepsTheOrderOfTheInput()
    {
        InputReading reading = InputReading.OfJson(
            """{"layers":[{"content":"x","layer_num":1,"dimension_id":2}],"dimensions":[{"id":2}]}""");

        Assert.Equal(["layer D02:L1", "dimension D02"], reading.Sink.Events.Select(e => e.Split('@')[0]));
        Assert.Equal("x"u8.ToArray(), Assert.Single(reading.Sink.Contents));
    }

    [Fact]
    public void ReadAsync_ObjectWithLess_GetsNothingOfTheOneBefore()
    {
        InputReading reading = InputReading.OfJson(
            """
            {"dimensions":[{"id":1,"name":"a","size_bytes":5,"frequency_min":1,"frequency_max":2},{"id":2}],
            "layers":[
            {"dimension_id":1,"layer_num":1,"name":"n","depth":1,"parent_layer":3,"keywords":["k"],"frequency":2,"content":"c"},
            {"dimension_id":1,"layer_num":2}]}
            """);

        Assert.Equal("dimension D02@1,93 name= size= min= max=", reading.Sink.Events[1]);
        Assert.Equal("layer D01:L2@4,31 of@4,17 name= parent= depth= frequency= keywords= content=none", reading.Sink.Events[3]);
    }

    [Fact]
    public void ReadAsync_NullForOptionalProperties_MeansAbsent()
    {
        InputReading reading = InputReading.OfJson(
            """
            {"$schema":null,"dimensions":[{"id":1,"name":null,"size_bytes":null,"frequency_min":null,"frequency_max":null}],
            "layers":[{"dimension_id":1,"layer_num":0,"name":null,"depth":null,"parent_layer":null,"keywords":null,
            "frequency":null,"mmap_offset":null,"content":null,"content_base64":"aGk=","content_file":null}]}
            """);

        Assert.Empty(reading.Diagnostics);
        Assert.Equal("hi"u8.ToArray(), Assert.Single(reading.Sink.Contents));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"dimensions\":null,\"layers\":null}")]
    [InlineData(" \r\n\t{ \"layers\" : [ ] }\n ")]
    public void ReadAsync_NoObjects_IsNoErrorOfTheReader(string text)
    {
        InputReading reading = InputReading.OfJson(text);

        Assert.Empty(reading.Diagnostics);
        Assert.Empty(reading.Sink.Events);
        Assert.True(reading.IsComplete);
    }

    [Fact]
    public void ReadAsync_EmptyContent_IsNotNoContent()
    {
        InputReading reading = InputReading.OfJson(
            """
            {"layers":[{"dimension_id":1,"layer_num":0,"content":""},{"dimension_id":1,"layer_num":2,"content_base64":""},
            {"dimension_id":1,"layer_num":3}]}
            """);

        Assert.Equal([[], [], null], reading.Sink.Contents);
    }

    [Fact]
    public void ReadAsync_EscapedNames_AreTheSameNames()
    {
        InputReading reading = InputReading.OfJson(
            """{"\u0064imensions":[{"\u0069\u0064":7,"nam\u0065":"\u0041"}],"layers":[{"dimension_id":7,"layer_num":0,"c\u006fntent":"x"}]}""");

        Assert.Empty(reading.Diagnostics);
        Assert.Equal("A", Assert.Single(reading.Sink.Dimensions).Name);
        Assert.Equal("x"u8.ToArray(), Assert.Single(reading.Sink.Contents));
    }

    [Fact]
    public void ReadAsync_ByteOrderMark_IsSkippedAndHasNoColumn()
    {
        byte[] text = [0xEF, 0xBB, 0xBF, .. "{\"dimensions\":[{\"id\":3}]}"u8];

        foreach (int[]? sizes in new int[]?[] { null, [1], [2, 5] })
            Assert.StartsWith("dimension D03@1,22 ", Assert.Single(InputReading.Of(text, InputSyntax.Json, sizes).Sink.Events), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-0", 0.0)]
    [InlineData("-0.000e5", 0.0)]
    [InlineData("1E-400", 0.0)]
    [InlineData("0.1", 0.1)]
    [InlineData("5.2627", 5.2627)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    public void ReadAsync_Frequency_IsTheNearestDoubleAndNeverMinusZero(string number, double expected)
    {
        InputReading reading = InputReading.OfJson($$"""{"dimensions":[{"id":1,"frequency_min":{{number}}}]}""");

        double value = Assert.Single(reading.Sink.Dimensions).FrequencyMin!.Value;
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
    }

    [Fact]
    public void ReadAsync_ColumnsBehindTextThatIsNotAscii_AreInUtf16Units()
    {
        // é is one unit of two bytes, 漢 one of three, 😀 two of four.
        InputReading reading = InputReading.OfJson("""{"layers":[{"content":"é漢😀\u00e9","name":"é","layer_num":4,"dimension_id":1}]}""");

        Assert.StartsWith("layer D01:L4@1,59 of@1,76 ", Assert.Single(reading.Sink.Events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_Input_IsReadToItsEndAndCompleted()
    {
        byte[] text = Encoding.UTF8.GetBytes("{\"dimensions\":[{\"id\":1}]}" + new string(' ', 10_000));
        PipeReader input = PipeReader.Create(new ChunkedStream(text, 4096));
        List<long> told = [];

        bool isComplete = await DimensionsReader.ReadAsync(
            input, "in.json", null, InputSyntax.Json, new RecordingSink(), new DiagnosticBag(), told.Add, CancellationToken.None);

        Assert.True(isComplete);
        Assert.Equal(text.Length, told[^1]);
        Assert.Equal(told.Order(), told);
        Assert.Throws<InvalidOperationException>(() => input.TryRead(out _));
    }

    [Fact]
    public async Task ReadAsync_SinkThatWaits_IsNotCalledAgainBeforeItIsDone()
    {
        StringBuilder text = new("{\"layers\":[");
        for (int i = 0; i < 50; i++)
            text.Append(i == 0 ? "" : ",").Append("{\"dimension_id\":1,\"layer_num\":").Append(i).Append(",\"content\":\"").Append(i).Append("\"}");
        text.Append("]}");
        WaitingSink sink = new();

        await DimensionsReader.ReadAsync(
            PipeReader.Create(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(text.ToString()))),
            "in.json", null, InputSyntax.Json, sink, new DiagnosticBag(), null, CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => (uint)i), sink.Numbers);
        Assert.Equal(sink.Numbers.Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)), sink.Contents);
    }

    [Fact]
    public async Task ReadAsync_SinkThatThrows_LetsItThroughAndCompletesTheInput()
    {
        PipeReader input = PipeReader.Create(new ChunkedStream("{\"layers\":[{\"dimension_id\":1,\"layer_num\":1}]}"u8.ToArray(), 7));

        await Assert.ThrowsAsync<InvalidDataException>(() => DimensionsReader.ReadAsync(
            input, "in.json", null, InputSyntax.Json, new ThrowingSink(), new DiagnosticBag(), null, CancellationToken.None));

        Assert.Throws<InvalidOperationException>(() => input.TryRead(out _));
    }

    [Fact]
    public async Task ReadAsync_Cancelled_StopsBetweenBuffers()
    {
        using CancellationTokenSource cancellation = new();
        byte[] text = Encoding.UTF8.GetBytes("{\"dimensions\":[{\"id\":1}]" + new string(' ', 1000) + "}");
        long last = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DimensionsReader.ReadAsync(
            PipeReader.Create(new ChunkedStream(text, 100)), "in.json", null, InputSyntax.Json, new RecordingSink(), new DiagnosticBag(),
            read =>
            {
                last = read;
                if (read >= 500)
                    cancellation.Cancel();
            },
            cancellation.Token));

        Assert.Equal(500, last);
    }

    [Fact]
    public async Task ReadAsync_InputThatFails_ThrowsItsException()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync("{\"layers\":["u8.ToArray());
        await pipe.Writer.CompleteAsync(new IOException("gone"));

        await Assert.ThrowsAsync<IOException>(() => DimensionsReader.ReadAsync(
            pipe.Reader, "in.json", null, InputSyntax.Json, new RecordingSink(), new DiagnosticBag(), null, CancellationToken.None));
    }

    private sealed class WaitingSink : IInputSink
    {
        private bool _isBusy;

        public List<uint> Numbers { get; } = [];

        public List<string> Contents { get; } = [];

        public void Dimension(DimensionInput dimension)
        {
        }

        public async ValueTask LayerAsync(LayerInput layer, ReadOnlyMemory<byte>? content, CancellationToken cancellationToken)
        {
            Assert.False(_isBusy);
            _isBusy = true;
            await Task.Yield();
            Numbers.Add(layer.Id.Number);
            Contents.Add(Encoding.UTF8.GetString(content!.Value.Span));
            _isBusy = false;
        }
    }

    private sealed class ThrowingSink : IInputSink
    {
        public void Dimension(DimensionInput dimension)
        {
        }

        public ValueTask LayerAsync(LayerInput layer, ReadOnlyMemory<byte>? content, CancellationToken cancellationToken) =>
            throw new InvalidDataException();
    }
}
