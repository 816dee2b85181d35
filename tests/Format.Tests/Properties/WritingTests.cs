using System.IO.Pipelines;
using FsCheck.Xunit;
using Lamina.Format.Conversion;
using Lamina.Format.Reading;
using Lamina.Format.Tests.Conversion;
using Lamina.Format.Tests.Hostile;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Tests.Specification;

namespace Lamina.Format.Tests.Properties;

/// <summary>The library writes what the oracle writes.</summary>
public class WritingTests
{
    public static TheoryData<string> StoredSets() => [.. ValidFixtures.All
        .Where(static fixture => fixture is { Change: null, Options: null or { Codec: 0 } })
        .Select(static fixture => fixture.Name)];

    /// <summary>With the codec none, a data set is a function of its source, block size and alignment: byte for byte.</summary>
    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 60)]
    [Trait("Spec", "CAN-1"), Trait("Spec", "CAN-3"), Trait("Spec", "CAN-4"), Trait("Spec", "CAN-5"), Trait("Spec", "CAN-7"),
        Trait("Spec", "CAN-8")]
    public void Convert_Stored_WritesTheOraclesBytes(OracleCase @case, int seed)
    {
        using TemporaryFolder root = new();
        OracleRegion region = WithoutSimulation(@case.Region);
        byte[] expected = OracleEncoder.Encode(region, @case.Options with { Codec = 0 });

        Convert(SourceText.Of(region, new Random(seed)), root.Path, @case.Options, CompressionLevel.None, jobs: 1 + (seed & 3));

        OracleManifestEntry entry = OracleManifestEntry.Of(region, expected);
        Assert.Equal([entry.File, OracleManifest.FileName], Names(root));
        Assert.Equal(expected, File.ReadAllBytes(root.Under(entry.File)));
        Assert.Equal(OracleManifest.Encode([entry]), File.ReadAllBytes(root.Under(OracleManifest.FileName)));
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 60), Trait("Spec", "CAN-2"), Trait("Spec", "CAN-1")]
    public void Convert_Compressed_PacksAsTheOracleAndDecodesToTheSame(OracleCase @case, int seed)
    {
        using TemporaryFolder root = new();
        OracleRegion region = WithoutSimulation(@case.Region);
        OracleParts expected = OracleEncoder.ToParts(region, @case.Options with { Codec = 1 });
        CompressionLevel level = (CompressionLevel)(1 + (seed & 0x7FFF_FFFF) % 3);

        Convert(SourceText.Of(region, new Random(seed)), root.Path, @case.Options, level, jobs: 1 + (seed & 3));

        OracleManifestEntry entry = Assert.Single(OracleManifest.Decode(File.ReadAllBytes(root.Under(OracleManifest.FileName))));
        OracleReading reading = OracleDecoder.Decode(File.ReadAllBytes(root.Under(entry.File)));
        Assert.Equal(region.ToText(), reading.Region.ToText());
        Assert.Equal(entry, OracleManifestEntry.Of(region, File.ReadAllBytes(root.Under(entry.File))));
        Assert.Equal(
            expected.Blocks.Select(static block => (block.ImageOffset, block.DecodedLength, block.FirstLayer)),
            reading.Parts.Blocks.Select(static block => (block.ImageOffset, block.DecodedLength, block.FirstLayer)));
        Assert.All(reading.Parts.Blocks, static block => Assert.True(
            block.Codec == 0 || 16L * (block.DecodedLength - block.Stored.Length) >= block.DecodedLength));

        // Any LZ4 encoder saves a sixteenth of a run of one byte.
        for (int i = 0; i < reading.Blocks.Count; i++)
        {
            if (reading.Blocks[i].Length >= 64 && !reading.Blocks[i].AsSpan().ContainsAnyExcept(reading.Blocks[i][0]))
                Assert.NotEqual(0u, reading.Parts.Blocks[i].Codec);
        }
    }

    /// <summary>Every edge of the source, simulated layers and repeated keywords among them.</summary>
    [Theory, MemberData(nameof(StoredSets))]
    [Trait("Spec", "CAN-3"), Trait("Spec", "CAN-6"), Trait("Spec", "CAN-9")]
    public async Task Convert_SourceOfAFrozenSet_WritesItAgain(string set)
    {
        ValidFixture fixture = ValidFixtures.All.Single(fixture => fixture.Name == set);
        OracleOptions options = fixture.Options ?? new OracleOptions();
        using TemporaryFolder root = new();

        await DataSetConverter.ConvertAsync(
            Path.Combine(Repository.Fixtures, fixture.Source), root.Path,
                ToOptions(options, CompressionLevel.None, 2) with { Simulate = fixture.Simulate });

        string frozen = Path.Combine(Repository.Fixtures, ValidFixtures.Folder, set);
        Assert.Equal(Directory.EnumerateFiles(frozen).Select(Path.GetFileName).Order(StringComparer.Ordinal), Names(root));
        foreach (string path in Directory.EnumerateFiles(frozen))
            Assert.Equal(await File.ReadAllBytesAsync(path), await File.ReadAllBytesAsync(root.Under(Path.GetFileName(path))));
    }

    /// <summary>A file is replaced, never rewritten: whoever has it mapped goes on reading what it mapped.</summary>
    [Fact, Trait("Spec", "TRU-5"), Trait("Spec", "PUB-1")]
    public void Convert_OverAMappedDataSet_LeavesWhatIsMapped()
    {
        using TemporaryFolder root = new();
        OracleRegion before = HostileRegions.Dense;
        OracleRegion after = before with
        {
            Layers = [.. before.Layers.Select(
            static layer => layer with { Content = [.. layer.Content.Select(static b => (byte)(b ^ 1))] })]
        };
        Convert(SourceText.Of(before, new Random(1)), root.Path, new OracleOptions(), CompressionLevel.None, jobs: 1);
        string path = root.Under(Names(root)[0]);
        byte[] file = File.ReadAllBytes(path);
        using MappedFile mapped = new(path);

        Convert(SourceText.Of(after, new Random(1)), root.Path, new OracleOptions(), CompressionLevel.None, jobs: 1);

        Assert.NotEqual(before.ToText(), after.ToText());
        Assert.Equal(3, Names(root).Length);
        Assert.True(mapped.View.Slice(0, (int)mapped.View.Length).SequenceEqual(file));
        Assert.Equal(file, File.ReadAllBytes(path));
    }

    private static void Convert(byte[] source, string folder, OracleOptions options, CompressionLevel level, int jobs) =>
        DataSetConverter.ConvertAsync(
            PipeReader.Create(new MemoryStream(source)), "dimensions.json", null, folder, ToOptions(options, level, jobs))
            .GetAwaiter().GetResult();

    private static ConversionOptions ToOptions(OracleOptions options, CompressionLevel level, int jobs) => new()
    {
        Level = level,
        BlockSize = 1 << options.BlockSizeLog2,
        ContentAlignment = 1 << options.AlignmentLog2,
        Jobs = jobs,
    };

    /// <summary>An author cannot say that a layer is simulated.</summary>
    private static OracleRegion WithoutSimulation(OracleRegion region) =>
        region with { Layers = [.. region.Layers.Select(static layer => layer with { Simulated = false })] };

    private static string[] Names(TemporaryFolder folder) => Directory.EnumerateFiles(folder.Path)
        .Select(static path => Path.GetFileName(path))
        .Where(static name => name != ".lamina-lock")
        .Order(StringComparer.Ordinal)
        .ToArray();
}
