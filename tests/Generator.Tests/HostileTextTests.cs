extern alias format;

using System.Text.Json;
using format::Lamina;
using Microsoft.CodeAnalysis;

namespace Lamina.Generator.Tests;

/// <summary>Text of a data set never becomes code, and reads back as it was.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] LineEnds = ["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\v", "\f"];

    public static TheoryData<string> Texts =>
    [
        .. LineEnds.Select(static end => "a" + end + "public class Injected;"),
        "</summary><summary>", "&amp; &lt; <b> ]]>", "*/ class Injected; /*", "\"; class Injected; //",
        "\"\"\"u8); } class Injected;", "\"\"\"\"\"", "\\", "\\u000a class Injected;", "{0}{{}}", "  leading and trailing  ",
        " ", "\t", "\0", "\u0001\u001F\u007F", "\uFEFF", "\u202Eevil\u202C", "\uFFFE\uFFFF", "👨\u200D👩\u200D👧",
        "#if false", "# pragma", "// ", "\"a\"", "a\"", new string('"', 100),
    ];

    [Theory, MemberData(nameof(Texts))]
    public void Generate_HostileText_StaysText(string text)
    {
        string json = JsonSerializer.Serialize(new
        {
            dimensions = new[] { new { id = 1, name = text }, new { id = 2, name = "Plain" } },
            layers = new object[]
            {
                new { dimension_id = 1, layer_num = 0, name = text, keywords = new[] { text }, content = text },
                new { dimension_id = 1, layer_num = 1, name = "other", content = " \r\n" + text },
                new { dimension_id = 1, layer_num = 5, content = text },
                new { dimension_id = 2, layer_num = 0, keywords = new[] { text, "b" }, content = text },
            },
        });

        GeneratorRunResult result = Run.Generate(json);
        System.Reflection.Assembly assembly = Run.Load(result);

        Assert.DoesNotContain(assembly.GetTypes(), static type => type.Name == "Injected");
        Type dimensions = assembly.GetType("My.App.Dimensions")!;
        DimensionSchema schema = ((IReadOnlyList<DimensionSchema>)dimensions.GetProperty("All")!.GetValue(null)!)[0];
        LayerSchema[] layers = [schema.LayerAt(0), schema.LayerAt(1), schema.LayerAt(2)];
        Assert.Equal(text, schema.Name);
        Assert.Equal([text, "other", null], layers.Select(static l => l.Name));
        Assert.True(schema.TryFindLayer(text, out LayerId layer));
        Assert.Equal(new LayerId(1, 0), layer);
        Assert.Equal(DimensionSchema.Create(schema.Id, schema.Name, layers).Fingerprint, schema.Fingerprint);
    }

    [Theory, MemberData(nameof(Texts))]
    public void Generate_HostileFileName_StaysText(string text)
    {
        string path = "/data/" + text + ".json";

        GeneratorRunResult result = Run.Generate(
            Run.Options().Metadata(path, "LaminaDataSet", "true"), new MemoryText(path, """{ "dimensions": [ { "id": 1 } ] }"""));

        Assert.DoesNotContain(Run.Load(result).GetTypes(), static type => type.Name == "Injected");
    }

    [Fact]
    public void Generate_LongNames_CompilesIntoMetadata()
    {
        string longest = new('語', 341);
        string json = JsonSerializer.Serialize(new
        {
            dimensions = new[] { new { id = 1, name = longest } },
            layers = new[] { longest, longest + "a" }.Select(static (name, i) => new { dimension_id = 1, layer_num = i, name }),
        });

        Assert.Equal(2, Run.Generate(json).LayerMembers(new string('語', 128)).Length);
        Run.Load(Run.Generate(json));
    }

    [Fact]
    public void Generate_FirstLine_IsCutBetweenCharacters()
    {
        string json = JsonSerializer.Serialize(new
        {
            dimensions = new[] { new { id = 1, name = "A" } },
            layers = new[] { new { dimension_id = 1, layer_num = 0, content = "x" + Repeat("😀", 100) } },
        });

        string source = Run.Generate(json).Source("A");

        Assert.Contains("<summary>x" + Repeat("😀", 59) + "…</summary>", source, StringComparison.Ordinal);

        static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
    }

    [Fact]
    public void Generate_LinesOfTheFile_DoNotMatter()
    {
        const string Json = """
            { "dimensions": [ { "id": 1, "name": "A" } ],
              "layers": [
                { "dimension_id": 1,
                  "layer_num": 0, "name": "b" } ] }
            """;

        GeneratorRunResult lf = Run.Generate(Json);
        GeneratorRunResult crlf = Run.Generate(Json.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(Texts(lf), Texts(crlf));
        Assert.All(Texts(lf), static text => Assert.DoesNotContain("\r", text, StringComparison.Ordinal));

        static IEnumerable<string> Texts(GeneratorRunResult result) =>
            result.GeneratedSources.Select(static s => s.SourceText.ToString());
    }
}
