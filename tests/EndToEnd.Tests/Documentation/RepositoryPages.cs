namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>The pages of the repository.</summary>
internal static class RepositoryPages
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the pages of the diagnostics.</summary>
    public const string Diagnostics = "docs/diagnostics";

    /// <summary>The pages for users: those that packages show, and the documentation without the decisions.</summary>
    public static IReadOnlyList<MarkdownPage> ForUsers { get; } =
    [
        .. new[] { "README.md", "src/Cli/README.md", "src/Hosting/README.md", "src/Runtime/README.md" }
            .Concat(PagesIn("docs", SearchOption.TopDirectoryOnly))
            .Concat(PagesIn(Diagnostics, SearchOption.TopDirectoryOnly)).Select(MarkdownPage.Read),
    ];

    /// <summary>All pages, for what holds of each.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. PagesIn(".", SearchOption.TopDirectoryOnly)
            .Concat(PagesIn("docs", SearchOption.AllDirectories))
            .Concat(PagesIn("format-spec", SearchOption.AllDirectories))
            .Concat(["src/Cli/README.md", "src/Hosting/README.md", "src/Runtime/README.md"])
            .Select(MarkdownPage.Read),
    ];

    public static MarkdownPage Named(string path) => ForUsers.Single(page => page.Path == path);

    /// <summary>The blocks of the pages for users that satisfy <paramref name="condition"/>, as data of a theory.</summary>
    public static TheoryData<string, int> Blocks(Func<CodeBlock, bool> condition)
    {
        TheoryData<string, int> data = [];
        foreach (CodeBlock block in ForUsers.SelectMany(static page => page.Blocks).Where(condition))
            data.Add(block.Page, block.Line);
        return data;
    }

    public static CodeBlock BlockAt(string page, int line) => Named(page).Blocks.Single(block => block.Line == line);

    /// <summary>The block after <paramref name="block"/>, if it shows what that one writes.</summary>
    public static CodeBlock? OutputOf(CodeBlock block)
    {
        IReadOnlyList<CodeBlock> blocks = Named(block.Page).Blocks;
        int next = blocks.ToList().IndexOf(block) + 1;
        return next < blocks.Count && blocks[next] is { Language: "text", Note: "output" } output ? output : null;
    }

    private static IEnumerable<string> PagesIn(string folder, SearchOption depth) =>
        Directory.GetFiles(Path.Combine(Root, folder), "*.md", depth)
            .Select(static file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Format.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
