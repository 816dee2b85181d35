extern alias format;

using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using format::Lamina.Format.Conversion;
using Lamina.Generator.Model;
using Lamina.Generator.Reading;

namespace Lamina.Generator.Tests;

/// <summary>Compiler and converter say the same of the same file: codes, places, words.</summary>
public sealed class ConverterAgreementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lamina-").FullName;

    // What takes contents to check is the converter's alone; what names members is the compiler's.
    private static readonly string[] OfOneAlone = ["LAM017", "LAM018", "LAM020", "LAM021", "LAM025"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Property(MaxTest = 200)]
    public Property Parse_MutatedText_AgreesWithTheConverter() =>
        Prop.ForAll(Mutations.Texts, text => AssertAgree(text, "a.json"));

    [Property(MaxTest = 200)]
    public Property Parse_MutatedLines_AgreesWithTheConverter() =>
        Prop.ForAll(Mutations.Lines, text => AssertAgree(text, "a.jsonl"));

    [Theory]
    [MemberData(nameof(DiagnosticTests.Breaches), MemberType = typeof(DiagnosticTests))]
    public void Parse_RuleBroken_AgreesWithTheConverter(string code, string marked)
    {
        Assert.NotEmpty(code);
        AssertAgree(marked.Replace("‸", "", StringComparison.Ordinal), "a.json");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("{}")]
    [InlineData("""{ "$schema": "a" }""")]
    [InlineData("""{ "$schema": "a", "name": "b" }""")]
    [InlineData("""{ "id": 1 } { "id": 2 }""")]
    [InlineData("""
        { "id": 1 }
        { "id": 1, "dimension_id": 1, "layer_num": 0 }
        """)]
    [InlineData("""
        { "id": 1 }
        { "name": "a", "depth": 0 }
        { "dimension_id": 1, "layer_num": 0, "parent_layer": 9 }
        """)]
    [InlineData("""
        { "id": 1 }
        { "dimension_id": 1, "layer_num": 0, "depth": 9
        { "dimension_id": 1, "layer_num": 1, "parent_layer": 0, "depth": 5 }
        """)]
    [InlineData("{ \"id\": 1 }\nnull\n[ 1 ]\n\"a")]
    [InlineData("""
        { "id": 1 }
        { "colour": 1, "colour": 1, "size_bytes": 1 }
        """)]
    public void Parse_Lines_AgreesWithTheConverter(string text) => AssertAgree(text, "a.jsonl");

    [Theory]
    [InlineData("""{ "dimensions": [ { "id": 1, "frequency_min": -0.0, "frequency_max": 1e-999, "size_bytes": 1e3 } ] }""")]
    [InlineData("""
        { "dimensions": [
          { "id": 1.50e1 }, { "id": -0 }, { "id": 1e99999999999 }, { "id": 1e-99999999999 }, { "id": 0.1e1 } ] }
        """)]
    [InlineData("""{ "dimensions": [ { "id": 1, "frequency_min": -1e-999 }, { "id": 2, "size_bytes": 0.0000e99999 } ] }""")]
    [InlineData("""
        { "dimensions": [ { "id": 1 } ],
          "layers": [ { "dimension_id": 1, "layer_num": 1, "depth": true },
                      { "dimension_id": 1, "layer_num": 2, "parent_layer": 1, "depth": 7 },
                      { "dimension_id": 1, "layer_num": 1 } ] }
        """)]
    [InlineData("""
        { "dimensions": [ { "id": 1, "name": 5 } ],
          "layers": [ { "dimension_id": 1, "layer_num": 1 }, { "dimension_id": 2, "layer_num": 1, "parent_layer": 5 } ] }
        """)]
    [InlineData("""{ "dimensions": null, "layers": null, "$schema": null }""")]
    [InlineData("""
        { "dimensions": [ { "id": 1 } ], "layers": [ { "dimension_id": 1, "layer_num": 1, "parent_layer": 2 } ], "more": 1 }
        """)]
    public void Parse_Text_AgreesWithTheConverter(string text) => AssertAgree(text, "a.json");

    [Fact]
    public void Parse_LongNumberAndDeepNesting_AgreesWithTheConverter()
    {
        AssertAgree("{ \"dimensions\": [ { \"id\": " + new string('0', 1025) + " } ] }", "a.json");
        AssertAgree("{ \"dimensions\": [ { \"id\": 1, \"frequency_min\": 0." + new string('1', 1022) + " } ] }", "a.json");
        AssertAgree("{ \"dimensions\": [ { \"id\": 1, \"x\": " + new string('[', 61) + new string(']', 61) + " } ] }", "a.json");
        AssertAgree("{ \"dimensions\": [ { \"id\": 1, \"x\": " + new string('[', 62) + new string(']', 62) + " } ] }", "a.json");
    }

    private void AssertAgree(string text, string name)
    {
        // What UTF-8 cannot have, no file has.
        text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

        // By a zero among the first bytes the converter tells wider encodings; the compiler has decoded them by then.
        if (text.AsSpan(0, Math.Min(4, text.Length)).Contains('\0'))
            return;

        ParsedDataSet parsed = DataSetParser.Parse(
            new DataSetSource(new MemoryText(name, text), new DataSetOptions("A", true, MemberKinds.Auto, false), null), default);

        Assert.Equal(
            Ordered(Convert(text, name).Select(static d => (d.Code, d.Position.Line, d.Position.Column, d.Message))),
            Ordered(parsed.Diagnostics.Select(
                static d => (DiagnosticDescriptors.Of(d.Fault).Id, d.Line + 1, d.Column + 1, d.Message))));
    }

    private static (string, int, int, string)[] Ordered(IEnumerable<(string Code, int Line, int Column, string Message)> found) =>
    [
        .. found.Where(static d => !OfOneAlone.Contains(d.Code))
            .Select(static d => d with { Message = Printable.Clean(d.Message) }).Order(),
    ];

    private IReadOnlyList<format::Lamina.Format.Schema.InputDiagnostic> Convert(string text, string name)
    {
        ConversionOptions options = new()
        {
            Simulate = true,
            Jobs = 1,
            Syntax = name.EndsWith('l') ? InputSyntax.JsonLines : InputSyntax.Json,
        };
        try
        {
            PipeReader input = PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(text)));
            return DataSetConverter.ConvertAsync(input, name, null, _folder, options).GetAwaiter().GetResult().Warnings;
        }
        catch (InvalidInputException invalid)
        {
            return invalid.Diagnostics;
        }
    }
}
