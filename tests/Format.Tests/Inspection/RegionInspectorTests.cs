using FsCheck.Xunit;
using Lamina.Format.Inspection;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Inspection;

public sealed class RegionInspectorTests : IDisposable
{
    private readonly RegionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 100)]
    public void Inspect_AnyRegion_CountsWhatIsInIt(OracleCase @case)
    {
        OracleRegion region = @case.Region;
        byte[] file = OracleEncoder.Encode(region, @case.Options);
        OracleReading reading = OracleDecoder.Decode(file);

        RegionSummary summary = RegionInspector.Inspect(_folder.Write(file));

        Assert.Equal("1.0", summary.Version);
        Assert.Equal(file.Length, summary.FileBytes);
        Assert.Equal(region.Id, summary.Dimension.ToString());
        Assert.Equal(region.Name, summary.Name);
        Assert.Equal((long?)region.SizeBytes, summary.SizeBytes);
        Assert.Equal(region.FrequencyMin, summary.FrequencyMin);
        Assert.Equal(region.FrequencyMax, summary.FrequencyMax);
        Assert.Equal(1 << @case.Options.BlockSizeLog2, summary.BlockSize);
        Assert.Equal(1 << @case.Options.AlignmentLog2, summary.ContentAlignment);
        Assert.Equal(region.Layers.Count, summary.Layers);
        Assert.Equal(region.Layers.Count == 0 ? null : region.Layers[0].Number, summary.FirstNumber);
        Assert.Equal(region.Layers.Count == 0 ? null : region.Layers[^1].Number, summary.LastNumber);
        Assert.Equal(region.Layers.Count(static layer => layer.Name is not null), summary.NamedLayers);
        Assert.Equal(region.Layers.Count(static layer => layer.Simulated), summary.SimulatedLayers);
        Assert.Equal(region.Layers.Count(static layer => layer.Content.Length == 0), summary.EmptyLayers);
        Assert.Equal(region.Layers.SelectMany(static layer => layer.Keywords).Distinct().Count(), summary.Keywords);
        Assert.Equal(region.Layers.Sum(static layer => layer.Keywords.Count), summary.KeywordUses);
        Assert.Equal(region.Layers.Sum(static layer => (long)layer.Content.Length), summary.ContentBytes);
        Assert.Equal(reading.Parts.Blocks.Count, summary.Blocks.Sum(static blocks => blocks.Count));
        Assert.Equal(reading.Parts.Blocks.Sum(static block => (long)block.Stored.Length), summary.StoredBytes);
        Assert.Equal(reading.Parts.Blocks.Sum(static block => block.DecodedLength), summary.Blocks.Sum(static blocks => blocks.DecodedBytes));
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 50)]
    public void Inspect_AnyRegion_ListsExtremesWithTheFirstOfEqualsFirst(OracleCase @case)
    {
        RegionSummary summary = RegionInspector.Inspect(_folder.Write(@case.Region, @case.Options));

        IEnumerable<uint> longest = @case.Region.Layers.OrderByDescending(static layer => layer.Content.Length)
            .Take(RegionInspector.ListedLayers).Select(static layer => layer.Number);
        IEnumerable<uint> shortest = @case.Region.Layers.OrderBy(static layer => layer.Content.Length)
            .Take(RegionInspector.ListedLayers).Select(static layer => layer.Number);
        Assert.Equal(longest, summary.LargestLayers.Select(static layer => layer.Id.Number));
        Assert.Equal(shortest, summary.SmallestLayers.Select(static layer => layer.Id.Number));
    }

    [Fact, Trait("Spec", "SEC-1")]
    public void Inspect_Sections_AreThoseOfTheSpecificationAndEndWithTheFile()
    {
        RegionSummary summary = RegionInspector.Inspect(_folder.Write(OracleArbitraries.Build(new Random(7), 8).Region));

        Assert.Equal(
            ["dictionary", "content", "blocks", "numbers", "locations", "layers", "layer keywords", "keywords", "postings", "names", "strings"],
            summary.Sections.Select(static section => section.Name));
        Assert.Equal(Enumerable.Range(1, 11), summary.Sections.Select(static section => (int)section.Kind));
        Assert.Equal(summary.FileBytes, summary.Sections[^1].Offset + summary.Sections[^1].Length);
    }

    [Fact]
    public void Inspect_DepthsAndRatio_AreThoseOfTheFile()
    {
        OracleRegion region = new()
        {
            Dimension = 2,
            Layers =
            [
                new OracleLayer { Number = 0, Content = new byte[4096] },
                new OracleLayer { Number = 1, Parent = 0 },
                new OracleLayer { Number = 5, Parent = 1 },
            ],
        };

        RegionSummary stored = RegionInspector.Inspect(_folder.Write(region));
        RegionSummary packed = RegionInspector.Inspect(_folder.Write(region, new OracleOptions { Codec = 1 }));

        Assert.Equal(2, stored.MaxDepth);
        Assert.False(stored.IsDense);
        Assert.Equal(1, stored.Ratio);
        Assert.Equal("stored", Assert.Single(stored.Blocks).Codec);
        Assert.Equal("lz4", Assert.Single(packed.Blocks).Codec);
        Assert.Equal(4096.0 / packed.StoredBytes, packed.Ratio);
        Assert.True(packed.Ratio > 20);
        Assert.Equal(stored.Fingerprint, packed.Fingerprint);
        Assert.NotEqual(stored.Digest, packed.Digest);
    }

    [Fact]
    public void Inspect_DamagedHeader_Throws()
    {
        byte[] file = OracleEncoder.Encode(new OracleRegion { Dimension = 1 });
        file[100] ^= 1;

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => RegionInspector.Inspect(_folder.Write(file)));

        Assert.Equal(FormatFault.HeaderChecksum, thrown.Fault);
    }

    [Fact]
    public void Find_NothingAtPath_Throws() =>
        Assert.Throws<FileNotFoundException>(() => DataSetFiles.Find(_folder.Path("nothing")));

    [Fact]
    public void Find_RegionFile_IsTheOneRegion()
    {
        string path = _folder.Write(new OracleRegion { Dimension = 1 });

        DataSetFiles files = DataSetFiles.Find(path);

        Assert.Null(files.Manifest);
        Assert.Equal(path, Assert.Single(files.Regions).Path);
    }
}
