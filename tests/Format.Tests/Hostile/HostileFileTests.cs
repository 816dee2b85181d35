using System.Text.Json;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Tests.Properties;
using Lamina.Format.Verification;

namespace Lamina.Format.Tests.Hostile;

/// <summary>Every file of the hostile corpus is refused, by the stage that must see it, with its fault at its place.</summary>
public class HostileFileTests
{
    private static readonly string FolderPath = Path.Combine(Repository.Fixtures, HostileCorpus.Folder);

    /// <summary>What the committed folder lists; not what the builder would make.</summary>
    public static TheoryData<string, FormatFault, long, string> Expected()
    {
        TheoryData<string, FormatFault, long, string> expected = [];
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(FolderPath, "expected.json")));
        foreach (
            JsonElement item in document.RootElement.EnumerateArray().Where(static item => item.TryGetProperty("file", out _)))
        {
            expected.Add(
                item.GetProperty("file").GetString()!,
                Enum.Parse<FormatFault>(item.GetProperty("fault").GetString()!),
                item.GetProperty("offset").GetInt64(),
                item.GetProperty("refused_by").GetString()!);
        }

        return expected;
    }

    [Fact]
    public void Corpus_Frozen_IsWhatTheBuilderMakes() => Repository.CheckFrozen(HostileCorpus.Folder, HostileCorpus.ToFolder());

    [Fact]
    public void Corpus_Files_AreSmallAndEachOfItsOwn()
    {
        Assert.All(
            HostileCorpus.Files,
            static file => Assert.True(file.Bytes.Length < 2048, $"{file.Name} has {file.Bytes.Length} bytes."));
        Assert.Equal(
            HostileCorpus.Files.Count,
            HostileCorpus.Files.Select(static file => Convert.ToHexString(file.Bytes)).Distinct().Count());
    }

    [Fact]
    public void Regions_Undamaged_HaveNoFault()
    {
        foreach (OracleParts parts in (OracleParts[])
            [
                HostileRegions.Parts(), HostileRegions.Parts(HostileRegions.Sparse), HostileRegions.Parts(HostileRegions.Empty),
                HostileRegions.Parts(alignmentLog2: 8), HostileRegions.OneBlockEach(),
                    HostileRegions.Lz4(HostileSections.Run(100), 100),
                HostileRegions.Lz4(HostileSections.Run(100), 100, codec: 2),
            ])
        {
            byte[] file = parts.ToFile().Bytes;
            using PinnedRegion opened = new(file);
            Assert.Equal(OracleDecoder.Decode(file).Region.ToText(), opened.ToOracle().ToText());
        }
    }

    [Theory, MemberData(nameof(Expected))]
    public void Oracle_HostileFile_IsRefused(string file, FormatFault fault, long offset, string refusedBy)
    {
        OracleFaultException thrown = Assert.Throws<OracleFaultException>(() => OracleDecoder.Decode(Read(file)));

        Assert.NotEmpty(refusedBy);
        Assert.Equal((fault.ToString(), offset), (thrown.Fault, thrown.Offset));
    }

    [Theory, MemberData(nameof(Expected))]
    public void Verify_HostileFile_NamesFaultAndPlace(string file, FormatFault fault, long offset, string refusedBy)
    {
        VerificationReport report = DataSetVerifier.Verify(Path.Combine(FolderPath, file));

        Assert.NotEmpty(refusedBy);
        LaminaFormatException? found = Assert.Single(report.Files).Fault;
        Assert.NotNull(found);
        Assert.Equal((fault, offset), (found.Fault, found.Offset));
        Assert.Contains(file, found.File, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Expected))]
    [Trait("Spec", "TRU-1")]
    public void Region_HostileFile_IsRefusedBeforeItIsUsed(string file, FormatFault fault, long offset, string refusedBy)
    {
        LaminaFormatException? thrown = null;
        string stage = "Verify";
        try
        {
            stage = "Open";
            using PinnedRegion opened = new(Read(file));
            stage = "Descriptions";
            _ = opened.Region.Descriptions;
            stage = "Decode";
            for (int block = 0; block < opened.Region.BlockCount; block++)
                opened.Decode(block);
            stage = "Verify";
        }
        catch (LaminaFormatException e)
        {
            thrown = e;
        }

        Assert.Equal(refusedBy, stage);
        if (thrown is not null)
            Assert.Equal((fault, offset), (thrown.Fault, thrown.Offset));
    }

    private static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(FolderPath, file));
}
