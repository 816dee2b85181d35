namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>Links of pages lead somewhere.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages() => [.. RepositoryPages.All.Select(static page => page.Path)];

    [Theory, MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadToFilesAndHeadingsThatAreThere(string path)
    {
        MarkdownPage page = MarkdownPage.Read(path);
        List<string> broken = [];
        foreach ((int line, string target) in page.Links())
        {
            if (target.StartsWith("https://", StringComparison.Ordinal))
                continue;
            string[] parts = target.Split('#', 2);
            string linked = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
            string file = Path.GetFullPath(Path.Combine(RepositoryPages.Root, linked));
            bool isThere = Path.Exists(file) && (parts.Length == 1 || AnchorsOf(file).Contains(parts[1]));
            if (!isThere)
                broken.Add($"{path}({line}): {target}");
        }

        Assert.Empty(broken);

        static IReadOnlySet<string> AnchorsOf(string file) =>
            MarkdownPage.Read(Path.GetRelativePath(RepositoryPages.Root, file)).Anchors();
    }

    [Fact]
    public void Index_OfTheDocumentation_NamesEveryPage()
    {
        HashSet<string> linked = [.. RepositoryPages.Named("docs/README.md").Links().Select(static link => link.Target)];

        Assert.All(
            RepositoryPages.ForUsers.Where(
                static page => Path.GetDirectoryName(page.Path) == "docs" && page.Path != "docs/README.md"),
            page => Assert.Contains(Path.GetFileName(page.Path), linked));
    }
}
