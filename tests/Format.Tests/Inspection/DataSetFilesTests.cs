using System.IO.Pipelines;
using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Inspection;

namespace Lamina.Format.Tests.Inspection;

public sealed class DataSetFilesTests : IDisposable
{
    private const string Source = """
        {"dimensions": [{"id": 1, "name": "Emotion"}, {"id": 2}],
         "layers": [{"dimension_id": 1, "layer_num": 0, "content": "one"}, {"dimension_id": 2, "layer_num": 0, "content": "two"}]}
        """;

    private readonly RegionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Find_FolderOrManifest_ListsTheManifestsRegions()
    {
        string set = await ConvertAsync(Source, "set");

        DataSetFiles byFolder = DataSetFiles.Find(set);
        DataSetFiles byManifest = DataSetFiles.Find(Path.Combine(set, "manifest.json"));

        Assert.Equal(["D01", "D02"], byFolder.Regions.Select(static region => region.Entry!.Dimension.ToString()));
        Assert.Equal(byFolder.Regions, byManifest.Regions);
        Assert.Equal(set, byManifest.Path);
        using RegionReader reader = byFolder.Regions[0].Open();
        Assert.Equal("Emotion", reader.Name);
    }

    [Fact, Trait("Spec", "MAN-1")]
    public void Find_FolderWithoutManifest_Throws()
    {
        string empty = Directory.CreateDirectory(_folder.Path("empty")).FullName;

        Assert.Equal(FormatFault.ManifestMissing, Assert.Throws<LaminaFormatException>(() => DataSetFiles.Find(empty)).Fault);
    }

    [Fact, Trait("Spec", "MAN-5")]
    public async Task Open_RegionIsNotThere_SaysThatTheManifestNamesIt()
    {
        RegionFile region = DataSetFiles.Find(await ConvertAsync(Source, "set")).Regions[1];
        File.Delete(region.Path);

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(region.Open);

        Assert.Equal(FormatFault.RegionMissing, thrown.Fault);
        Assert.Equal(region.Path, thrown.File);
    }

    [Fact, Trait("Spec", "MAN-6")]
    public async Task Open_RegionOfAnotherDataSet_IsRefused()
    {
        RegionFile region = DataSetFiles.Find(await ConvertAsync(Source, "set")).Regions[1];
        RegionFile other = DataSetFiles.Find(await ConvertAsync(Source.Replace("two", "owt", StringComparison.Ordinal), "other")).Regions[1];
        File.Copy(other.Path, region.Path, overwrite: true);

        Assert.Equal(FormatFault.RegionMismatch, Assert.Throws<LaminaFormatException>(region.Open).Fault);
    }

    [Fact]
    public async Task Compare_RegionsWithTheSameDigest_AreNotOpened()
    {
        string set = await ConvertAsync(Source, "set");
        string edited = await ConvertAsync(Source.Replace("two", "owt", StringComparison.Ordinal), "edited");

        // The first dimension is the same in both; without its file, opening it would throw.
        File.Delete(DataSetFiles.Find(set).Regions[0].Path);

        DataSetDifference difference = Assert.Single(DataSetComparer.Compare(set, edited));
        Assert.Equal(new LayerId(2, 0), difference.Layer);
        Assert.Equal(DifferenceAspects.Content, difference.Aspects);
    }

    private async Task<string> ConvertAsync(string source, string name)
    {
        string folder = _folder.Path(name);
        await DataSetConverter.ConvertAsync(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(source))), "test", null, folder);
        return folder;
    }
}
