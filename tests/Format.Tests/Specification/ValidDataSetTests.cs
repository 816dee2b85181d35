using Lamina.Format.Publishing;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Verification;

namespace Lamina.Format.Tests.Specification;

public class ValidDataSetTests
{
    public static TheoryData<string> Sets() => ValidFixtureTests.Sets();

    [Theory, MemberData(nameof(Sets))]
    [Trait("Spec", "CMP-1"), Trait("Spec", "MAN-1"), Trait("Spec", "MAN-4")]
    public void Verify_FrozenDataSet_IsValid(string set)
    {
        string folder = Path.Combine(Repository.Fixtures, ValidFixtures.Folder, set);
        DataSetManifest manifest = DataSetManifest.Load(folder);

        VerificationReport report = DataSetVerifier.Verify(folder);

        Assert.True(report.IsValid, string.Join("\n", report.Files.Select(static file => file.Fault?.Message)));
        Assert.Equal(1 + manifest.Dimensions.Count, report.Files.Count);
        Assert.Equal(ValidFixtures.All.Single(fixture => fixture.Name == set).Regions().Count, manifest.Dimensions.Count);
    }
}
