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
    private static string Valid => Mutations.Valid;

    [Fact]
    public void Parse_TheTextThatIsMutated_IsValid() => Assert.Empty(Parse(Valid, "/a.json").Diagnostics);

    [Property(MaxTest = 3000)]
    public Property Parse_MutatedText_IsJsonIfTheStandardReaderSaysSo() => Prop.ForAll(Mutations.Texts, static text =>
    {
        ParsedDataSet parsed = Parse(text, "/a.json");

        Assert.Equal(IsJson(text), parsed.Diagnostics.All(static d => d.Fault != InputFault.InvalidJson));
        Assert.All(parsed.Diagnostics, d => AssertInside(d, text));
    });

    [Property(MaxTest = 1000)]
    public Property Parse_MutatedLines_AreJsonIfTheStandardReaderSaysSo() => Prop.ForAll(Mutations.Texts, static text =>
    {
        ParsedDataSet parsed = Parse(text, "/a.jsonl");

        Assert.Equal(
            text.TrimStart('\uFEFF').Split('\n').All(static line => line.AsSpan().Trim(" \t\r").IsEmpty || IsJson(line))
                || parsed.Diagnostics.Count(static d => d.Fault != InputFault.InvalidJson) >= DiagnosticBag.Capacity,
            parsed.Diagnostics.All(static d => d.Fault != InputFault.InvalidJson));
        Assert.All(parsed.Diagnostics, d => AssertInside(d, text));
    });

    [Property(MaxTest = 60)]
    public Property Generate_MutatedText_Compiles() => Prop.ForAll(Mutations.Texts, static text =>
    {
        Run.Compile(Run.Generate(text));
    });

    [Property(MaxTest = 60)]
    public Property Generate_MutatedLines_Compiles() => Prop.ForAll(Mutations.Lines, static text =>
    {
        const string Path = "/data/set.jsonl";
        Run.Compile(Run.Generate(text, Run.Options().Metadata(Path, "LaminaDataSet", "true"), Path));
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
        string text = "{ \"x\": " + Repeat(open) + "1" + Repeat(close) + " }";

        Assert.Equal(
            [InputFault.UnknownProperty, InputFault.LimitExceeded],
            Parse(text, "/a.json").Diagnostics.Select(static d => d.Fault));

        static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, Depth));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Parse_NestingAtTheLimit_IsAsTheStandardReaderHasIt(int depth, bool valid)
    {
        string text = "{ \"x\": " + new string('[', depth) + new string(']', depth) + ", \"dimensions\": [ { \"id\": 1 } ] }";

        Assert.Equal(valid, IsJson(text));
        Assert.Equal(valid, Parse(text, "/a.json").Diagnostics.All(static d => d.Fault != InputFault.LimitExceeded));
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
        DataSetSource source = new(new MemoryText("/a.json", Valid), new DataSetOptions("A", true, MemberKinds.Auto, false), null);

        Assert.Throws<OperationCanceledException>(() => DataSetParser.Parse(source, new CancellationToken(canceled: true)));
    }

    private static ParsedDataSet Parse(string text, string path) => DataSetParser.Parse(
        new DataSetSource(new MemoryText(path, text), new DataSetOptions("A", true, MemberKinds.Auto, false), null), default);

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
