using System.Text.RegularExpressions;
using Lamina.Format.Tests.Hostile;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Specification;

/// <summary>The specification's clauses hang together, and each is shown by a test.</summary>
public partial class ClauseTests
{
    [Fact]
    public void Clauses_Everywhere_AreUniqueAndInTheChapterThatTheContentsSay()
    {
        Assert.NotEmpty(SpecificationText.Clauses);
        Assert.All(SpecificationText.Clauses.GroupBy(static clause => clause.Clause), static group => Assert.Single(group));

        Dictionary<string, string> chapterOf = [];
        foreach (string[] row in SpecificationText.Table("README.md", "# The Lamina format", "chapter"))
        {
            string file = Regex.Match(row[0], @"\((.+)\)").Groups[1].Value;
            Assert.Contains(file, SpecificationText.Chapters.Keys);
            foreach (string prefix in row[1].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                chapterOf.Add(prefix, file);
        }

        Assert.All(SpecificationText.Clauses, clause => Assert.Equal(clause.Chapter, chapterOf[clause.Clause.Split('-')[0]]));
    }

    [Fact]
    public void Clauses_OfOneKind_AreNumberedWithoutHoles()
    {
        foreach (IGrouping<string, int> kind in SpecificationText.Clauses.GroupBy(
            static clause => clause.Clause.Split('-')[0], static clause => int.Parse(clause.Clause.Split('-')[1])))
        {
            Assert.Equal(Enumerable.Range(1, kind.Count()), kind.Order());
        }
    }

    [Fact]
    public void References_ToClauses_NameOnesThatExist()
    {
        HashSet<string> clauses = Clauses();
        string kinds = string.Join('|', clauses.Select(static clause => clause.Split('-')[0]).Distinct());
        Regex reference = new($@"\b(?:{kinds})-[0-9]+\b");

        IEnumerable<string> texts = SpecificationText.Chapters.Values
            .Concat(Sources("src").Select(File.ReadAllText))
            .Append(File.ReadAllText(Path.Combine(SpecificationText.Folder, "lamina_region.ksy")));
        string[] unknown = texts.SelectMany(text => reference.Matches(text)).Select(static match => match.Value).Except(clauses)
            .ToArray();

        Assert.Empty(unknown);
    }

    [Fact]
    public void Faults_InTheSpecificationAndInTheCode_AreTheSame() =>
        Assert.Equal(
            Enum.GetNames<FormatFault>().Where(static name => name != nameof(FormatFault.None)).Order(StringComparer.Ordinal),
            SpecificationText.Faults.Order(StringComparer.Ordinal));

    [Fact]
    public void Traits_InEveryTestAssembly_NameClausesThatExist() => Assert.Empty(Traits().Except(Clauses()));

    /// <summary>By a test that carries the clause, or by a file of the hostile corpus that is named after it: the corpus is
    /// enumerated, and a file that breaks the clause must be refused.</summary>
    [Fact]
    public void Clauses_Each_AreShownByATest()
    {
        IEnumerable<string> corpus = HostileCorpus.Files.Select(static file => file.Name)
            .Concat(HostileManifests.All.Select(static folder => folder.Name))
            .Select(static name => string.Join('-', name.Split('-').Take(2)));

        string[] missing = Clauses().Except(Traits()).Except(corpus).Order(StringComparer.Ordinal).ToArray();

        Assert.True(missing.Length == 0, $"No test carries [Trait(\"Spec\", …)] for: {string.Join(", ", missing)}.");
    }

    private static HashSet<string> Clauses() => SpecificationText.Clauses.Select(static clause => clause.Clause).ToHashSet();

    private static HashSet<string> Traits() => Sources("tests")
        .SelectMany(static path => Trait().Matches(File.ReadAllText(path)))
        .Select(static match => match.Groups[1].Value)
        .ToHashSet();

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"));

    // At the start of an attribute or after another one, so that this line itself is none.
    [GeneratedRegex("""(?<=[\[ ])Trait\("Spec", "([A-Z]+-[0-9]+)"\)""")]
    private static partial Regex Trait();
}
