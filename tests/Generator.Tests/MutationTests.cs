using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Format.Schema;
using Lamina.Generator.Model;
using Lamina.Generator.Reading;

namespace Lamina.Generator.Tests;

/// <summary>Whatever a file holds: no exception, and JSON is what the standard's reader says it is.</summary>
public sealed class MutationTests
{
    private const string Valid = """
        { "$schema": "https://example.org/a.json",
          "dimensions": [ { "id": 1, "name": "Emotion", "frequency_min": 0.5e0, "frequency_max": 2.5, "size_bytes": 20971520 }, { "id": 2 } ],
          "layers": [
            { "dimension_id": 1, "layer_num": 0, "name": "Fee\u006cing", "content": "", "mmap_offset": -1.5E+3 },
            { "dimension_id": 1, "layer_num": 3, "name": "Joy 😀", "depth": 1, "parent_layer": 0, "keywords": ["joy", "\ud83d\ude00", "é"],
              "frequency": 2.0, "content": "first \"line\"\nsecond \\ \/\b\f\r\t" },
            { "dimension_id": 2, "layer_num": 7, "parent_layer": null, "content_base64": "AAEC", "content_file": null } ] }
        """;

    private static readonly string[] Pieces =
    [
        "\"", "\\", "\\u", "\\ud800", "\\udc00", "{", "}", "[", "]", ",", ":", "0", "-", "1e9", ".", "null", "true", "\n", "\r", " ", "\0", "\u2028",
        "é", "😀", "\ud83d", "\ude00", "\uFEFF", "/*", "//", "'", "NaN", "\"id\": 1,", "{\"a\":[[{\"b\":", "\"name\": ", "layer_num", "65536",
    ];

    /// <summary>One edit of the text: at a place, how much is removed, and what comes there.</summary>
    private static readonly Gen<(int At, int Remove, string Insert)> Edits =
        from at in Gen.Choose(0, Valid.Length - 1)
        from remove in Gen.Elements(0, 0, 1, 1, 2, 8, 40)
        from insert in Gen.OneOf(Gen.Constant(""), Gen.Elements(Pieces), Gen.Choose(0, Valid.Length - 1).Select(static start =>
            Valid.Substring(start, Math.Min(30, Valid.Length - start))))
        select (at, remove, insert);

    private static Arbitrary<string> MutatedTexts => Gen.Choose(1, 4).SelectMany(static count => Edits.ArrayOf(count)).Select(static edits =>
    {
        StringBuilder text = new(Valid);
        foreach ((int at, int remove, string insert) in edits)
        {
            int start = Math.Min(at, text.Length);
            text.Remove(start, Math.Min(remove, text.Length - start)).Insert(start, insert);
        }

        return text.ToString();
    }).ToArbitrary();

    [Fact]
    public void Parse_TheTextThatIsMutated_IsValid() => Assert.Empty(Parse(Valid, "/a.json").Diagnostics);

    [Property(MaxTest = 3000)]
    public Property Parse_MutatedText_IsJsonIfTheStandardReaderSaysSo() => Prop.ForAll(MutatedTexts, static text =>
    {
        ParsedDataSet parsed = Parse(text, "/a.json");

        Assert.Equal(IsJson(text), parsed.Diagnostics.All(static d => d.Fault != InputFault.InvalidJson));
        Assert.All(parsed.Diagnostics, d => AssertInside(d, text));
    });

    [Property(MaxTest = 1000)]
    public Property Parse_MutatedLines_AreJsonIfTheStandardReaderSaysSo() => Prop.ForAll(MutatedTexts, static text =>
    {
        ParsedDataSet parsed = Parse(text, "/a.jsonl");

        Assert.Equal(
            text.TrimStart('\uFEFF').Split('\n').All(static line => line.AsSpan().Trim(" \t\r").IsEmpty || IsJson(line))
                || parsed.Diagnostics.Count(static d => d.Fault != InputFault.InvalidJson) >= DiagnosticBag.Capacity,
            parsed.Diagnostics.All(static d => d.Fault != InputFault.InvalidJson));
        Assert.All(parsed.Diagnostics, d => AssertInside(d, text));
    });

    [Property(MaxTest = 60)]
    public Property Generate_MutatedText_CompilesOrReportsAnError() => Prop.ForAll(MutatedTexts, static text =>
    {
        Microsoft.CodeAnalysis.GeneratorRunResult result = Run.Generate(text);

        if (result.GeneratedSources.IsEmpty)
            Assert.Contains(result.Diagnostics, static d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        else
            Run.Compile(result);
    });

    /// <summary>Every text that a file cut short, anywhere, can hold.</summary>
    [Fact]
    public void Parse_EveryPrefix_ReportsAnErrorAndNothingElse()
    {
        for (int length = 0; length < Valid.Length; length++)
            Assert.Equal(InputFault.InvalidJson, Assert.Single(Parse(Valid[..length], "/a.json").Diagnostics).Fault);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    [InlineData("[{\"a\":", "}]")]
    public void Parse_DeepNesting_ReportsItWithoutRecursion(string open, string close)
    {
        const int Depth = 1_000_000;
        string text = "{ \"x\": " + string.Concat(Enumerable.Repeat(open, Depth)) + "1" + string.Concat(Enumerable.Repeat(close, Depth)) + " }";

        Assert.Equal(
            [InputFault.UnknownProperty, InputFault.InvalidJson], Parse(text, "/a.json").Diagnostics.Select(static d => d.Fault));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Parse_NestingAtTheLimit_IsAsTheStandardReaderHasIt(int depth, bool valid)
    {
        string text = "{ \"x\": " + new string('[', depth) + new string(']', depth) + ", \"dimensions\": [ { \"id\": 1 } ] }";

        Assert.Equal(valid, IsJson(text));
        Assert.Equal(valid, Parse(text, "/a.json").Diagnostics.All(static d => d.Fault != InputFault.InvalidJson));
    }

    [Fact]
    public void Parse_TextsAroundTheWindowsEnd_ReadTheSame()
    {
        // The reader looks at 16,384 characters at a time: every kind of token is cut there once.
        for (int shift = 0; shift < Valid.Length; shift++)
        {
            string text = new string(' ', 16 * 1024 - shift) + Valid;
            Assert.Equal(Parse(Valid, "/a.json").Dimensions, Parse(text, "/a.json").Dimensions);
        }
    }

    [Fact]
    public void Parse_Cancelled_Stops()
    {
        DataSetSource source = new(new MemoryText("/a.json", Valid), new DataSetOptions("A", true, MemberKinds.Auto), null);

        Assert.Throws<OperationCanceledException>(() => DataSetParser.Parse(source, new CancellationToken(canceled: true)));
    }

    private static ParsedDataSet Parse(string text, string path) => DataSetParser.Parse(
        new DataSetSource(new MemoryText(path, text), new DataSetOptions("A", true, MemberKinds.Auto), null), default);

    private static bool IsJson(string text)
    {
        try
        {
            // As UTF-8 a lone surrogate is no JSON either; here it is a rule of its own.
            string whole = text.TrimStart('\uFEFF').Replace('\ud83d', 'z').Replace('\ude00', 'z');
            using JsonDocument document = JsonDocument.Parse(whole);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void AssertInside(DiagnosticInfo diagnostic, string text)
    {
        Assert.InRange(diagnostic.Start, 0, text.Length);
        Assert.InRange(diagnostic.Length, 0, text.Length - diagnostic.Start);
        Assert.DoesNotContain('\n', text.Substring(diagnostic.Start, diagnostic.Length));
        Assert.Equal(text[..diagnostic.Start].Count(static c => c == '\n'), diagnostic.Line);
        Assert.DoesNotContain('\0', diagnostic.Message);
    }
}
