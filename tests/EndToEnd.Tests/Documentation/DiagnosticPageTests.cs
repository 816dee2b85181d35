using System.Globalization;
using System.Xml.Linq;
using Lamina.Format.Schema;

namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>Each diagnostic has a page, which is right about it and stands by itself: the package has these pages and no others.</summary>
[Collection(nameof(WorkingFolder))]
public sealed class DiagnosticPageTests
{
    private static readonly string[] WithoutExample = ["LAM002", "LAM902"];

    /// <summary>What takes contents to find, and is the conversion's alone.</summary>
    private static readonly string[] OfTheConversion = ["LAM017", "LAM018", "LAM020", "LAM021"];

    /// <summary>What the conversion has nothing to do with.</summary>
    private static readonly string[] OfTheCompiler = ["LAM025"];

    private static readonly MarkdownPage[] Pages =
        [.. RepositoryPages.ForUsers.Where(static page => page.Path.StartsWith(RepositoryPages.Diagnostics, StringComparison.Ordinal))];

    public static TheoryData<string> Ids() => [.. Pages.Select(static page => IdOf(page))];

    public static TheoryData<string> IdsWithSources() =>
        [.. Pages.Where(static page => page.Blocks.Any(static block => block.IsSource)).Select(static page => IdOf(page))];

    public static TheoryData<string> IdsWithCode() =>
        [.. Pages.Where(static page => page.Blocks.Any(static block => block.Shown is not null)).Select(static page => IdOf(page))];

    [Fact]
    public void Pages_OfTheDiagnostics_AreOneForEachAndNoMore()
    {
        XElement targets = XElement.Load(Path.Combine(RepositoryPages.Root, "src", "Runtime", "build", "Lamina.targets"));
        IEnumerable<string> ofTheSource = Enum.GetValues<InputFault>().Select(
            static fault => string.Create(CultureInfo.InvariantCulture, $"LAM{(int)fault:D3}"));
        IEnumerable<string> ofTheBuild = targets.Descendants("Error").Attributes("Code").Select(static code => code.Value);
        IEnumerable<string> ofTheAnalyzer = Example.Analyzer.SupportedDiagnostics.Select(static rule => rule.Id);

        Assert.Equal(
            ofTheSource.Concat(ofTheBuild).Concat(ofTheAnalyzer).Order(StringComparer.Ordinal),
            Pages.Select(static page => IdOf(page)));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Page_OfEach_SaysWhatWhenAndHowAndNeedsNoOther(string id)
    {
        MarkdownPage page = PageOf(id);

        Assert.StartsWith($"# {id}: ", page.Prose[0].Text, StringComparison.Ordinal);
        Assert.NotEmpty(page.Section("What mends it"));
        Assert.NotEmpty(page.Section("How to silence it"));
        Assert.Equal(!WithoutExample.Contains(id), page.Prose.Any(static line => line.Text == "## Example"));
        Assert.All(page.Links(), static link => Assert.DoesNotContain('/', link.Target));
        Assert.Single(
            RepositoryPages.Named("docs/troubleshooting.md").Links(), link => link.Target == $"diagnostics/{id}.md");
    }

    [Theory, MemberData(nameof(IdsWithSources))]
    public async Task Source_OfEach_IsRefusedByWhatThePageSays(string id)
    {
        MarkdownPage page = PageOf(id);
        CodeBlock block = page.Blocks.Single(static block => block.IsSource);
        using PageFolder folder = await PageFolder.CreateAsync(page.Path);

        string[] compiler = Example.CodesOf(Path.GetFullPath(block.SourceName));

        // What the converter says is checked for the sources of all pages.
        Assert.Equal(OfTheConversion.Contains(id) ? [] : [id], compiler.Distinct());
        Assert.Equal(OfTheCompiler.Contains(id) ? [] : [id], block.ExpectedCodes);
    }

    [Theory, MemberData(nameof(IdsWithCode))]
    public async Task Code_OfEach_IsWhatTheAnalyzerWarnsOf(string id)
    {
        MarkdownPage page = PageOf(id);
        CodeBlock block = page.Blocks.Single(static block => block.Shown is not null);
        using PageFolder folder = await PageFolder.CreateAsync(page.Path);

        Assert.Equal(id, block.Shown);
        Assert.Equal([id], await Example.AnalyzeAsync(block, Path.GetFullPath(PageFolder.Source)));
        CodeBlock mended = page.Blocks.Single(static other => other.Language == "csharp" && other.Shown is null);
        Assert.Empty(await Example.AnalyzeAsync(mended, Path.GetFullPath(PageFolder.Source)));
    }

    private static MarkdownPage PageOf(string id) => RepositoryPages.Named($"{RepositoryPages.Diagnostics}/{id}.md");

    private static string IdOf(MarkdownPage page) => Path.GetFileNameWithoutExtension(page.Path);
}
