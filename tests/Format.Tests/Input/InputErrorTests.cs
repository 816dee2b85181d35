using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

public class InputErrorTests
{
    private const string Advice = " Check the commas, quotes and brackets before this place.";

    [Theory]
    [InlineData("", 1, 1, "found the end of the text where a value belongs")]
    [InlineData(" \n ", 2, 2, "found the end of the text where a value belongs")]
    [InlineData("{", 1, 2, "found the end of the text where a property name or '}' belongs")]
    [InlineData("{\"dimensions\":[", 1, 16, "found the end of the text where a value or ']' belongs")]
    [InlineData("{\"dimensions\"", 1, 14, "found the end of the text where ':' belongs")]
    [InlineData("{\"dimensions", 1, 13, "found the end of the text inside a string")]
    [InlineData("{\"$schema\":\"é", 1, 14, "found the end of the text inside a string")]
    [InlineData("{\"$schema\":\"\\", 1, 14, "found the end of the text inside a string")]
    [InlineData("{\"dimensions\":[],}", 1, 18, "found '}' where a property name belongs")]
    [InlineData("{\"dimensions\":[{\"id\":1},]}", 1, 25, "found ']' where a value belongs")]
    [InlineData("{\"dimensions\":[}", 1, 16, "found '}' where a value or ']' belongs")]
    [InlineData("{\"dimensions\" []}", 1, 15, "found '[' where ':' belongs")]
    [InlineData("{\"dimensions\":[]]", 1, 17, "found ']' where ',' or '}' belongs")]
    [InlineData("{\"dimensions\":[{\"id\":1}}", 1, 24, "found '}' where ',' or ']' belongs")]
    [InlineData("{} {}", 1, 4, "found '{' where the end of the text belongs")]
    [InlineData("{}\n// end", 2, 1, "found '/' where the end of the text belongs")]
    [InlineData("{/* */}", 1, 2, "found '/' where a property name or '}' belongs")]
    [InlineData("{'layers':[]}", 1, 2, "found ''' where a property name or '}' belongs")]
    [InlineData("{\"$schema\":é}", 1, 12, "found the byte 0xC3 where a value belongs")]
    [InlineData("{\"$schema\":\u0001}", 1, 12, "found the byte 0x01 where a value belongs")]
    [InlineData("{\"$schema\":nul}", 1, 12, "found a word that is not true, false or null where a value belongs")]
    [InlineData("{\"$schema\":True}", 1, 12, "found 'T' where a value belongs")]
    [InlineData("{\"$schema\":nullx}", 1, 16, "found 'x' where ',' or '}' belongs")]
    [InlineData("{\"$schema\":NaN}", 1, 12, "found 'N' where a value belongs")]
    [InlineData("{\"$schema\":.5}", 1, 12, "found '.' where a value belongs")]
    [InlineData("{\"$schema\":+1}", 1, 12, "found '+' where a value belongs")]
    [InlineData("{\"$schema\":01}", 1, 12, "found a number that is not written as JSON writes numbers")]
    [InlineData("{\"$schema\":1.}", 1, 12, "found a number that is not written as JSON writes numbers")]
    [InlineData("{\"$schema\":-}", 1, 12, "found a number that is not written as JSON writes numbers")]
    [InlineData("{\"$schema\":1e+}", 1, 12, "found a number that is not written as JSON writes numbers")]
    [InlineData("{\"$schema\":1-2}", 1, 12, "found a number that is not written as JSON writes numbers")]
    [InlineData("{\"$schema\":\"a\nb\"}", 1, 14, "found a line break inside a string")]
    [InlineData("{\"$schema\":\"é\u0002\"}", 1, 14, "found the control character 0x02 inside a string")]
    [InlineData("{\"$schema\":\"é\\q\"}", 1, 14, "found '\\q', which is no escape")]
    [InlineData("{\"$schema\":\"é\\é\"}", 1, 14, "found a backslash that begins no escape")]
    [InlineData("{\"$schema\":\"\\u12g4\"}", 1, 13, "found '\\u' without four hexadecimal digits behind it")]
    [InlineData("{\"$schema\":\"\\u12\"}", 1, 13, "found '\\u' without four hexadecimal digits behind it")]
    public void ReadAsync_NotJson_ReportsInvalidJsonOnceAtItsPlace(string text, int line, int column, string found)
    {
        foreach (int[]? sizes in new int[]?[] { null, [1], [3] })
        {
            InputReading reading = InputReading.Of(Encoding.UTF8.GetBytes(text), InputSyntax.Json, sizes);
            reading.AssertError(InputFault.InvalidJson, line, column, $"The text is not JSON: {found}.{Advice}");
            Assert.False(reading.IsComplete);
        }
    }

    [Theory]
    [InlineData("{\"\\ud800\":[{\"x\":1}],\"dimensions\":[]}", 3)]
    [InlineData("{\"dimensions\":[{\"id\":1,\"\\ud800\":{\"id\":2}}]}", 25)]
    public void ReadAsync_NameThatIsNoText_IsReportedAsThatAloneAndItsValueSkipped(string text, int column)
    {
        InputReading reading = InputReading.OfJson(text);

        Assert.Equal((InputFault.LoneSurrogate, 1, column), (reading.Single().Fault, reading.Single().Position.Line, reading.Single().Position.Column));
    }

    [Fact]
    public void ReadAsync_NotJsonInALayer_NamesTheLayerToTheSink()
    {
        InputReading reading = InputReading.OfJson("{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,\"depth\":-1,\"content\":\"a\\x\"}]}");

        Assert.Equal([InputFault.NumberOutOfRange, InputFault.InvalidJson], reading.Diagnostics.Select(d => d.Fault));
        Assert.Equal(["layer D01:L2@1,42 failed"], reading.Sink.Events);
        Assert.False(reading.IsComplete);
    }

    [Theory]
    [InlineData("FFFE7B007D00", "UTF-16")]
    [InlineData("FEFF007B007D", "UTF-16")]
    [InlineData("7B007D00", "UTF-16")]
    [InlineData("007B007D", "UTF-16")]
    [InlineData("FFFE00007B000000", "UTF-32")]
    [InlineData("0000FEFF0000007B", "UTF-32")]
    [InlineData("7B0000007D000000", "UTF-32")]
    public void ReadAsync_WiderEncoding_SaysWhich(string bytes, string encoding)
    {
        foreach (int[]? sizes in new int[]?[] { null, [1] })
        {
            InputReading reading = InputReading.Of(Convert.FromHexString(bytes), InputSyntax.Json, sizes);
            reading.AssertError(InputFault.InvalidUtf8, 1, 1, $"The text is {encoding}. Save the file as UTF-8.");
            Assert.False(reading.IsComplete);
        }
    }

    [Theory]
    [InlineData("80", 0)] // continuation without a lead
    [InlineData("61FF", 1)] // no lead at all
    [InlineData("C3A9C3", 1)] // cut short by the quote; é before it is one unit
    [InlineData("E282AC", -1)] // €
    [InlineData("E28261", 0)] // cut short by a letter
    [InlineData("E2825C6E", 0)] // cut short by an escape
    [InlineData("C0AF", 0)] // overlong
    [InlineData("EDA080", 0)] // a surrogate
    [InlineData("F09F9880F4908080", 2)] // beyond Unicode; the emoji before it is two units
    public void ReadAsync_BytesInAString_AreUtf8OrReportedAtTheFirstThatIsNot(string bytes, int units)
    {
        byte[] text =
        [
            .. "{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,\"content\":\""u8, .. Convert.FromHexString(bytes),
            .. "\"},{\"dimension_id\":1,\"layer_num\":3}]}"u8,
        ];
        foreach (int[]? sizes in new int[]?[] { null, [1], [2], [3] })
        {
            InputReading reading = InputReading.Of(text, InputSyntax.Json, sizes);
            if (units < 0)
            {
                Assert.Empty(reading.Diagnostics);
                continue;
            }

            reading.AssertError(
                InputFault.InvalidUtf8, 1, 55 + units,
                "Layer D01:L2: The text is not UTF-8. Save the file as UTF-8, or write bytes that are not text as content_base64.");
            Assert.Equal(["D01:L2", "D01:L3"], reading.Sink.Events.Select(e => e.Split(['@', ' '])[1]));
        }
    }

    [Theory]
    [InlineData("\\ud83d", 0)]
    [InlineData("\\ude00", 0)]
    [InlineData("é\\ud83d\\n", 1)]
    [InlineData("\\ud83d\\ud83d\\ude00", 0)]
    [InlineData("\\ud83d\\ude00\\uDE00", 12)]
    [InlineData("\\ud83d\\u0041", 0)]
    [InlineData("\\ud83dx", 0)]
    [InlineData("\\ud83d\\ude00", -1)]
    public void ReadAsync_SurrogateEscapes_ArePairsOrReportedAtTheFirstThatIsNot(string content, int units)
    {
        foreach (int[]? sizes in new int[]?[] { null, [1], [2], [3], [5], [7] })
        {
            byte[] text = Encoding.UTF8.GetBytes("{\"layers\":[{\"dimension_id\":1,\"layer_num\":2,\"content\":\"" + content + "\"}]}");
            InputReading reading = InputReading.Of(text, InputSyntax.Json, sizes);
            if (units < 0)
            {
                Assert.Equal("😀"u8.ToArray(), Assert.Single(reading.Sink.Contents));
                continue;
            }

            reading.AssertError(
                InputFault.LoneSurrogate, 1, 55 + units,
                "Layer D01:L2: The string holds half of a surrogate pair. Write the character itself, or both halves, such as \\ud83d\\ude00.");
        }
    }

    [Fact]
    public void ReadAsync_TwoFaultsInOneString_ReportsTheFirst()
    {
        byte[] text = [.. "{\"$schema\":\""u8, 0xE2, .. "\\ud83d\"}"u8];

        foreach (int[]? sizes in new int[]?[] { null, [1], [13] })
            Assert.Equal(InputFault.InvalidUtf8, InputReading.Of(text, InputSyntax.Json, sizes).Single().Fault);
    }

    [Theory]
    [InlineData("{\"layers\":[],\"layers\":[]}", 14, "The object names 'layers' twice. Remove one of them.")]
    [InlineData("{\"dimensions\":[{\"id\":1,\"i\\u0064\":2}]}", 24, "Dimension D01: The object names 'id' twice. Remove one of them.")]
    [InlineData("{\"dimensions\":[{\"name\":null,\"name\":\"x\",\"id\":1}]}", 29, "Dimension D01: The object names 'name' twice. Remove one of them.")]
    [InlineData("{\"layers\":[{\"content\":\"\",\"content\":\"\"}]}", 26, "The object names 'content' twice. Remove one of them.")]
    public void ReadAsync_DuplicateProperty_IsReportedAtItsName(string text, int column, string message)
    {
        InputReading reading = InputReading.OfJson(text);

        InputDiagnostic error = Assert.Single(reading.Diagnostics, d => d.Fault == InputFault.DuplicateProperty);
        Assert.Equal((1, column, message), (error.Position.Line, error.Position.Column, error.Message));
    }

    [Fact]
    public void ReadAsync_UnknownProperties_AreReportedAtTheirNamesAndSkippedWhole()
    {
        InputReading reading = InputReading.OfJson(
            """
            {"extra":{"a":[1,{"b":"]}"}]},
            "dimensions":[{"id":1,"$schema":[[]]}],
            "layers":[{"dimension_id":1,"layer_num":2,"colour":"red","content":"c"}]}
            """);

        Assert.Equal(
            [
                "in.json(1,2): error LAM005: 'extra' is not a property of the top level. Known are '$schema', 'dimensions' and 'layers'.",
                "in.json(2,23): error LAM005: Dimension D01: '$schema' is not a property of a dimension. "
                    + "Known are 'id', 'name', 'size_bytes', 'frequency_min' and 'frequency_max'.",
                "in.json(3,43): error LAM005: Layer D01:L2: 'colour' is not a property of a layer. Known are 'name', 'dimension_id', 'layer_num', "
                    + "'depth', 'parent_layer', 'keywords', 'frequency', 'mmap_offset', 'content', 'content_base64' and 'content_file'.",
            ],
            reading.Diagnostics.Select(d => d.ToString()));
        Assert.Equal(["dimension D01@2,21 failed", "layer D01:L2@3,41 failed"], reading.Sink.Events);
    }

    [Theory]
    [InlineData("{\"dimensions\":[\n {}]}", 2, "The dimension has no 'id'. Add it.")]
    [InlineData("{\"layers\":[\n {\"layer_num\":1}]}", 2, "The layer has no 'dimension_id'. Add it.")]
    [InlineData("{\"layers\":[\n {\"dimension_id\":1}]}", 2, "The layer has no 'layer_num'. Add it.")]
    public void ReadAsync_MissingProperty_IsReportedAtTheObject(string text, int column, string message)
    {
        InputReading reading = InputReading.OfJson(text);

        reading.AssertError(InputFault.MissingProperty, 2, column, message);
        Assert.Empty(reading.Sink.Events);
        Assert.False(reading.IsComplete);
    }

    [Theory]
    [InlineData("[]", 1, "The text takes an object with 'dimensions' and 'layers'.")]
    [InlineData("12", 1, "The text takes an object with 'dimensions' and 'layers'.")]
    [InlineData("\"x\"", 1, "The text takes an object with 'dimensions' and 'layers'.")]
    [InlineData("{\"dimensions\":{\"id\":1}}", 15, "'dimensions' takes an array of objects, each a dimension.")]
    [InlineData("{\"layers\":\"x\"}", 11, "'layers' takes an array of objects, each a layer.")]
    [InlineData("{\"layers\":[null]}", 12, "'layers' takes an array of objects, each a layer.")]
    [InlineData("{\"layers\":[{\"l\\u0061yer_num\":1,\"dimension_id\":1,\"keywords\":[]},[{\"\\u0061\":0}],{\"dimension_id\":1,\"layer_num\":2}]}", 64, "'layers' takes an array of objects, each a layer.")]
    [InlineData("{\"dimensions\":[[{}]]}", 16, "'dimensions' takes an array of objects, each a dimension.")]
    [InlineData("{\"$schema\":3}", 12, "'$schema' takes a string.")]
    [InlineData("{\"dimensions\":[{\"id\":null}]}", 22, "'id' takes a whole number from 1 to 65535.")]
    [InlineData("{\"dimensions\":[{\"id\":\"1\"}]}", 22, "'id' takes a whole number from 1 to 65535.")]
    [InlineData("{\"dimensions\":[{\"id\":1,\"name\":5}]}", 31, "Dimension D01: 'name' takes a string.")]
    [InlineData("{\"dimensions\":[{\"id\":1,\"size_bytes\":{}}]}", 37, "Dimension D01: 'size_bytes' takes a whole number from 0 to 281474976710656.")]
    [InlineData("{\"dimensions\":[{\"id\":1,\"frequency_max\":true}]}", 40, "Dimension D01: 'frequency_max' takes a number of hertz, 0 or more.")]
    public void ReadAsync_ValueOfAnotherType_IsReportedAtTheValue(string text, int column, string message) =>
        InputReading.OfJson(text).AssertError(InputFault.WrongType, 1, column, message);

    [Theory]
    [InlineData("\"name\":[\"x\"]", 52, "'name' takes a string.")]
    [InlineData("\"depth\":\"1\"", 53, "'depth' takes a whole number from 0 to 65535.")]
    [InlineData("\"parent_layer\":false", 60, "'parent_layer' takes a whole number from 0 to 4294967295.")]
    [InlineData("\"keywords\":\"a\"", 56, "'keywords' takes an array of strings.")]
    [InlineData("\"keywords\":[\"a\",[\"b\"],\"c\"]", 61, "'keywords' takes an array of strings.")]
    [InlineData("\"keywords\":[null]", 57, "'keywords' takes an array of strings.")]
    [InlineData("\"frequency\":\"5\"", 57, "'frequency' takes a number of hertz, 0 or more.")]
    [InlineData("\"mmap_offset\":\"0\"", 59, "'mmap_offset' takes a number.")]
    [InlineData("\"content\":{\"a\":1}", 55, "'content' takes a string.")]
    [InlineData("\"content_base64\":7", 62, "'content_base64' takes a string.")]
    [InlineData("\"content_file\":true", 60, "'content_file' takes a string.")]
    public void ReadAsync_LayerValueOfAnotherType_IsReportedAtTheValueAndTheLayerIsNotHandedOver(string property, int column, string message)
    {
        InputReading reading = InputReading.OfLayer(property.Replace("    ", "", StringComparison.Ordinal));

        InputDiagnostic error = reading.Single();
        Assert.Equal(InputFault.WrongType, error.Fault);
        Assert.Equal("Layer D01:L2: " + message, error.Message);
        Assert.Equal(column - 1, error.Position.Column);
        Assert.Equal(["layer D01:L2@1,42 failed"], reading.Sink.Events);
        Assert.True(reading.IsComplete);
    }

    [Theory]
    [InlineData("\"dimension_id\":0")]
    [InlineData("\"dimension_id\":65536")]
    [InlineData("\"dimension_id\":1.5")]
    [InlineData("\"dimension_id\":-1")]
    [InlineData("\"layer_num\":4294967296")]
    [InlineData("\"layer_num\":-1")]
    [InlineData("\"layer_num\":1e99999999999")]
    [InlineData("\"parent_layer\":4294967296")]
    [InlineData("\"depth\":65536")]
    [InlineData("\"depth\":0.1")]
    [InlineData("\"frequency\":-0.001")]
    [InlineData("\"frequency\":-1e-400")]
    [InlineData("\"frequency\":1e309")]
    public void ReadAsync_NumberThatItsFieldCannotHold_IsReportedAtTheValue(string property)
    {
        string text = "{\"layers\":[{" + property + ",\n\"content\":\"x\"}]}";

        InputDiagnostic error = Assert.Single(InputReading.OfJson(text).Diagnostics, d => d.Fault == InputFault.NumberOutOfRange);

        Assert.Equal((1, text.IndexOf(':', 12) + 2), (error.Position.Line, error.Position.Column));
        Assert.Contains(property.Split('"')[1], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "0", false)]
    [InlineData("id", "1", true)]
    [InlineData("id", "65535", true)]
    [InlineData("id", "65536", false)]
    [InlineData("id", "3.0", true)]
    [InlineData("id", "0.3e1", true)]
    [InlineData("id", "3.5", false)]
    [InlineData("size_bytes", "0", true)]
    [InlineData("size_bytes", "-0", true)]
    [InlineData("size_bytes", "281474976710656", true)]
    [InlineData("size_bytes", "281474976710657", false)]
    [InlineData("size_bytes", "18446744073709551616", false)]
    [InlineData("size_bytes", "100000000000000000000000000", false)]
    public void ReadAsync_DimensionNumbers_HoldAtTheLimitAndNotOnePast(string property, string number, bool holds)
    {
        string id = property == "id" ? "" : "\"id\":1,";
        InputReading reading = InputReading.OfJson($$"""{"dimensions":[{{{id}}"{{property}}":{{number}}}]}""");

        Assert.Equal(holds, reading.Diagnostics.Count == 0);
        Assert.All(reading.Diagnostics, d => Assert.Equal(InputFault.NumberOutOfRange, d.Fault));
    }

    [Fact]
    public void ReadAsync_SecondContent_IsReportedAtItsValueWithTheLayer()
    {
        InputReading reading = InputReading.OfJson(
            """{"layers":[{"content":"a","content_base64":"!","dimension_id":1,"layer_num":2}]}""");

        reading.AssertError(
            InputFault.AmbiguousContent, 1, 44,
            "Layer D01:L2 has more than one of 'content', 'content_base64' and 'content_file'. Keep one.");
    }

    [Fact]
    public void ReadAsync_RepeatedKeyword_IsAWarningAndKeptOnce()
    {
        InputReading reading = InputReading.OfLayer("\"keywords\":[\"a\",\"b\",\"\\u0061\"]");

        Assert.Equal(
            "in.json(1,64): warning LAM024: Layer D01:L2: The keyword 'a' is there twice; it is kept once. Remove one of them.",
            reading.Single().ToString());
        Assert.Contains("keywords=a|b| ", Assert.Single(reading.Sink.Events), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAsync_ManyErrors_StopsAtTheHundredth()
    {
        string text = "{\"layers\":[" + string.Join(",\n", Enumerable.Repeat("{\"x\":1,\"y\":2}", 80)) + "]}";

        InputReading reading = InputReading.OfJson(text);

        Assert.Equal(DiagnosticBag.Capacity, reading.Diagnostics.Count);
        Assert.Equal(25, reading.Diagnostics[^1].Position.Line);
        Assert.False(reading.IsComplete);
    }

    [Fact]
    public void ReadAsync_ManyErrorsInOneObject_StopsAtTheHundredth()
    {
        string text = "{\"layers\":[{" + string.Join(",", Enumerable.Range(0, 200).Select(i => $"\"x{i}\":{{}}")) + "}]}";

        InputReading reading = InputReading.OfJson(text);

        Assert.Equal(DiagnosticBag.Capacity, reading.Diagnostics.Count);
        Assert.False(reading.IsComplete);
    }

    [Fact]
    public void ReadAsync_AllErrorsOfAnObject_AreReported()
    {
        InputReading reading = InputReading.OfLayer("\"depth\":-1,\"frequency\":\"x\",\"name\":\"\",\"z\":0,\"parent_layer\":1e10,\"content_base64\":\"*\"");

        Assert.Equal(
            [
                InputFault.NumberOutOfRange, InputFault.WrongType, InputFault.LimitExceeded, InputFault.UnknownProperty,
                InputFault.NumberOutOfRange, InputFault.InvalidBase64,
            ],
            reading.Diagnostics.Select(d => d.Fault));
    }
}
