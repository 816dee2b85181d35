using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input.Torture;

/// <summary>What JSON is and is not, class by class, as suites of conformance have it, where a value may be anything.</summary>
public class SyntaxTests
{
    private const string Before = "{\"x\":";
    private static readonly int[]?[] Cuts = [null, [1], [2], [3, 1]];

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0e-0")]
    [InlineData("1E+2")]
    [InlineData("1e-999999999999999999999")]
    [InlineData("1e999999999999999999999")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890.000000000000000000000000000000000000001")]
    [InlineData("[]")]
    [InlineData("[[[[{}]]],{}]")]
    [InlineData("{\"\":{\"\":[]}}")]
    [InlineData("{\"a\":1,\"a\":2,\"\\u0061\":3}")] // whose names mean nothing is left alone
    [InlineData("[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n]")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uFFFF\\uffff\"")]
    [InlineData("\"\u007f\u0080\u00a0\u2028\u2029\ufeff\uffff\"")] // no control characters of JSON's
    [InlineData("\"/* no */ // comment\"")]
    [InlineData("\"\\ud834\\udd1e \\uDBFF\\uDFFF \\ud800\\udc00\"")]
    [InlineData("\"𝄞 \U0010ffff \U00010000\"")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    public void ReadAsync_ValueThatIsJson_IsPassedOver(string value)
    {
        foreach (int[]? cuts in Cuts)
        {
            InputReading reading = InputReading.Of(Encoding.UTF8.GetBytes(Before + value + ",\"dimensions\":[{\"id\":7}]}"), InputSyntax.Json, cuts);

            Assert.Equal(InputFault.UnknownProperty, reading.Single().Fault);
            Assert.Equal(7, Assert.Single(reading.Sink.Dimensions).Id.Value);
        }
    }

    // '^' stands where the fault is reported.
    [Theory]
    [InlineData("^01")]
    [InlineData("^-01")]
    [InlineData("^00")]
    [InlineData("^-")]
    [InlineData("^--1")]
    [InlineData("^-a")]
    [InlineData("^+1")]
    [InlineData("^.5")]
    [InlineData("^-.5")]
    [InlineData("^1.")]
    [InlineData("^1.e2")]
    [InlineData("^1.2.3")]
    [InlineData("^1e")]
    [InlineData("^1eE2")]
    [InlineData("^1e2e3")]
    [InlineData("^1e+-2")]
    [InlineData("^1+2")]
    [InlineData("0^x1F")]
    [InlineData("0^b1")]
    [InlineData("1^_000")]
    [InlineData("1 ^000")]
    [InlineData("1^n")]
    [InlineData("1^f")]
    [InlineData("1.5^d")]
    [InlineData("1,^5")]
    [InlineData("^NaN")]
    [InlineData("^Infinity")]
    [InlineData("^-Infinity")]
    [InlineData("^１")]
    [InlineData("^undefined")]
    [InlineData("^TRUE")]
    [InlineData("^tru")]
    [InlineData("true^e")]
    [InlineData("^nil")]
    [InlineData("[^,1]")]
    [InlineData("[1,^]")]
    [InlineData("[1,^,2]")]
    [InlineData("[1 ^2]")]
    [InlineData("[1^:2]")]
    [InlineData("[1^;2]")]
    [InlineData("[1^}")]
    [InlineData("{\"a\":1^]")]
    [InlineData("{\"a\":1,^}")]
    [InlineData("{\"a\":1,^,\"b\":1}")]
    [InlineData("{^,}")]
    [InlineData("{\"a\"^,1}")]
    [InlineData("{\"a\"^=1}")]
    [InlineData("{\"a\":^:1}")]
    [InlineData("{\"a\":^}")]
    [InlineData("{\"a\"^}")]
    [InlineData("{\"a\"^1}")]
    [InlineData("{^a:1}")]
    [InlineData("{^1:1}")]
    [InlineData("{^null:1}")]
    [InlineData("{^[]:1}")]
    [InlineData("{^'a':1}")]
    [InlineData("^'a'")]
    [InlineData("^`a`")]
    [InlineData("\"a\"^\"b\"")]
    [InlineData("^(1)")]
    [InlineData("^/* */1")]
    [InlineData("1^/* */")]
    [InlineData("1^//")]
    [InlineData("1^#")]
    [InlineData("^\\u0031")]
    [InlineData("\"^\\x41\"")]
    [InlineData("\"^\\'\"")]
    [InlineData("\"^\\0\"")]
    [InlineData("\"^\\v\"")]
    [InlineData("\"^\\U0041\"")]
    [InlineData("\"^\\u{41}\"")]
    [InlineData("\"^\\u004\"")]
    [InlineData("\"^\\u 041\"")]
    [InlineData("\"^\\u+041\"")]
    [InlineData("\"^\\u００４１\"")]
    [InlineData("\"^\\\n\"")]
    [InlineData("\"a^\tb\"")]
    [InlineData("\"a^\rb\"")]
    [InlineData("\"a^\nb\"")]
    [InlineData("\"a^\0b\"")]
    [InlineData("\"a^\u001fb\"")]
    [InlineData("{\"a^\0\":1}")]
    [InlineData("^\0")]
    [InlineData("1^\0")]
    [InlineData("[^\v1]")]
    [InlineData("[^\f1]")]
    [InlineData("[^\u00a01]")]
    [InlineData("[1^\u0085]")]
    [InlineData("[1^\u2028]")]
    [InlineData("[1^\u2029]")]
    [InlineData("[1^\u3000]")]
    [InlineData("[^\ufeff1]")]
    [InlineData("[^\u001c1]")]
    [InlineData("[^\b1]")]
    [InlineData("[^\u007f1]")]
    public void ReadAsync_ValueThatIsNotJson_IsRefusedAtItsPlace(string marked)
    {
        int at = marked.IndexOf('^', StringComparison.Ordinal);
        string text = Before + marked.Remove(at, 1) + "}";
        int offset = Before.Length + at;

        foreach (int[]? cuts in Cuts)
        {
            InputReading reading = InputReading.Of(Encoding.UTF8.GetBytes(text), InputSyntax.Json, cuts);

            Assert.Equal([InputFault.UnknownProperty, InputFault.InvalidJson], reading.Diagnostics.Select(d => d.Fault));
            Assert.Equal((1, offset + 1), (reading.Diagnostics[1].Position.Line, reading.Diagnostics[1].Position.Column));
            Assert.StartsWith("The text is not JSON: found ", reading.Diagnostics[1].Message, StringComparison.Ordinal);
            Assert.False(reading.IsComplete);
        }
    }

    [Theory]
    [InlineData("{}^{}")]
    [InlineData("{} ^[]")]
    [InlineData("{}\n^1")]
    [InlineData("{}^,")]
    [InlineData("{}^}")]
    [InlineData("{}^\0")]
    [InlineData("{}^\u00a0")]
    [InlineData("{}^\ufeff")]
    [InlineData("{}^\u001a")]
    [InlineData("^\ufeff\ufeff{}")] // one mark is skipped
    [InlineData("^\u00a0{}")]
    [InlineData("^\v{}")]
    [InlineData("^\f{}")]
    [InlineData("^}")]
    [InlineData("^]")]
    [InlineData("^,{}")]
    [InlineData("^")]
    [InlineData(" \t\r\n \n^")]
    [InlineData("\ufeff^")]
    public void ReadAsync_MoreOrLessThanOneValue_IsRefusedAtItsPlace(string marked)
    {
        string before = marked[..marked.IndexOf('^', StringComparison.Ordinal)];
        (int line, int column) = (before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n') - (before.StartsWith('\ufeff') ? 1 : 0));
        foreach (int[]? cuts in Cuts)
        {
            InputReading reading = InputReading.Of(
                Encoding.UTF8.GetBytes(marked.Replace("^", "", StringComparison.Ordinal)), InputSyntax.Json, cuts);

            Assert.Equal((InputFault.InvalidJson, line, column), (reading.Single().Fault, reading.Single().Position.Line, reading.Single().Position.Column));
            Assert.False(reading.IsComplete);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadAsync_WhiteSpaceWhereverItMayBe_MeansNothing(bool hasMark)
    {
        string[] tokens =
        [
            "{", "\"dimensions\"", ":", "[", "{", "\"id\"", ":", "1", "}", "]", ",", "\"layers\"", ":", "[", "{", "\"dimension_id\"", ":", "1", ",",
            "\"layer_num\"", ":", "2", ",", "\"keywords\"", ":", "[", "\"a\"", ",", "\"b\"", "]", ",", "\"content\"", ":", "\"c\"", "}", "]", "}",
        ];
        byte[] text = Encoding.UTF8.GetBytes((hasMark ? "\ufeff" : "") + " \t\r\n" + string.Join(" \t\r\n\n", tokens) + "\r\n\t ");
        foreach (int[]? cuts in Cuts)
        {
            InputReading reading = InputReading.Of(text, InputSyntax.Json, cuts);

            Assert.Empty(reading.Diagnostics);
            Assert.Contains("keywords=a|b|", reading.Sink.Events[1], StringComparison.Ordinal);
            Assert.Equal("c"u8.ToArray(), Assert.Single(reading.Sink.Contents));
        }
    }

    [Theory]
    [InlineData("dimensions\":[]", "d\\u0069mensions\":[]")]
    [InlineData("layers\":[]", "\\u006C\\u0061\\u0079\\u0065\\u0072\\u0073\":[]")]
    [InlineData("$schema\":\"\"", "\\u0024schema\":\"\"")]
    public void ReadAsync_NameTwiceInAnotherSpelling_IsADuplicate(string first, string second)
    {
        string text = "{\"" + first + ",\"" + second + "}";
        foreach (int[]? cuts in Cuts)
        {
            InputDiagnostic error = InputReading.Of(Encoding.UTF8.GetBytes(text), InputSyntax.Json, cuts).Single();

            Assert.Equal((InputFault.DuplicateProperty, first.Length + 4), (error.Fault, error.Position.Column));
        }
    }

    [Theory]
    [InlineData("{\"\":1}", 2)]
    [InlineData("{\"layers\":[{\"\":1,\"dimension_id\":1,\"layer_num\":2}]}", 13)]
    public void ReadAsync_EmptyName_IsUnknown(string text, int column)
    {
        InputDiagnostic error = InputReading.OfJson(text).Single();

        Assert.Equal((InputFault.UnknownProperty, column), (error.Fault, error.Position.Column));
        Assert.Contains("''", error.Message, StringComparison.Ordinal);
    }
}
