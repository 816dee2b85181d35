using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lamina.Generator.Tests;

public sealed class IncrementalTests
{
    private const string Before = """
        { "dimensions": [ { "id": 1, "name": "Emotion" }, { "id": 2, "name": "Cognition" } ],
          "layers": [ { "dimension_id": 1, "layer_num": 0, "name": "Joy", "content": "first\nsecond" },
                      { "dimension_id": 2, "layer_num": 0, "name": "Thought", "frequency": 1 } ] }
        """;

    private const IncrementalStepRunReason Cached = IncrementalStepRunReason.Cached;
    private const IncrementalStepRunReason Unchanged = IncrementalStepRunReason.Unchanged;
    private const IncrementalStepRunReason Modified = IncrementalStepRunReason.Modified;
    private const IncrementalStepRunReason New = IncrementalStepRunReason.New;

    [Fact]
    public void Rerun_UnrelatedCodeEdited_EverythingIsCached()
    {
        CSharpCompilation compilation = Run.Compilation("class A;");
        GeneratorDriver driver = Run.Driver(Run.Options(), new MemoryText(Run.Path, Before)).RunGenerators(compilation);

        SyntaxTree unrelated = CSharpSyntaxTree.ParseText("class B { int x; }", Run.ParseOptions);
        driver = driver.RunGenerators(compilation.AddSyntaxTrees(unrelated));

        GeneratorRunResult result = driver.GetRunResult().Results[0];
        string[] all =
        [
            TrackingNames.DataSets, TrackingNames.Diagnostics, TrackingNames.Dimensions, TrackingNames.Index,
            TrackingNames.Namespaces, TrackingNames.Parsed, TrackingNames.Sources,
        ];
        Assert.Equal(all.Except([TrackingNames.Diagnostics]), result.TrackedSteps.Keys.Intersect(all).Order());
        foreach (string step in all)
            Assert.All(Reasons(result, step), static reason => Assert.Equal(Cached, reason));
        Assert.Equal([Cached, Cached, Cached], OutputReasons(result));
    }

    [Fact]
    public void Rerun_ContentEdited_StopsAfterParsing() => AssertReasons(
        Before.Replace("second", "2nd\\n3rd", StringComparison.Ordinal),
        parsed: [Unchanged], namespaces: [Cached], dataSets: [Cached], dimensions: [Cached, Cached], index: [Cached],
        outputs: [Cached, Cached, Cached]);

    [Fact]
    public void Rerun_LinesMoved_StopsAfterParsing() => AssertReasons(
        Before.Replace("{", "\r\n{", StringComparison.Ordinal),
        parsed: [Unchanged], namespaces: [Cached], dataSets: [Cached], dimensions: [Cached, Cached], index: [Cached],
        outputs: [Cached, Cached, Cached]);

    [Fact]
    public void Rerun_FirstLineEdited_RegeneratesOneDimension() => AssertReasons(
        Before.Replace("first", "1st", StringComparison.Ordinal),
        parsed: [Modified], namespaces: [Cached], dataSets: [Modified], dimensions: [Modified, Unchanged], index: [Unchanged],
        outputs: [Modified, Cached, Cached]);

    [Fact]
    public void Rerun_FirstLineEditedThatNoMemberShows_StopsAfterParsing()
    {
        MemoryText text = new(Run.Path, Before);
        MemoryText edited = new(Run.Path, Before.Replace("first", "1st", StringComparison.Ordinal));
        CSharpCompilation compilation = Run.Compilation();
        GeneratorDriver driver = Run.Driver(Run.Options().Property("LaminaMembers", "none"), text).RunGenerators(compilation);

        driver = driver.ReplaceAdditionalText(text, edited).RunGenerators(compilation);

        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Equal([Unchanged], Reasons(result, TrackingNames.Parsed));
        Assert.Equal([Cached, Cached, Cached], OutputReasons(result));
    }

    [Fact]
    public void Rerun_LayerRenamed_RegeneratesOneDimension() => AssertReasons(
        Before.Replace("Thought", "Idea", StringComparison.Ordinal),
        parsed: [Modified], namespaces: [Cached], dataSets: [Modified], dimensions: [Unchanged, Modified], index: [Unchanged],
        outputs: [Cached, Modified, Cached]);

    [Fact]
    public void Rerun_LayerAdded_RegeneratesOneDimension() => AssertReasons(
        Before.Replace("] }", ", { \"dimension_id\": 1, \"layer_num\": 1 } ] }", StringComparison.Ordinal),
        parsed: [Modified], namespaces: [Cached], dataSets: [Modified], dimensions: [Modified, Unchanged], index: [Unchanged],
        outputs: [Modified, Cached, Cached]);

    [Fact]
    public void Rerun_DimensionAdded_RegeneratesTheListAndTheNewOne() => AssertReasons(
        Before.Replace("2, \"name\": \"Cognition\" }", "2, \"name\": \"Cognition\" }, { \"id\": 3 }", StringComparison.Ordinal),
        parsed: [Modified], namespaces: [Modified], dataSets: [Modified], dimensions: [Unchanged, Unchanged, New], index: [Modified],
        outputs: [Cached, Cached, New, Modified]);

    [Fact]
    public void Rerun_OptionEdited_RegeneratesEverything()
    {
        MemoryText text = new(Run.Path, Before);
        CSharpCompilation compilation = Run.Compilation();
        GeneratorDriver driver = Run.Driver(Run.Options(), text).RunGenerators(compilation);

        GeneratorRunResult same = Rerun(Run.Options());
        GeneratorRunResult other = Rerun(Run.Options().Property("LaminaAccessibility", "internal"));

        Assert.Equal([Cached], Reasons(same, TrackingNames.Sources));
        Assert.Equal([Cached], Reasons(same, TrackingNames.Parsed));
        Assert.Equal([Cached, Cached, Cached], OutputReasons(same));
        Assert.Equal([Modified], Reasons(other, TrackingNames.Sources));
        Assert.Equal([Modified, Modified, Modified], OutputReasons(other));

        GeneratorRunResult Rerun(MemoryOptions options) =>
            driver.WithUpdatedAnalyzerConfigOptions(options).RunGenerators(compilation).GetRunResult().Results[0];
    }

    [Fact]
    public void Rerun_OneOfTwoFilesEdited_LeavesTheOtherCached()
    {
        const string OtherPath = "/data/other.json";
        MemoryOptions options = Run.Options()
            .Metadata(OtherPath, "LaminaDataSet", "true").Metadata(OtherPath, "LaminaNamespace", "Other");
        MemoryText first = new(Run.Path, Before);
        MemoryText second = new(OtherPath, Before);
        CSharpCompilation compilation = Run.Compilation();
        GeneratorDriver driver = Run.Driver(options, first, second).RunGenerators(compilation);

        MemoryText edited = new(OtherPath, Before.Replace("Joy", "Fear", StringComparison.Ordinal));
        driver = driver.ReplaceAdditionalText(second, edited).RunGenerators(compilation);

        GeneratorRunResult result = driver.GetRunResult().Results[0];

        Assert.Equal([Cached, Modified], Reasons(result, TrackingNames.Sources));
        Assert.Equal([Cached, Modified], Reasons(result, TrackingNames.Parsed));
        Assert.Equal([Cached], Reasons(result, TrackingNames.Namespaces));
        Assert.Equal([Cached, Modified], Reasons(result, TrackingNames.DataSets));
        Assert.Equal([Cached, Cached, Modified, Unchanged], Reasons(result, TrackingNames.Dimensions));
        Assert.Equal([Cached, Unchanged], Reasons(result, TrackingNames.Index));
        Assert.Equal([Cached, Cached, Modified, Cached, Cached, Cached], OutputReasons(result));
    }

    [Fact]
    public void Rerun_ErrorMoved_ReportsItAnewAndGeneratesNothingAnew()
    {
        const string Wrong = """{ "dimensions": [ { "id": 1 } ], "layers": [ { "dimension_id": 2, "layer_num": 0 } ] }""";
        MemoryText text = new(Run.Path, Wrong);
        CSharpCompilation compilation = Run.Compilation();
        GeneratorDriver driver = Run.Driver(Run.Options(), text).RunGenerators(compilation);

        driver = driver.ReplaceAdditionalText(text, new MemoryText(Run.Path, "\n" + Wrong)).RunGenerators(compilation);

        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Equal([Modified], Reasons(result, TrackingNames.Diagnostics));
        Assert.Equal([Unchanged, Unchanged], Reasons(result, TrackingNames.Dimensions));
        Assert.Equal([Modified, Cached, Cached, Cached], OutputReasons(result));
        Assert.Equal(1, Assert.Single(result.Diagnostics).Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void Pipeline_KeepsNothingOfTheCompilation()
    {
        MemoryText text = new(Run.Path, Before.Replace("Joy", "All", StringComparison.Ordinal));
        GeneratorDriver driver = Run.Driver(Run.Options(), text).RunGenerators(Run.Compilation("class A;"));
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);

        foreach (string step in StepNames())
        {
            foreach ((object value, _) in result.TrackedSteps[step].SelectMany(static s => s.Outputs))
                Walk(value, step, seen);
        }

        Assert.Contains(seen, static o => o is Model.LayerModel);
        Assert.Contains(seen, static o => o is Model.DiagnosticInfo);
    }

    private static void AssertReasons(
        string after,
        IncrementalStepRunReason[] parsed,
        IncrementalStepRunReason[] namespaces,
        IncrementalStepRunReason[] dataSets,
        IncrementalStepRunReason[] dimensions,
        IncrementalStepRunReason[] index,
        IncrementalStepRunReason[] outputs)
    {
        MemoryText text = new(Run.Path, Before);
        CSharpCompilation compilation = Run.Compilation();
        GeneratorDriver driver = Run.Driver(Run.Options(), text).RunGenerators(compilation);

        driver = driver.ReplaceAdditionalText(text, new MemoryText(Run.Path, after)).RunGenerators(compilation);

        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Empty(result.Diagnostics);
        Assert.Equal([Modified], Reasons(result, TrackingNames.Sources));
        Assert.Equal(parsed, Reasons(result, TrackingNames.Parsed));
        Assert.Equal(namespaces, Reasons(result, TrackingNames.Namespaces));
        Assert.Equal(dataSets, Reasons(result, TrackingNames.DataSets));
        Assert.Equal(dimensions, Reasons(result, TrackingNames.Dimensions));
        Assert.Equal(index, Reasons(result, TrackingNames.Index));
        Assert.Equal(outputs, OutputReasons(result));
    }

    private static IEnumerable<string> StepNames() => typeof(TrackingNames)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!);

    private static IncrementalStepRunReason[] Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out var steps)
            ? [.. steps.SelectMany(static s => s.Outputs).Select(static output => output.Reason)]
            : [];

    private static IncrementalStepRunReason[] OutputReasons(GeneratorRunResult result) =>
    [
        .. result.TrackedOutputSteps.Values.SelectMany(static s => s).SelectMany(static s => s.Outputs)
            .Select(static output => output.Reason),
    ];

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null)
            return;
        Type type = value.GetType();
        foreach (Type forbidden in (Type[])[
            typeof(Compilation), typeof(ISymbol), typeof(SyntaxNode), typeof(SyntaxTree), typeof(Location), typeof(Diagnostic)])
        {
            Assert.False(forbidden.IsAssignableFrom(type), $"{path} holds a {type}.");
        }

        // What the compiler hands in as the file is its own.
        if (type.IsPrimitive || value is string or Delegate or AdditionalText || !seen.Add(value))
            return;
        if (value is IEnumerable items and (Array or IList))
        {
            foreach (object? item in items)
                Walk(item, path + "[]", seen);
        }

        for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            foreach (FieldInfo field in t.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPointer)
                    Walk(field.GetValue(value), path + "." + field.Name, seen);
            }
        }
    }
}
