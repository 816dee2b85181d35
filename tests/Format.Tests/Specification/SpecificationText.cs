using System.Text.RegularExpressions;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Specification;

/// <summary>What the tests read from <c>format-spec/*.md</c>: clauses, faults and tables.</summary>
internal static partial class SpecificationText
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "format-spec");

    /// <summary>Each chapter's text by its file name.</summary>
    public static IReadOnlyDictionary<string, string> Chapters { get; } = Directory.EnumerateFiles(Folder, "*.md")
        .Order(StringComparer.Ordinal)
        .ToDictionary(static path => Path.GetFileName(path), static path => File.ReadAllText(path).ReplaceLineEndings("\n"));

    /// <summary>The clauses in the order of the text, as often as they are there.</summary>
    public static IReadOnlyList<(string Clause, string Chapter)> Clauses { get; } =
    [
        .. Chapters.SelectMany(
            static chapter => Clause().Matches(chapter.Value).Select(match => (match.Groups[1].Value, chapter.Key))),
    ];

    /// <summary>The words in brackets that name faults.</summary>
    public static IReadOnlySet<string> Faults { get; } = Chapters.Values
        .SelectMany(static text => Brackets().Matches(text))
        .SelectMany(static match => match.Groups[1].Value.Split([',', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        .ToHashSet();

    /// <summary>The rows, without header and rule, of the table after <paramref name="heading"/> in a chapter.</summary>
    public static IReadOnlyList<string[]> Table(string chapter, string heading, string firstColumn)
    {
        string text = Chapters[chapter];
        int start = text.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{chapter} has no '{heading}'.");
        string[] lines = text[start..].Split('\n');
        int header = Array.FindIndex(lines, line => line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal));
        Assert.True(header >= 0, $"{chapter} has no table that begins with '{firstColumn}' after '{heading}'.");
        return lines[(header + 2)..]
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray())
            .ToArray();
    }

    [GeneratedRegex(@"\*\*([A-Z]+-[0-9]+)\.\*\*")]
    private static partial Regex Clause();

    // Links have their text in brackets too, and a parenthesis after them.
    [GeneratedRegex(@"\[((?:[A-Z][A-Za-z]+)(?:,\s*[A-Z][A-Za-z]+)*)\](?!\()")]
    private static partial Regex Brackets();
}
