using Lamina.Format.Schema;
using Lamina.Generator.Leases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lamina.Generator.Tests;

/// <summary>Every diagnostic leads to its page, wherever the package lies.</summary>
public sealed class HelpLinkTests
{
    private const string Wrong = """{ "dimensions": [ { "id": 1 }, { "id": 1 } ] }""";

    private const string Leak = """
        class Reader
        {
            static int Read(Lamina.MmapManager manager, Lamina.LayerId id)
            {
                Lamina.LayerLease lease = manager.Acquire(id);
                return lease.Length;
            }
        }
        """;

    private static readonly DiagnosticDescriptor[] Rules =
    [
        .. Enum.GetValues<InputFault>()
            .Except([InputFault.ContentOverSize, InputFault.MissingContent, InputFault.InvalidBase64, InputFault.InvalidContentFile])
            .Select(DiagnosticDescriptors.Of),
        .. new LeaseAnalyzer().SupportedDiagnostics,
    ];

    public static TheoryData<string> Ids => [.. Rules.Select(static rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void Page_OfEachRule_HasItsTitleAndSeverity(string id)
    {
        DiagnosticDescriptor rule = Rules.Single(rule => rule.Id == id);
        string page = File.ReadAllText(Path.Combine(Repository(), "docs", "diagnostics", id + ".md")).ReplaceLineEndings("\n");

        Assert.StartsWith($"# {id}: {rule.Title}\n\n**{Word(rule.DefaultSeverity)}**, ", page, StringComparison.Ordinal);

        static string Word(DiagnosticSeverity severity) => severity switch
        {
            DiagnosticSeverity.Error => "Error",
            DiagnosticSeverity.Warning => "Warning",
            _ => "Note",
        };
    }

    [Theory]
    [InlineData("file:///packages/lamina/docs/diagnostics/")]
    [InlineData("file:///packages/lamina/docs/diagnostics")]
    [InlineData(" file:///packages/lamina/docs/diagnostics/ ")]
    public void Generate_HelpLinkBase_LeadsToThePageOfTheRule(string address)
    {
        GeneratorRunResult result = Run.Generate(Wrong, Run.Options().Property("LaminaHelpLinkBase", address));

        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("file:///packages/lamina/docs/diagnostics/LAM012.md", diagnostic.Descriptor.HelpLinkUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Generate_NoHelpLinkBase_HasNoLink(string? address)
    {
        MemoryOptions options = Run.Options();
        if (address is not null)
            options.Property("LaminaHelpLinkBase", address);

        Assert.Equal("", Assert.Single(Run.Generate(Wrong, options).Diagnostics).Descriptor.HelpLinkUri);
    }

    [Fact]
    public void Rerun_HelpLinkBaseEdited_ReportsAnewAndGeneratesNothingAnew()
    {
        CSharpCompilation compilation = Run.Compilation();
        GeneratorDriver driver = Run.Driver(Run.Options(), new MemoryText(Run.Path, Wrong)).RunGenerators(compilation);

        MemoryOptions moved = Run.Options().Property("LaminaHelpLinkBase", "file:///elsewhere/");
        driver = driver.WithUpdatedAnalyzerConfigOptions(moved).RunGenerators(compilation);

        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Equal("file:///elsewhere/LAM012.md", Assert.Single(result.Diagnostics).Descriptor.HelpLinkUri);
        IEnumerable<IncrementalStepRunReason> reasons = result.TrackedOutputSteps.Values
            .SelectMany(static steps => steps).SelectMany(static step => step.Outputs).Select(static output => output.Reason);
        Assert.Equal(
            [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], reasons);
    }

    [Fact]
    public async Task Analyze_HelpLinkBase_LeadsToThePageAndPassesForTheRuleThatIsDeclared()
    {
        MemoryOptions options = Run.Options().Property("LaminaHelpLinkBase", "file:///here/");
        CSharpCompilation compilation = Run.Compilation(Leak).AddReferences(Leases.LeaseCode.Runtime);

        // The compiler refuses what an analyzer does not declare, by an exception that it reports as AD0001.
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new LeaseAnalyzer()], new AnalyzerOptions([], options));
        Diagnostic diagnostic = Assert.Single(await analysis.GetAnalyzerDiagnosticsAsync());

        Assert.Equal(("LAM104", "file:///here/LAM104.md"), (diagnostic.Id, diagnostic.Descriptor.HelpLinkUri));
    }

    [Fact]
    public async Task Analyze_RuleSwitchedOff_SaysNothing()
    {
        MemoryOptions options = Run.Options().Property("LaminaHelpLinkBase", "file:///here/");
        CSharpCompilation compilation = Run.Compilation(Leak).AddReferences(Leases.LeaseCode.Runtime);
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            [new KeyValuePair<string, ReportDiagnostic>("LAM104", ReportDiagnostic.Suppress)]));

        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new LeaseAnalyzer()], new AnalyzerOptions([], options));

        Assert.Empty(await analysis.GetAnalyzerDiagnosticsAsync());
    }

    [Theory]
    [InlineData(Wrong, "LAM012", true)]
    [InlineData("""{ "dimensions": [ { "id": 1, "frequency_min": 2, "frequency_max": 1 } ] }""", "LAM023", false)]
    public void Generate_RuleSwitchedOff_StaysAnErrorAndSilencesAWarning(string json, string id, bool isSaid)
    {
        CSharpCompilation compilation = Run.Compilation();
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            [new KeyValuePair<string, ReportDiagnostic>(id, ReportDiagnostic.Suppress)]));

        Run.Driver(Run.Options(), new MemoryText(Run.Path, json))
            .RunGeneratorsAndUpdateCompilation(compilation, out _, out var diagnostics);

        Assert.Equal(isSaid ? [id] : [], diagnostics.Select(static diagnostic => diagnostic.Id));
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Format.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("Format.sln is in no folder above.");
    }
}
