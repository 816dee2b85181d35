using System.Text;
using System.Text.Json;
using Lamina.Format.Verification;

namespace Lamina.EndToEnd.Tests;

/// <summary>What the build of this project made of the reference source: typed identifiers, and a data set beside the tests.</summary>
public sealed class ReferenceDataSetTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "reference");

    [Fact]
    public void Build_OfTheReferenceSource_MadeAWholeDataSet()
    {
        VerificationReport report = DataSetVerifier.Verify(Folder);

        Assert.True(report.IsValid, string.Join(Environment.NewLine, report.Files.Select(static file => file.Fault?.Message)));
        Assert.Equal(15, report.Files.Count);
    }

    [Fact]
    public void Dimensions_OfTheReferenceSource_AreFourteenOfFourLayersEach()
    {
        Assert.Equal(14, Dimensions.All.Count);
        Assert.All(Dimensions.All, static dimension => Assert.Equal(4, dimension.LayerCount));
        Assert.Equal(new DimensionId(1), Emotion.Id);
        Assert.Equal("Cognition", Cognition.Name);
    }

    [Fact]
    public void Acquire_OfEachTypedLayer_ReadsTheContentOfTheSource()
    {
        Dictionary<LayerId, string> source = ReadSource();
        using MmapManager manager = MmapManager.Open(Folder);
        using ReadScope scope = manager.BeginScope();
        int read = 0;
        foreach (DimensionSchema dimension in Dimensions.All)
        {
            foreach (LayerId id in dimension.LayerIds)
            {
                using LayerLease lease = manager.Acquire(id);
                Assert.Equal(source[id], Encoding.UTF8.GetString(lease.Span));
                Assert.True(lease.Span.SequenceEqual(scope[id]));
                Assert.Equal(source[id], manager.ReadText(id));
                read++;
            }
        }

        Assert.Equal(source.Count, read);
        Assert.Equal(56, read);
    }

    private static Dictionary<LayerId, string> ReadSource()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SourcePath()));
        return document.RootElement.GetProperty("layers").EnumerateArray().ToDictionary(
            static layer => new LayerId(layer.GetProperty("dimension_id").GetUInt16(), layer.GetProperty("layer_num").GetUInt32()),
            static layer => layer.GetProperty("content").GetString()!);
    }

    private static string SourcePath()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Format.sln")))
            folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? throw new DirectoryNotFoundException("Format.sln is in no folder above."), "fixtures", "reference", "dimensions.json");
    }
}
