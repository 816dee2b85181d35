using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Lamina.Generator.Tests;

public sealed class OptionsTests
{
    private const string Json = """
        { "dimensions": [ { "id": 1, "name": "A", "frequency_min": 1234.5, "frequency_max": 1e21 } ],
          "layers": [ { "dimension_id": 1, "layer_num": 0, "name": "Ilk", "frequency": 1234.5 },
                      { "dimension_id": 1, "layer_num": 1 } ] }
        """;

    [Theory]
    [InlineData(null, "Lamina.Generated")]
    [InlineData("", "Lamina.Generated")]
    [InlineData("My.App", "My.App")]
    [InlineData("my-app.1", "my_app._1")]
    public void Generate_RootNamespace_IsTheNamespace(string? root, string expected)
    {
        MemoryOptions options = new();
        if (root is not null)
            options.Property("RootNamespace", root);

        Assert.Contains($"\nnamespace {expected};\n", Run.Generate(Json, options).Source("A"), StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_Namespace_IsTheItemsThenTheProjects()
    {
        MemoryOptions options = Run.Options().Property("LaminaNamespace", "From.Project");
        Assert.Equal("From.Project.A.g.cs", Run.Generate(Json, options).GeneratedSources[0].HintName);

        options.Metadata(Run.Path, "LaminaNamespace", "From.@event");
        GeneratorRunResult result = Run.Generate(Json, options);
        Assert.Equal("From.event.A.g.cs", result.GeneratedSources[0].HintName);
        Assert.NotNull(Run.Load(result).GetType("From.event.A"));
    }

    [Theory]
    [InlineData("public", true)]
    [InlineData("Internal", false)]
    public void Generate_Accessibility_IsThatOfTheClasses(string accessibility, bool isPublic)
    {
        MemoryOptions options = Run.Options().Property("LaminaAccessibility", accessibility);
        Type[] exported = Run.Load(Run.Generate(Json, options)).GetExportedTypes();

        string[] expected = isPublic ? ["My.App.A", "My.App.A+Layers", "My.App.Dimensions"] : [];
        Assert.Equal(expected, exported.Select(static type => type.FullName!).Order());
    }

    [Theory]
    [InlineData(null, 3, "Ilk", "L1", "L2")]
    [InlineData("auto", 1024, "Ilk", "L1", "L1023")]
    [InlineData("auto", 1025, "Ilk")]
    [InlineData("ALL", 1025, "Ilk", "L1", "L1024")]
    [InlineData("named", 3, "Ilk")]
    [InlineData("none", 3)]
    public void Generate_Members_AreThoseAskedFor(string? members, int count, params string[] expected)
    {
        IEnumerable<string> unnamed =
            Enumerable.Range(1, count - 1).Select(static i => $$""", { "dimension_id": 1, "layer_num": {{i}} }""");
        string json = $$"""
            { "dimensions": [ { "id": 1, "name": "A" } ],
              "layers": [ { "dimension_id": 1, "layer_num": 0, "name": "ilk" }{{string.Concat(unnamed)}} ] }
            """;
        MemoryOptions options = Run.Options();
        if (members is not null)
            options.Metadata(Run.Path, "LaminaMembers", members);

        GeneratorRunResult result = Run.Generate(json, options);

        Run.Compile(result);
        string[] all = result.LayerMembers("A");
        Assert.Equal(expected, expected.Length < 3 ? all : [.. all[..2], all[^1]]);
        Assert.Equal(all.Length < count, result.Source("A").Contains("LaminaMembers", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("LaminaAccessibility", "protected")]
    [InlineData("LaminaMembers", "some")]
    [InlineData("LaminaNamespace", "a-b")]
    public void Generate_InvalidOption_ReportsItAtTheFile(string option, string value)
    {
        GeneratorRunResult result = Run.Generate(Json, Run.Options().Property(option, value));

        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("LAM027", diagnostic.Id);
        Assert.Contains($"{option} is '{value}'", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(Run.Path, diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(["Ilk", "L1"], result.LayerMembers("A"));
    }

    [Theory]
    [InlineData("/data/dimensions.json", null, true)]
    [InlineData("C:\\data\\Dimensions.JSON", null, true)]
    [InlineData("dimensions.json", null, true)]
    [InlineData("/data/dimensions.json", "false", false)]
    [InlineData("/data/my-dimensions.json", null, false)]
    [InlineData("/data/other.json", "True", true)]
    [InlineData("/data/other.json", "", false)]
    public void Generate_File_IsADataSetByMetadataOrName(string path, string? metadata, bool isDataSet)
    {
        MemoryOptions options = Run.Options();
        if (metadata is not null)
            options.Metadata(path, "LaminaDataSet", metadata);

        Assert.Equal(isDataSet ? 2 : 0, Run.Generate(Json, options, path).GeneratedSources.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Generate_TwoFilesInOneNamespace_ReportsTheSecondByPath(bool reversed)
    {
        MemoryText[] texts = [new("/a/dimensions.json", Json), new("/b/dimensions.json", Json)];
        if (reversed)
            Array.Reverse(texts);

        GeneratorRunResult result = Run.Generate(Run.Options(), texts);

        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(("LAM026", "/b/dimensions.json"), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path));
        Assert.Equal(2, result.GeneratedSources.Length);
    }

    [Fact]
    public void Generate_TwoFilesInOneNamespace_GeneratesWhatTheSecondHasAlone()
    {
        string other = Json.Replace("1e21 }", "1e21 }, { \"id\": 2, \"name\": \"B\" }", StringComparison.Ordinal);

        GeneratorRunResult result = Run.Generate(
            Run.Options(), new MemoryText("/a/dimensions.json", Json), new MemoryText("/b/dimensions.json", other));

        Assert.Equal("LAM026", Assert.Single(result.Diagnostics).Id);
        Run.Compile(result, "class P { object Q => (My.App.A.Id, My.App.B.Id, My.App.Dimensions.All); }");
    }

    [Fact]
    public void Generate_Strict_MakesAWarningAnError()
    {
        string json = Json.Replace("\"Ilk\", \"frequency\": 1234.5", "\"Ilk\", \"frequency\": 1", StringComparison.Ordinal);

        GeneratorRunResult lenient = Run.Generate(json, Run.Options().Metadata(Run.Path, "LaminaStrict", "false"));
        GeneratorRunResult strict = Run.Generate(json, Run.Options().Metadata(Run.Path, "LaminaStrict", "True"));

        Assert.Equal(("LAM022", DiagnosticSeverity.Warning), One(lenient));
        Assert.Equal(("LAM022", DiagnosticSeverity.Error), One(strict));
        Assert.Equal(lenient.Source("A"), strict.Source("A"));

        static (string, DiagnosticSeverity) One(GeneratorRunResult result)
        {
            Diagnostic diagnostic = Assert.Single(result.Diagnostics);
            return (diagnostic.Id, diagnostic.Severity);
        }
    }

    [Fact]
    public void Generate_TwoNamespaces_GeneratesBoth()
    {
        MemoryOptions options = Run.Options().Metadata("/b/dimensions.json", "LaminaNamespace", "Other");

        GeneratorRunResult result = Run.Generate(
            options, new MemoryText("/a/dimensions.json", Json), new MemoryText("/b/dimensions.json", Json));

        Run.Compile(result);
        Assert.Equal(4, result.GeneratedSources.Length);
    }

    [Fact]
    public void Generate_JsonLines_IsAsJson()
    {
        const string Path = "/data/set.jsonl";
        const string Lines = """
            { "dimension_id": 1, "layer_num": 1 }

            { "id": 1, "name": "A", "frequency_min": 1234.5, "frequency_max": 1e21 }
            { "name": "Ilk", "dimension_id": 1, "layer_num": 0, "frequency": 1234.5 }
            """;

        string lines = Lines.Replace("\n", "\r\n", StringComparison.Ordinal);
        GeneratorRunResult result = Run.Generate(lines, Run.Options().Metadata(Path, "LaminaDataSet", "true"), Path);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            Run.Generate(Json).Source("A").Replace("dimensions.json", "set.jsonl", StringComparison.Ordinal), result.Source("A"));
    }

    [Fact]
    public void Generate_AnotherCulture_IsTheSame()
    {
        string expected = Run.Generate(Json).Source("A");
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NumberGroupSeparator = ".";
        odd.NumberFormat.NegativeSign = "−";
        odd.NumberFormat.PositiveSign = "plus";
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal("1234,5", 1234.5.ToString(CultureInfo.CurrentCulture));
            Assert.Equal(expected, Run.Generate(Json).Source("A"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Contains("const double FrequencyMin = 1234.5;", expected, StringComparison.Ordinal);
        Assert.Contains("const double FrequencyMax = 1E+21;", expected, StringComparison.Ordinal);
    }
}
