using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

public class InputLimitTests
{
    private static readonly int[]?[] Cuts = [null, [1], [1000, 7]];

    [Theory, Trait("Spec", "LIM-7")]
    [InlineData(1, true)]
    [InlineData(Limits.MaxNameLength, true)]
    [InlineData(Limits.MaxNameLength + 1, false)]
    [InlineData(100_000, false)]
    public void ReadAsync_Name_HoldsAtTheLimitAndNotOnePast(int length, bool holds)
    {
        // Counted in bytes of UTF-8, escapes undone.
        string name = new string('é', length / 2) + string.Concat(Enumerable.Repeat("\\u0061", length % 2));
        foreach (int[]? cut in Cuts)
        {
            InputReading reading = InputReading.Of(
                Encoding.UTF8.GetBytes($$"""{"dimensions":[{"id":1,"name":"{{name}}"}]}"""), InputSyntax.Json, cut);

            if (holds)
                Assert.Equal(name.Replace("\\u0061", "a", StringComparison.Ordinal), Assert.Single(reading.Sink.Dimensions).Name);
            else
            {
                reading.AssertError(
                    InputFault.LimitExceeded, 1, 31, $"Dimension D01: 'name' has {length} bytes of UTF-8; it takes at most 1024. Shorten it.");
                Assert.Equal(["dimension D01@1,22 failed"], reading.Sink.Events);
            }
        }
    }

    [Theory, Trait("Spec", "LIM-8")]
    [InlineData(Limits.MaxKeywordLength, true)]
    [InlineData(Limits.MaxKeywordLength + 1, false)]
    public void ReadAsync_Keyword_HoldsAtTheLimitAndNotOnePast(int length, bool holds)
    {
        InputReading reading = InputReading.OfLayer($"\"keywords\":[\"a\",\"{new string('b', length)}\"]");

        Assert.Equal(holds, reading.Diagnostics.Count == 0);
        if (!holds)
        {
            reading.AssertError(
                InputFault.LimitExceeded, 1, 60, $"Layer D01:L2: 'keywords[1]' has {length} bytes of UTF-8; it takes at most 1024. Shorten it.");
        }
    }

    [Theory, Trait("Spec", "LIM-7"), Trait("Spec", "LIM-8")]
    [InlineData("\"name\":\"\"", 51, "Layer D01:L2: 'name' is empty. Give it at least one character, or leave it out.")]
    [InlineData("\"keywords\":[\"\"]", 56, "Layer D01:L2: 'keywords[0]' is empty. Give it at least one character, or leave it out.")]
    [InlineData("\"content_file\":\"\"", 59, "Layer D01:L2: 'content_file' is empty. Give it at least one character, or leave it out.")]
    public void ReadAsync_EmptyText_IsReported(string property, int column, string message) =>
        InputReading.OfLayer(property).AssertError(InputFault.LimitExceeded, 1, column, message);

    [Theory, Trait("Spec", "LIM-9")]
    [InlineData(Limits.MaxKeywordsPerLayer, true)]
    [InlineData(Limits.MaxKeywordsPerLayer + 1, false)]
    [InlineData(Limits.MaxKeywordsPerLayer + 500, false)]
    public void ReadAsync_Keywords_HoldAtTheLimitAndNotOnePast(int count, bool holds)
    {
        string keywords = string.Join(",", Enumerable.Range(0, count).Select(i => $"\"{i:D5}\""));

        InputReading reading = InputReading.OfLayer($"\"keywords\":[{keywords}]");

        if (holds)
            Assert.Empty(reading.Diagnostics);
        else
        {
            reading.AssertError(
                InputFault.LimitExceeded, 1, 56 + (Limits.MaxKeywordsPerLayer * 8),
                "Layer D01:L2: The layer has more than 4096 keywords. Keep the 4096 that matter most.");
        }
    }

    [Theory, Trait("Spec", "LIM-5")]
    [InlineData("content", 100, true)]
    [InlineData("content", 101, false)]
    [InlineData("content", 200_000, false)]
    [InlineData("content_base64", 100, true)]
    [InlineData("content_base64", 101, false)]
    [InlineData("content_base64", 200_000, false)]
    public void ReadAsync_Content_HoldsAtTheLimitAndNotOnePast(string property, int length, bool holds)
    {
        string value = property == "content" ? new string('a', length) : Convert.ToBase64String(new byte[length]);
        string text = "{\"layers\":[{\"" + property + "\":\"" + value + "\",\"layer_num\":2,\"dimension_id\":1}]}";
        foreach (int[]? cut in Cuts)
        {
            InputReading reading = InputReading.Of(Encoding.UTF8.GetBytes(text), InputSyntax.Json, cut, null, maxContentLength: 100);

            if (holds)
                Assert.Equal(length, Assert.Single(reading.Sink.Contents)!.Length);
            else
            {
                reading.AssertError(
                    InputFault.LimitExceeded, 1, property.Length + 16, "The content of layer D01:L2 passes 100 bytes. Split the layer.");
                Assert.Equal("layer D01:L2", Assert.Single(reading.Sink.Events).Split('@')[0]);
            }
        }
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1_000_000, false)]
    public void ReadAsync_Nesting_HoldsAtTheLimitAndNotOnePast(int depth, bool holds)
    {
        // The outermost object is the first level.
        string text = "{\"x\":" + new string('[', depth - 1) + (holds ? new string(']', depth - 1) + "}" : "");

        InputReading reading = InputReading.OfJson(text);

        if (holds)
            Assert.Equal(InputFault.UnknownProperty, reading.Single().Fault);
        else
        {
            Assert.Equal([InputFault.UnknownProperty, InputFault.LimitExceeded], reading.Diagnostics.Select(d => d.Fault));
            Assert.Equal(5 + 64, reading.Diagnostics[1].Position.Column);
            Assert.Equal("Arrays and objects are nested more than 64 deep. Remove some of the nesting.", reading.Diagnostics[1].Message);
        }
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    [InlineData(300_000, false)]
    public void ReadAsync_Number_HoldsAtTheLimitAndNotOnePast(int length, bool holds)
    {
        byte[] text = Encoding.UTF8.GetBytes(
            "{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,\"mmap_offset\":" + new string('7', length) + "}]}");
        foreach (int[]? cut in Cuts)
        {
            InputReading reading = InputReading.Of(text, InputSyntax.Json, cut);

            if (holds)
                Assert.Empty(reading.Diagnostics);
            else
                reading.AssertError(InputFault.LimitExceeded, 1, 58, "The number has more than 1024 characters. Shorten it.");
        }
    }

    [Fact]
    public void ReadAsync_LongPropertyName_IsUnknownAndQuotedInPart()
    {
        string name = new('é', 50_000);
        foreach (int[]? cut in Cuts)
        {
            InputReading reading = InputReading.Of(
                Encoding.UTF8.GetBytes($$"""{"layers":[{"dimension_id":1,"layer_num":2,"{{name}}":0}]}"""), InputSyntax.Json, cut);

            InputDiagnostic error = reading.Single();
            Assert.Equal((InputFault.UnknownProperty, 1, 44), (error.Fault, error.Position.Line, error.Position.Column));
            Assert.StartsWith($"Layer D01:L2: '{name[..32]}…' is not a property", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ReadAsync_LongValueThatIsSkipped_TakesNoMemoryForIt()
    {
        byte[] text = Encoding.UTF8.GetBytes("{\"x\":\"" + new string('a', 40_000_000) + "\"}");
        InputReading.Of([.. "{}"u8], InputSyntax.Json, [65536]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        InputReading reading = InputReading.Of(text, InputSyntax.Json, [65536]);

        Assert.Equal(InputFault.UnknownProperty, reading.Single().Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }
}
