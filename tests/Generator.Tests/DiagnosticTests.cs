using System.Text;
using Lamina.Format.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Tests;

/// <summary>Each rule of the source, and where its breach is reported: at the mark <c>‸</c>, no part of the file.</summary>
public sealed class DiagnosticTests
{
    private const string Head = """{ "dimensions": [ { "id": 1 } ], "layers": [""";

    public static TheoryData<string, string> Breaches => new()
    {
        { "LAM001", "‸" },
        { "LAM001", "{ \"dimensions\": [ { \"id\": 1 } ]‸" },
        { "LAM001", "{ \"dimensions\": [ { \"id\": 1 } ] } ‸x" },
        { "LAM001", "{ \"dimensions\": [\n  { \"id\": 1,‸} ] }" },
        { "LAM001", "{ \"dimensions\": [ { \"id\": ‸01 } ] }" },
        { "LAM001", "{ \"dimensions\": [ { \"id\": ‸truth } ] }" },
        { "LAM001", "{ \"dimensions\": [ { \"id\": 1 } ‸{ \"id\": 2 } ] }" },
        { "LAM001", "{ \"dimensions\": [ { \"id\" ‸1 } ] }" },
        { "LAM001", "{ \"dimensions\": [ { ‸id: 1 } ] }" },
        { "LAM001", "{ \"dimensions\": [ { \"id\": 1, \"name\": \"a‸\\x\" } ] }" },
        { "LAM001", "{ \"dimensions\": [ { \"id\": 1, \"name\": \"a‸\\u00g0\" } ] }" },
        { "LAM001", "{ \"dimensions\": [ { \"id\": 1, \"name\": \"a‸\n\" } ] }" },
        { "LAM001", "{ \"dimensions\": [ { \"id\": 1, \"name\": \"a } ] }‸" },
        { "LAM001", "{ ‸/* none */ \"dimensions\": [ { \"id\": 1 } ] }" },
        { "LAM003", "{ \"dimensions\": [ { \"id\": 1, \"name\": \"a‸\\ud800 \\ud800\" } ] }" },
        { "LAM003", "{ \"dimensions\": [ { \"id\": 1, \"name\": \"‸\\udc00\" } ] }" },
        { "LAM003", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"content\": \"…\\n\\n‸\\ud83d\\n\" } ] }" },
        { "LAM004", "{ \"dimensions\": [ { \"id\": 1, ‸\"id\": 2 } ] }" },
        { "LAM004", "{ \"dimensions\": [ { \"id\": 1 } ], ‸\"dimensions\": [] }" },
        { "LAM005", "{ \"dimensions\": [ { \"id\": 1, ‸\"colour\": { \"a\": [ {}, [ 1, \"\" ] ] } } ] }" },
        { "LAM005", "{ \"dimensions\": [ { \"id\": 1, ‸\"layer_num\": 1 } ] }" },
        { "LAM005", "{ ‸\"Dimensions\": 1, \"dimensions\": [ { \"id\": 1 } ] }" },
        { "LAM006", "{ \"dimensions\": [\r\n\t‸{ \"name\": \"a\" } ] }" },
        { "LAM006", Head + "‸{ \"dimension_id\": 1 } ] }" },
        { "LAM006", Head + "‸{ \"layer_num\": 1 } ] }" },
        { "LAM007", "‸[]" },
        { "LAM007", "{ \"dimensions\": ‸{} }" },
        { "LAM007", "{ \"dimensions\": [ ‸1 ] }" },
        { "LAM007", "{ \"dimensions\": [ { \"id\": 1 } ], \"layers\": ‸{} }" },
        { "LAM007", "{ \"$schema\": ‸1, \"dimensions\": [ { \"id\": 1 } ] }" },
        { "LAM007", "{ \"dimensions\": [ { \"id\": ‸\"1\" } ] }" },
        { "LAM007", "{ \"dimensions\": [ { \"id\": ‸null } ] }" },
        { "LAM007", "{ \"dimensions\": [ { \"id\": 1, \"name\": ‸[ \"a\" ] } ] }" },
        { "LAM007", "{ \"dimensions\": [ { \"id\": 1, \"frequency_max\": ‸\"2\" } ] }" },
        { "LAM007", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"keywords\": ‸\"joy\" } ] }" },
        { "LAM007", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"keywords\": [ \"joy\", ‸null ] } ] }" },
        { "LAM007", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"mmap_offset\": ‸\"0\" } ] }" },
        { "LAM007", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"content\": ‸0 } ] }" },
        { "LAM008", "{ \"dimensions\": [ { \"id\": ‸0 } ] }" },
        { "LAM008", "{ \"dimensions\": [ { \"id\": ‸65536 } ] }" },
        { "LAM008", "{ \"dimensions\": [ { \"id\": ‸1.5 } ] }" },
        { "LAM008", "{ \"dimensions\": [ { \"id\": 1, \"size_bytes\": ‸281474976710657 } ] }" },
        { "LAM008", "{ \"dimensions\": [ { \"id\": 1, \"frequency_min\": ‸-1 } ] }" },
        { "LAM008", "{ \"dimensions\": [ { \"id\": 1, \"frequency_min\": ‸1e999 } ] }" },
        { "LAM008", Head + "{ \"dimension_id\": 1, \"layer_num\": ‸4294967296 } ] }" },
        { "LAM008", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"depth\": ‸65536 } ] }" },
        { "LAM008", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"parent_layer\": ‸99999999999999999999 } ] }" },
        { "LAM009", "{ \"dimensions\": [ { \"id\": 1, \"name\": ‸\"\" } ] }" },
        { "LAM009", "{ \"dimensions\": [ { \"id\": 1, \"name\": ‸\"" + new string('é', 513) + "\" } ] }" },
        { "LAM009", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"keywords\": [ ‸\"\" ] } ] }" },
        { "LAM009", Head + $$"""{ "dimension_id": 1, "layer_num": 0, "keywords": [ ‸"{{new string('a', 1025)}}" ] } ] }""" },
        { "LAM009", Head + $$"""{ "dimension_id": 1, "layer_num": 0, "keywords": [{{Numbered(4096)}}, ‸"more", "most"] } ] }""" },
        { "LAM009", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"content_file\": ‸\"\" } ] }" },
        { "LAM010", "‸{ \"layers\": [],\n \"dimensions\": [] }" },
        { "LAM010", "‸{}" },
        { "LAM011", Head + "{ \"layer_num\": 0, \"dimension_id\": ‸2 } ] }" },
        { "LAM012", "{ \"dimensions\": [ { \"id\": 1 }, { \"name\": \"b\", \"id\": ‸1 } ] }" },
        { "LAM013", Head + "{ \"layer_num\": 5, \"dimension_id\": 1 },\n{ \"dimension_id\": 1, \"layer_num\": ‸5 } ] }" },
        { "LAM014", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"parent_layer\": ‸1 } ] }" },
        { "LAM015", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"parent_layer\": ‸0 } ] }" },
        { "LAM016", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"depth\": ‸1 } ] }" },
        { "LAM019", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"content\": \"a\", \"content_file\": ‸\"b\" } ] }" },
        {
            "LAM022",
            """
            { "dimensions": [ { "id": 1, "frequency_max": 2.5 } ],
              "layers": [ { "dimension_id": 1, "layer_num": 0, "frequency": ‸2.6 } ] }
            """
        },
        {
            "LAM022",
            """
            { "layers": [ { "dimension_id": 1, "layer_num": 0, "frequency": ‸0 } ],
              "dimensions": [ { "id": 1, "frequency_min": 0.5 } ] }
            """
        },
        { "LAM023", "{ \"dimensions\": [ { \"id\": 1, \"frequency_max\": 1, \"frequency_min\": ‸2 } ] }" },
        { "LAM024", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"keywords\": [ \"joy\", ‸\"\\u006aoy\" ] } ] }" },
        { "LAM025", Head + "{ \"dimension_id\": 1, \"layer_num\": 0, \"name\": ‸\"all\" } ] }" },
        { "LAM025", "{ \"dimensions\": [ { \"id\": 1, \"name\": ‸\"dimensions\" } ] }" },
    };

    [Theory, MemberData(nameof(Breaches))]
    public void Generate_RuleBroken_ReportsTheRuleAtTheValue(string code, string marked)
    {
        string json = marked.Replace("‸", "", StringComparison.Ordinal);
        string before = marked[..marked.IndexOf('‸', StringComparison.Ordinal)];
        LinePosition place = new(before.Count(static c => c == '\n'), before.Length - before.LastIndexOf('\n') - 1);

        GeneratorRunResult result = Run.Generate(json);

        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(code, diagnostic.Id);
        FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
        Assert.Equal((Run.Path, place), (span.Path, span.StartLinePosition));
        Assert.Equal(before.Length, diagnostic.Location.SourceSpan.Start);
        Run.Compile(result);
    }

    [Fact]
    public void Breaches_CoverEveryRuleOfTheCompiler()
    {
        IEnumerable<string> covered = Breaches.Select(static row => (string)row[0])
            .Concat(["LAM002", "LAM026", "LAM027"]);

        Assert.Equal(
            Enum.GetValues<InputFault>()
                .Except([
                    InputFault.ContentOverSize, InputFault.MissingContent, InputFault.InvalidBase64,
                    InputFault.InvalidContentFile,
                ])
                .Select(static fault => DiagnosticDescriptors.Of(fault).Id),
            covered.Distinct().Order());
    }

    [Theory]
    [InlineData("""{ "id": 1 }‸, { "id": 2 }""", "LAM001")]
    [InlineData("{ \"id\": 1 }\n\n{ \"id\": 2 }\n{ \"id\": 1, \"name\": \"é😀\", \"size_bytes\": ‸-1 }", "LAM008", "LAM012")]
    [InlineData("{ \"id\": 1 }\n{ \"dimension_id\": ‸2, \"layer_num\": 1 }", "LAM011")]
    [InlineData("{ \"id\": 1 }\n{ \"dimension_id\": 1,‸\n \"layer_num\": 1 }", "LAM001", "LAM001", "LAM007")]
    [InlineData("‸{ \"name\": \"a\" }", "LAM006")]
    [InlineData("{ \"id\": 1 }\n{ ‸\"id\": 1, \"dimension_id\": 1, \"layer_num\": 0 }", "LAM005")]
    [InlineData("{ \"id\": 1 }\n‸[]", "LAM007")]
    public void Generate_RuleBrokenInJsonLines_ReportsTheRuleAtTheValue(string marked, params string[] codes)
    {
        int at = marked.IndexOf('‸', StringComparison.Ordinal);

        GeneratorRunResult result = Run.Generate(
            new MemoryOptions().Metadata("/data/set.jsonl", "LaminaDataSet", "true"),
            new MemoryText("/data/set.jsonl", marked.Remove(at, 1)));

        Assert.Equal(codes.Order(), result.Diagnostics.Select(static d => d.Id).Order());
        Assert.Contains(at, result.Diagnostics.Select(static d => d.Location.SourceSpan.Start));
        Run.Compile(result);
    }

    [Fact]
    public void Generate_ManyErrors_ReportsAllOfThem()
    {
        GeneratorRunResult result = Run.Generate(Head + """
            { "dimension_id": 1, "layer_num": 1, "parent_layer": 9 },
            { "dimension_id": 3, "layer_num": 1, "depth": true, "keywords": [ 1, "", "a" ] },
            { "dimension_id": 1, "layer_num": 1, "colour": 1 } ] }
            """);

        Assert.Equal(
            [(0, "LAM014"), (1, "LAM007"), (1, "LAM007"), (1, "LAM009"), (2, "LAM013"), (2, "LAM005")],
            result.Diagnostics.Select(static d => (d.Location.GetLineSpan().StartLinePosition.Line, d.Id)));
    }

    [Fact]
    public void Generate_ThousandErrors_ReportsTheFirstHundred()
    {
        GeneratorRunResult result = Run.Generate(
            "{ \"dimensions\": [" + string.Join(",\n", Enumerable.Repeat("{ \"id\": 0 }", 1000)) + "] }");

        Assert.Equal(
            Enumerable.Range(0, 100), result.Diagnostics.Select(static d => d.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("iso-8859-1")]
    public void Generate_AnotherEncoding_ReportsIt(string encoding)
    {
        SourceText text = SourceText.From("""{ "dimensions": [ { "id": 1, "name": "é" } ] }""", Encoding.GetEncoding(encoding));

        GeneratorRunResult result = Run.Generate(Run.Options(), new MemoryText(Run.Path, text));

        Assert.Equal("LAM002", Assert.Single(result.Diagnostics).Id);
        Assert.Equal(2, result.GeneratedSources.Length);
    }

    [Fact]
    public void Generate_ByteOrderMark_IsSkipped()
    {
        GeneratorRunResult result = Run.Generate("\uFEFF{ \"dimensions\": [ { \"id\": 0 } ] }");

        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(26, diagnostic.Location.GetLineSpan().StartLinePosition.Character);
        Assert.Equal(27, diagnostic.Location.SourceSpan.Start);
    }

    [Theory]
    [InlineData("\"abc\"", 5)]
    [InlineData("99999", 5)]
    [InlineData("-1", 2)]
    [InlineData("{}", 1)]
    public void Generate_WrongValue_MarksAllOfIt(string value, int length)
    {
        GeneratorRunResult result = Run.Generate($$"""{ "dimensions": [ { "id": {{value}} } ] }""");

        Assert.Equal(length, Assert.Single(result.Diagnostics).Location.SourceSpan.Length);
    }

    [Fact]
    public void Generate_FileThatCannotBeRead_LeavesTheReportToTheCompiler()
    {
        GeneratorRunResult result = Run.Generate(Run.Options(), new UnreadableText());

        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.GeneratedSources);
    }

    private static string Numbered(int count) => string.Join(',', Enumerable.Range(0, count).Select(static i => $"\"k{i}\""));

    private sealed class UnreadableText : AdditionalText
    {
        public override string Path => Run.Path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => null;
    }
}
