using Lamina.Format.Conversion;
using Lamina.Format.Publishing;
using static Lamina.Format.Tests.Conversion.PublishedDataSet;

namespace Lamina.Format.Tests.Conversion;

public sealed class ConversionTests
{
    [Fact]
    public async Task Convert_TwoDimensions_ReadsBackAsGiven()
    {
        using TemporaryFolder folder = new();
        InputScript input = new InputScript()
            .Dimension(1, "Emotion", size: 1000, min: 0.5, max: 2.5)
            .Dimension(2)
            .Layer(1, 0, "root", "Root")
            .Layer(1, 3, "joy!", "Joy", parent: 0, depth: 1, frequency: 2, "joy", "elation")
            .Layer(1, 7, "", parent: 3, frequency: 0.5, keywords: ["joy"]);

        ConversionResult result = await input.ConvertAsync(folder.Path);

        Dimension[] expected =
        [
            new(1, "Emotion", 1000, 0.5, 2.5, false,
            [
                new(0, "Root", null, 0, null, "", false, "726F6F74"),
                new(3, "Joy", 0, 1, 2, "joy|elation", false, "6A6F7921"),
                new(7, "", 3, 2, 0.5, "joy", false, ""),
            ]),
            new(2, "", null, null, null, false, []),
        ];
        Assert.Equivalent(expected, Read(folder.Path), strict: true);
        Assert.Equal(3, result.Layers);
        Assert.Equal(8, result.ContentBytes);
        Assert.Empty(result.Warnings);
        Assert.Equal(3, Directory.EnumerateFileSystemEntries(folder.Path).Count());
        Assert.Equal(DataSetManifest.Load(folder.Path).Dimensions, result.Manifest.Dimensions);
    }
}
