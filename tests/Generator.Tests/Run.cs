extern alias format;

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lamina.Generator.Tests;

/// <summary>Runs the generator over files in memory and compiles what it makes.</summary>
internal static class Run
{
    public const string Path = "/data/dimensions.json";

    public static CSharpParseOptions ParseOptions { get; } =
        new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(System.IO.Path.PathSeparator)
            .Where(static path => System.IO.Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(format::Lamina.DimensionId).Assembly.Location),
    ];

    /// <summary>A project with <paramref name="source"/> and no generated code.</summary>
    public static CSharpCompilation Compilation(string source = "") => CSharpCompilation.Create(
        "Tests",
        [CSharpSyntaxTree.ParseText(source, ParseOptions, "/src/Program.cs")],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999));

    /// <summary>A driver of the generator that tells what each step did.</summary>
    public static CSharpGeneratorDriver Driver(MemoryOptions options, params AdditionalText[] texts) =>
        CSharpGeneratorDriver.Create(
            [new DataSetGenerator().AsSourceGenerator()],
            texts,
            ParseOptions,
            options,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Generates from one file.</summary>
    public static GeneratorRunResult Generate(string json, MemoryOptions? options = null, string path = Path) =>
        Generate(options ?? Options(), new MemoryText(path, json));

    /// <summary>Generates from files.</summary>
    public static GeneratorRunResult Generate(MemoryOptions options, params AdditionalText[] texts)
    {
        GeneratorRunResult result = Driver(options, texts).RunGenerators(Compilation()).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return result;
    }

    /// <summary>The options that most tests use.</summary>
    public static MemoryOptions Options() => new MemoryOptions().Property("RootNamespace", "My.App");

    /// <summary>Compiles what was generated and <paramref name="source"/>, and expects no diagnostic at all.</summary>
    public static CSharpCompilation Compile(GeneratorRunResult result, string source = "")
    {
        CSharpCompilation compilation =
            Compilation(source).AddSyntaxTrees(result.GeneratedSources.Select(static s => s.SyntaxTree));
        Assert.Empty(compilation.GetDiagnostics().Where(static d => d.Severity != DiagnosticSeverity.Hidden));
        return compilation;
    }

    /// <summary>Compiles what was generated and loads it.</summary>
    public static System.Reflection.Assembly Load(GeneratorRunResult result, string source = "")
    {
        using MemoryStream image = new();
        Assert.True(Compile(result, source).Emit(image).Success);
        return System.Reflection.Assembly.Load(image.ToArray());
    }

    /// <summary>The generated file whose name ends with <paramref name="name"/>.</summary>
    public static string Source(this GeneratorRunResult result, string name) =>
        result.GeneratedSources.Single(s => s.HintName.EndsWith("." + name + ".g.cs", StringComparison.Ordinal))
            .SourceText.ToString();

    /// <summary>The names of the members that layers of the dimension class <paramref name="name"/> have.</summary>
    public static string[] LayerMembers(this GeneratorRunResult result, string name) =>
    [
        .. CSharpSyntaxTree.ParseText(result.Source(name), ParseOptions).GetRoot().DescendantNodes()
            .OfType<TypeDeclarationSyntax>().Single(static type => type.Identifier.Text is "Layers" or "LayerMembers")
            .Members.Select(static member => member is FieldDeclarationSyntax field
                ? field.Declaration.Variables[0].Identifier.Text
                : ((PropertyDeclarationSyntax)member).Identifier.Text)
            .Where(static member => member != "All"),
    ];
}
