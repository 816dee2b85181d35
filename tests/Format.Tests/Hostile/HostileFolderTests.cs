using System.Text.Json;
using Lamina.Format.Publishing;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Verification;

namespace Lamina.Format.Tests.Hostile;

/// <summary>Every data set of the hostile corpus is refused with its fault at its place.</summary>
public class HostileFolderTests
{
    private static readonly string FolderPath = Path.Combine(Repository.Fixtures, HostileCorpus.Folder);

    public static TheoryData<string, FormatFault, long, bool> Expected()
    {
        TheoryData<string, FormatFault, long, bool> expected = [];
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(FolderPath, "expected.json")));
        foreach (
            JsonElement item in document.RootElement.EnumerateArray().Where(static item => item.TryGetProperty("folder", out _)))
        {
            expected.Add(
                item.GetProperty("folder").GetString()!,
                Enum.Parse<FormatFault>(item.GetProperty("fault").GetString()!),
                item.GetProperty("offset").GetInt64(),
                item.GetProperty("refused_by").GetString() == "Load");
        }

        return expected;
    }

    [Theory, MemberData(nameof(Expected))]
    [Trait("Spec", "MAN-2"), Trait("Spec", "MAN-3"), Trait("Spec", "MAN-4"), Trait("Spec", "MAN-5"), Trait("Spec", "MAN-7")]
    public void Load_HostileFolder_RefusesWhatTheManifestShows(string folder, FormatFault fault, long offset, bool inManifest)
    {
        string path = Path.Combine(FolderPath, folder);
        if (!inManifest)
        {
            Assert.NotEmpty(DataSetManifest.Load(path).Dimensions);
            return;
        }

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => DataSetManifest.Load(path));
        Assert.Equal((fault, offset), (thrown.Fault, thrown.Offset));
    }

    [Theory, MemberData(nameof(Expected))]
    [Trait("Spec", "MAN-1"), Trait("Spec", "MAN-5"), Trait("Spec", "MAN-6")]
    public void Verify_HostileFolder_NamesFaultAndPlace(string folder, FormatFault fault, long offset, bool inManifest)
    {
        VerificationReport report = DataSetVerifier.Verify(Path.Combine(FolderPath, folder));

        Assert.False(report.IsValid);
        VerifiedFile file = Assert.Single(report.Files, static file => file.Fault is not null);
        Assert.Equal((fault, offset), (file.Fault!.Fault, file.Fault.Offset));
        Assert.Equal(inManifest, Path.GetFileName(file.Path) == DataSetManifest.FileName);
    }
}
