using System.IO.Pipelines;
using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;
using Lamina.Format.Tests.Fuzzing;

namespace Lamina.Format.Tests.Input.Torture;

/// <summary>Texts far larger than anything that should be held of them.</summary>
public class LargeInputTests
{
    private const int Megabyte = 1024 * 1024;
    private const long Large = 50 * Megabyte;
    private const string LayerStart = "{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,";

    // Buffers, and diagnostics with their texts.
    private const long Little = 2 * Megabyte;

    [Theory]
    [InlineData("{\"x\":\"", "\\u0041", "\"}", InputFault.UnknownProperty)]
    [InlineData("{\"x\":\"", "\\ud83d\\ude00", "\"}", InputFault.UnknownProperty)]
    [InlineData("{\"$schema\":\"", "\\\\", "\"}", null)]
    [InlineData("{\"", "\\n", "\":1}", InputFault.UnknownProperty)]
    [InlineData("{\"", "漢", "\":1}", InputFault.UnknownProperty)]
    [InlineData(LayerStart + "\"name\":\"", "\\u0041", "\"}]}", InputFault.LimitExceeded)]
    [InlineData(LayerStart + "\"keywords\":[\"", "\\/", "\"]}]}", InputFault.LimitExceeded)]
    [InlineData(LayerStart + "\"keywords\":[\"a\"", ",\"b\"", "]}]}", InputFault.RepeatedKeyword)]
    [InlineData(LayerStart + "\"content_file\":\"", "\\t", "\"}]}", InputFault.LimitExceeded)]
    [InlineData("{\"x\":[0", ",[]", "]}", InputFault.UnknownProperty)]
    [InlineData("{\"x\":{\"\":0", ",\"\":0", "}}", InputFault.UnknownProperty)]
    [InlineData("{\"dimensions\":[", " \t\r\n", "]}", null)]
    public void ReadAsync_FiftyMegabytes_AreReadToTheirEndAndNotHeld(string start, string piece, string end, InputFault? fault)
    {
        InputReading reading = Read(start, piece, end, Little);

        Assert.Equal(fault, reading.Diagnostics.Select(d => (InputFault?)d.Fault).FirstOrDefault());
        Assert.DoesNotContain(reading.Diagnostics, d => d.Fault == InputFault.InvalidJson);
    }

    [Theory]
    [InlineData("{\"x\":", "[", InputFault.LimitExceeded, 69)]
    [InlineData("", "[", InputFault.LimitExceeded, 65)]
    [InlineData("{\"x\":", "{\"a\":", InputFault.LimitExceeded, 321)]
    [InlineData("{\"x\":", "1", InputFault.LimitExceeded, 6)]
    [InlineData("{\"x\":-1e", "9", InputFault.LimitExceeded, 6)]
    [InlineData("{\"x\":0.", "0", InputFault.LimitExceeded, 6)]
    [InlineData("{\"x\":1", "e", InputFault.LimitExceeded, 6)]
    [InlineData("", "\u0000", InputFault.InvalidUtf8, 1)]
    [InlineData("{}", "{}", InputFault.InvalidJson, 3)]
    public void ReadAsync_FiftyMegabytesOfWhatIsRefused_AreLeftAtItsPlace(string start, string piece, InputFault fault, int column)
    {
        InputReading reading = Read(start, piece, "", Little);

        InputDiagnostic last = reading.Diagnostics[^1];
        Assert.Equal((fault, 1, column), (last.Fault, last.Position.Line, last.Position.Column));
        Assert.False(reading.IsComplete);
    }

    [Fact]
    public void ReadAsync_ContentOfFiftyMegabytesOfEscapes_TakesWhatItsBytesTake()
    {
        // The buffer doubles as it grows; the sink takes a copy, and writes the content down in hexadecimal digits, three times over.
        long content = Large / 6;

        InputReading reading = Read(LayerStart + "\"content\":\"", "\\u0041", "\"}]}", Little + (5 * content) + (3 * 4 * content));

        Assert.Empty(reading.Diagnostics);
        byte[] read = Assert.Single(reading.Sink.Contents)!;
        Assert.Equal(content, read.Length);
        Assert.True(read.AsSpan().IndexOfAnyExcept((byte)'A') < 0);
    }

    [Theory]
    [InlineData("content", "\\u0041")]
    [InlineData("content_base64", "QUFB")]
    public void ReadAsync_ContentPastItsLimit_TakesNoMoreThanTheLimit(string property, string piece)
    {
        InputReading reading = Read(LayerStart + "\"" + property + "\":\"", piece, "\"}]}", Little + (4 * Megabyte), maxContentLength: Megabyte);

        Assert.Equal(InputFault.LimitExceeded, reading.Single().Fault);
        Assert.Equal("layer D01:L2", Assert.Single(reading.Sink.Events).Split('@')[0]);
    }

    [Theory]
    [InlineData("{\"layers\":[", "{\"\":0},", InputSyntax.Json)]
    [InlineData("{\"dimensions\":[", "{\"id\":0},", InputSyntax.Json)]
    [InlineData("{", "\"x\":0,", InputSyntax.Json)]
    [InlineData("", "[\n", InputSyntax.JsonLines)]
    [InlineData("", "{}\n", InputSyntax.JsonLines)]
    public void ReadAsync_MillionsOfErrors_EndsAtTheHundredth(string start, string piece, InputSyntax syntax)
    {
        InputReading reading = Read(start, piece, "", Little, syntax: syntax);

        Assert.Equal(DiagnosticBag.Capacity, reading.Diagnostics.Count);
        Assert.False(reading.IsComplete);
    }

    /// <summary>Reads fifty megabytes and asserts what that allocates.</summary>
    private static InputReading Read(
        string start, string piece, string end, long allowed, int maxContentLength = Limits.MaxLayerLength, InputSyntax syntax = InputSyntax.Json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(piece);
        GeneratedStream stream = new(Encoding.UTF8.GetBytes(start), bytes, Large / bytes.Length, Encoding.UTF8.GetBytes(end));
        Allocation allocation = Allocation.Start();

        InputReading reading = InputReading.Of(PipeReader.Create(stream), syntax, null, maxContentLength);

        allocation.AssertAtMost(allowed);
        return reading;
    }
}
