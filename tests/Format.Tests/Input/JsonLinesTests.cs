using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

public class JsonLinesTests
{
    [Fact]
    public void ReadAsync_Lines_AreDimensionsAndLayers()
    {
        InputReading reading = InputReading.OfLines(
            """
            {"$schema":"x"}

            {"id":1,"name":"Emotion"}
             {"dimension_id":1,"layer_num":0,"content":"a"}
            {"name":"last","content":"b","layer_num":1,"dimension_id":1}
            """.ReplaceLineEndings("\r\n"));

        Assert.Empty(reading.Diagnostics);
        Assert.Equal(["dimension D01@3,7", "layer D01:L0@4,32", "layer D01:L1@5,42"], reading.Sink.Events.Select(e => string.Join(' ', e.Split(' ')[..2])));
        Assert.True(reading.IsComplete);
    }

    [Theory]
    [InlineData("{\"id\":1,\"depth\":0}", InputFault.UnknownProperty, 9, "Dimension D01: 'depth' is not a property of a dimension. ")]
    [InlineData("{\"id\":1,\"dimension_id\":1,\"layer_num\":2}", InputFault.UnknownProperty, 2, "Layer D01:L2: 'id' is not a property of a layer. ")]
    [InlineData("{\"size_bytes\":5}", InputFault.MissingProperty, 1, "The dimension has no 'id'.")]
    [InlineData("{\"dimension_id\":5}", InputFault.MissingProperty, 1, "The layer has no 'layer_num'.")]
    [InlineData("{}", InputFault.MissingProperty, 1, "The line has neither an 'id'")]
    [InlineData("{\"name\":\"x\"}", InputFault.MissingProperty, 1, "The line has neither an 'id'")]
    [InlineData("{\"$schema\":\"s\",\"name\":\"x\"}", InputFault.MissingProperty, 1, "The line has neither an 'id'")]
    [InlineData("{\"$schema\":\"s\",\"id\":1}", InputFault.UnknownProperty, 2, "Dimension D01: '$schema' is not a property of a dimension. ")]
    [InlineData("{\"zzz\":1,\"id\":1}", InputFault.UnknownProperty, 2, "Dimension D01: 'zzz' is not a property of a dimension or a layer. ")]
    [InlineData("{\"id\":1,\"id\":2}", InputFault.DuplicateProperty, 9, "Dimension D01: The object names 'id' twice.")]
    [InlineData("[1]", InputFault.WrongType, 1, "Each line takes an object")]
    [InlineData("7", InputFault.WrongType, 1, "Each line takes an object")]
    [InlineData("null", InputFault.WrongType, 1, "Each line takes an object")]
    public void ReadAsync_LineThatIsNeither_IsReportedAndTheNextIsRead(string line, InputFault fault, int column, string message)
    {
        foreach (string text in new[] { "\n" + line + "\n{\"id\":9}", "\n" + line })
        {
            foreach (int[]? sizes in new int[]?[] { null, [1] })
            {
                InputReading reading = InputReading.Of(Encoding.UTF8.GetBytes(text), InputSyntax.JsonLines, sizes);

                InputDiagnostic error = reading.Single();
                Assert.Equal((fault, 2, column), (error.Fault, error.Position.Line, error.Position.Column));
                Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
                Assert.Equal(text.EndsWith('}') && text.Contains('9'), reading.Sink.Dimensions.Any(d => d.Id.Value == 9));
            }
        }
    }

    [Theory]
    [InlineData("{\"dimension_id\":1,\"layer_num\":2,\"content\":\"a", 45, "found a line break inside a string", true)]
    [InlineData("{\"dimension_id\":1,\"layer_num\":2,", 33, "found the end of the line where a property name belongs", true)]
    [InlineData("{\"dimension_id\":1,", 19, "found the end of the line where a property name belongs", false)]
    [InlineData("{\"id\":3} {}", 10, "found '{' where the end of the line belongs", false)]
    [InlineData("{\"id\":tru}", 7, "found a word that is not true, false or null where a value belongs", false)]
    [InlineData("}", 1, "found '}' where a value belongs", false)]
    public void ReadAsync_LineThatIsNotJson_IsReportedAndTheNextIsRead(string line, int column, string found, bool isNamed)
    {
        foreach (int[]? sizes in new int[]?[] { null, [1] })
        {
            InputReading reading = InputReading.Of(Encoding.UTF8.GetBytes(line + "\n{\"id\":9}\n"), InputSyntax.JsonLines, sizes);

            reading.AssertError(
                InputFault.InvalidJson, 1, column, $"The text is not JSON: {found}. Check the commas, quotes and brackets before this place.");
            Assert.Equal(9, reading.Sink.Dimensions[^1].Id.Value);
            Assert.StartsWith("dimension D09@2,7", reading.Sink.Events[^1], StringComparison.Ordinal);
            Assert.Equal(isNamed, reading.Sink.Events.Contains("layer D01:L2@1,31 failed"));
            Assert.False(reading.IsComplete);
        }
    }

    [Fact]
    public void ReadAsync_LastLineCutShort_IsReportedAtItsEnd()
    {
        InputReading reading = InputReading.OfLines("{\"id\":9}\n{\"dimension_id\":1");

        Assert.Equal(InputFault.InvalidJson, reading.Single().Fault);
        Assert.Equal((2, 18), (reading.Single().Position.Line, reading.Single().Position.Column));
    }

    [Fact]
    public void ReadAsync_NoLines_IsNoErrorOfTheReader()
    {
        Assert.Empty(InputReading.OfLines("").Diagnostics);
        Assert.Empty(InputReading.OfLines("\r\n \n").Diagnostics);
    }

    [Fact]
    public void ReadAsync_ManyBadLines_StopsAtTheHundredth()
    {
        InputReading reading = InputReading.OfLines(string.Concat(Enumerable.Repeat("{\n", 150)));

        Assert.Equal(DiagnosticBag.Capacity, reading.Diagnostics.Count);
        Assert.Equal(100, reading.Diagnostics[^1].Position.Line);
    }
}
