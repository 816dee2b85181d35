using Lamina.Format.Tests.Oracle;
using Lamina.Format.Tests.Properties;

namespace Lamina.Format.Tests.Specification;

/// <summary>Files of version 1 must be read for ever, and say what their source says.</summary>
public class ValidFixtureTests
{
    public static TheoryData<string> Sets()
    {
        TheoryData<string> sets = [];
        foreach (string folder in Directory.EnumerateDirectories(Path.Combine(Repository.Fixtures, ValidFixtures.Folder))
            .Order(StringComparer.Ordinal))
            sets.Add(Path.GetFileName(folder));
        return sets;
    }

    [Fact]
    public void Fixtures_Frozen_AreWhatTheBuilderMakes() => Repository.CheckFrozen(ValidFixtures.Folder, ValidFixtures.Build());

    [Theory, MemberData(nameof(Sets))]
    public void Fixtures_ReadByTheOracle_SayWhatTheirSourceSays(string set)
    {
        string folder = FolderOf(set);
        OracleRegion[] regions = OracleManifest.Decode(File.ReadAllBytes(Path.Combine(folder, OracleManifest.FileName)))
            .Select(entry => OracleDecoder.Decode(File.ReadAllBytes(Path.Combine(folder, entry.File))).Region)
            .ToArray();

        Assert.Equal(SourceOf(set), string.Concat(regions.Select(static region => region.ToText())));
    }

    [Theory, MemberData(nameof(Sets))]
    [Trait("Spec", "CMP-1"), Trait("Spec", "CMP-2"), Trait("Spec", "CMP-3"), Trait("Spec", "CMP-4")]
    [Trait("Spec", "HDR-5"), Trait("Spec", "SEC-3")]
    public void Region_FrozenFile_SaysWhatItsSourceSays(string set)
    {
        string folder = FolderOf(set);
        string text = "";
        foreach (string path in Directory.EnumerateFiles(folder, "*.lamina").Order(StringComparer.Ordinal))
        {
            using PinnedRegion opened = new(File.ReadAllBytes(path));
            text += opened.ToOracle().ToText();
        }

        Assert.Equal(SourceOf(set), text);
    }

    private static string FolderOf(string set) => Path.Combine(Repository.Fixtures, ValidFixtures.Folder, set);

    private static string SourceOf(string set) =>
        string.Concat(
            ValidFixtures.All.Single(fixture => fixture.Name == set).Regions().Select(static region => region.ToText()));
}
