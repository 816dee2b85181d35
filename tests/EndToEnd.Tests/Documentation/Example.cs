extern alias generator;

using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>Compiles an example of a page as the program of a project with the page's data set, and runs it.</summary>
internal static partial class Example
{
    private const string RootNamespace = "Feelings";

    private const string ImplicitUsings = """
        global using System;
        global using System.Buffers;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Text;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Lamina;
        global using Feelings;
        """;

    private const string Manager =
        """using MmapManager manager = MmapManager.Open(Path.Combine(AppContext.BaseDirectory, "dimensions"));""";

    /// <summary>The analyzer of the package.</summary>
    public static DiagnosticAnalyzer Analyzer { get; } = new generator::Lamina.Generator.Leases.LeaseAnalyzer();

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => IsForUsers(Path.GetFileNameWithoutExtension(path)))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles <paramref name="block"/>, which must give no warning, and runs it.</summary>
    /// <param name="block">Statements, perhaps after usings.</param>
    /// <param name="source">The path of the data set's source.</param>
    /// <returns>What it wrote to the console.</returns>
    public static string Run(CodeBlock block, string source)
    {
        using MemoryStream image = new();
        EmitResult emitted = Compile(block, source).Emit(image);
        Diagnostic[] warnings =
            [.. emitted.Diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(warnings.Length == 0, string.Join<Diagnostic>('\n', warnings));

        AssemblyLoadContext context = new(block.ToString(), isCollectible: true);
        TextWriter console = Console.Out;
        using StringWriter written = new() { NewLine = "\n" };
        try
        {
            image.Position = 0;
            MethodInfo main = context.LoadFromStream(image).EntryPoint!;
            Console.SetOut(written);
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null);
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }

        return written.ToString();
    }

    /// <summary>The codes of what the compiler says of a source, in its order.</summary>
    public static string[] CodesOf(string source) =>
    [
        .. Generator(source).RunGenerators(CSharpCompilation.Create("Source")).GetRunResult().Diagnostics
            .Select(static diagnostic => diagnostic.Id),
    ];

    /// <summary>The codes of what the analyzer says of <paramref name="block"/>, whether the language takes it or not.</summary>
    public static async Task<string[]> AnalyzeAsync(CodeBlock block, string source)
    {
        CompilationWithAnalyzers analysis = Compile(block, source).WithAnalyzers([Analyzer]);
        return [.. (await analysis.GetAnalyzerDiagnosticsAsync()).Select(static diagnostic => diagnostic.Id)];
    }

    private static Compilation Compile(CodeBlock block, string source)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Example",
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings, ParseOptions),
                CSharpSyntaxTree.ParseText(ToProgram(block), ParseOptions, $"{block}", Encoding.UTF8),
            ],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        Generator(source).RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation updated, out ImmutableArray<Diagnostic> found);
        Assert.Empty(found);
        return updated;
    }

    private static CSharpGeneratorDriver Generator(string source) => CSharpGeneratorDriver.Create(
        [new generator::Lamina.Generator.DataSetGenerator().AsSourceGenerator()],
        [new SourceFile(source)],
        ParseOptions,
        new ProjectOptions());

    /// <summary>The block with the manager that the pages assume, if it uses one that it does not open.</summary>
    private static string ToProgram(CodeBlock block)
    {
        List<string> lines = [.. block.Text.Split('\n')];
        int first = lines.FindIndex(static line => !UsingDirective().IsMatch(line));
        bool needsManager = block.Text.Contains("manager", StringComparison.Ordinal)
            && !block.Text.Contains("MmapManager manager =", StringComparison.Ordinal);
        string opening = needsManager ? Manager : string.Empty;
        lines.Insert(first, FormattableString.Invariant($"{opening}\n#line {block.Line + first + 1} \"{block.Page}\""));
        return string.Join('\n', lines);
    }

    [GeneratedRegex("^using (static )?[A-Za-z.]+;")]
    private static partial Regex UsingDirective();

    private static bool IsForUsers(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        || assembly is "netstandard" or "Lamina.Runtime" or "Lamina.Format" or "Lamina.Hosting";

    private sealed class SourceFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(File.ReadAllText(path), Encoding.UTF8);
    }

    private sealed class ProjectOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } =
            new Properties(("build_property.RootNamespace", RootNamespace));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Properties();

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            new Properties(("build_metadata.AdditionalFiles.LaminaDataSet", "true"));
    }

    private sealed class Properties(params (string Name, string Value)[] values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = values.FirstOrDefault(pair => pair.Name == key).Value;
            return value is not null;
        }
    }
}
