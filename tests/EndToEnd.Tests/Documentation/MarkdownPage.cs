using System.Text;
using System.Text.RegularExpressions;

namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>A page of the documentation, taken apart as far as the tests need it.</summary>
internal sealed partial class MarkdownPage
{
    private const string Fence = "```";

    private MarkdownPage(string path, List<CodeBlock> blocks, List<(int Line, string Text)> prose)
    {
        Path = path;
        Blocks = blocks;
        Prose = prose;
    }

    /// <summary>The page, relative to the repository, with slashes.</summary>
    public string Path { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>The lines outside fences.</summary>
    public IReadOnlyList<(int Line, string Text)> Prose { get; }

    /// <summary>Reads the page at <paramref name="path"/>, relative to the repository.</summary>
    public static MarkdownPage Read(string path)
    {
        string[] lines = File.ReadAllLines(System.IO.Path.Combine(RepositoryPages.Root, path));
        List<CodeBlock> blocks = [];
        List<(int, string)> prose = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                prose.Add((i + 1, lines[i]));
                continue;
            }

            int start = i;
            string[] info = lines[i][Fence.Length..].Trim().Split(' ', 2);
            StringBuilder text = new();
            for (i++; i < lines.Length && lines[i] != Fence; i++)
                text.Append(lines[i]).Append('\n');
            Assert.True(i < lines.Length, $"{path}({start + 1}): the block has no end.");
            blocks.Add(new CodeBlock(path, start + 1, info[0], info.Length > 1 ? info[1].Trim() : string.Empty, text.ToString()));
        }

        return new MarkdownPage(path, blocks, prose);
    }

    /// <summary>The lines of the section under the heading that begins with <paramref name="title"/>.</summary>
    public IReadOnlyList<string> Section(string title)
    {
        int start = -1;
        int level = 0;
        List<string> section = [];
        foreach ((_, string text) in Prose)
        {
            Match heading = Heading().Match(text);
            if (start >= 0 && heading.Success && heading.Groups[1].Length <= level)
                break;
            if (start >= 0)
                section.Add(text);
            if (start < 0 && heading.Success && heading.Groups[2].Value.StartsWith(title, StringComparison.Ordinal))
            {
                start = 0;
                level = heading.Groups[1].Length;
            }
        }

        Assert.True(start >= 0, $"{Path} has no section '{title}'.");
        return section;
    }

    /// <summary>What a link may name after <c>#</c>: headings in lower case, without signs, with hyphens for spaces.</summary>
    public IReadOnlySet<string> Anchors()
    {
        HashSet<string> anchors = new(StringComparer.Ordinal);
        foreach ((_, string text) in Prose)
        {
            Match heading = Heading().Match(text);
            if (!heading.Success)
                continue;
            string words = LinkText().Replace(heading.Groups[2].Value, "$1").Trim().ToLowerInvariant();
            IEnumerable<char> kept = words.Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_');
            anchors.Add(string.Concat(kept).Replace(' ', '-'));
        }

        return anchors;
    }

    /// <summary>The targets of the page's links, each with its line.</summary>
    public IEnumerable<(int Line, string Target)> Links() =>
        from line in Prose
        from Match match in Link().Matches(InlineCode().Replace(line.Text, "code"))
        select (line.Line, match.Groups[1].Value);

    public override string ToString() => Path;

    [GeneratedRegex("^(#+) +(.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}
