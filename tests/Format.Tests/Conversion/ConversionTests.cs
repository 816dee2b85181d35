using System.IO.Pipelines;
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

    [Fact]
    public async Task Convert_File_ReadsBackAndReports()
    {
        using TemporaryFolder root = new();
        string text = """
            {
              "layers": [
                { "dimension_id": 2, "layer_num": 1, "content": "one", "name": "Ünï" },
                { "dimension_id": 2, "layer_num": 0, "content_file": "zero.txt", "frequency": 3 }
              ],
              "dimensions": [ { "id": 2, "frequency_max": 2 } ]
            }
            """;
        File.WriteAllText(root.Under("in.json"), text);
        File.WriteAllText(root.Under("zero.txt"), "zero");
        List<ConversionProgress> reports = [];

        ConversionResult result = await DataSetConverter.ConvertAsync(
            root.Under("in.json"), root.Under("out"), progress: new Recorder(reports));

        PublishedDataSet.Dimension dimension = Assert.Single(Read(root.Under("out")));
        Assert.Equal(["zero", "one"], dimension.Layers.Select(layer => layer.TextOf()));
        Assert.Equal("Ünï", dimension.Layers[1].Name);
        Assert.Equal($"{root.Under("in.json")}(4,83): warning LAM022", Assert.Single(result.Warnings).ToString().Split(": Layer")[0]);
        long length = new FileInfo(root.Under("in.json")).Length;
        Assert.Equal((length, 2, 7), (result.BytesRead, result.Layers, result.ContentBytes));
        Assert.Equal(new FileInfo(root.Under("out/" + result.Manifest.Dimensions[0].File)).Length, result.FileBytes);
        Assert.Equal(new ConversionProgress(length, length, 2, 1, 1), reports[^1]);
    }

    [Fact, Trait("Spec", "CAN-5")]
    public async Task Convert_MinusZeros_AreWrittenAsZeros()
    {
        using TemporaryFolder folder = new();

        await new InputScript().Dimension(1, min: -0.0, max: -0.0).Layer(1, 0, frequency: -0.0).ConvertAsync(folder.Path);

        PublishedDataSet.Dimension dimension = Assert.Single(Read(folder.Path));
        Assert.All(
            [dimension.Min!.Value, dimension.Max!.Value, dimension.Layers[0].Frequency!.Value],
            frequency => Assert.True(frequency == 0 && double.IsPositive(frequency)));
    }

    [Fact]
    public async Task Convert_JsonLinesFile_IsKnownByItsName()
    {
        using TemporaryFolder root = new();
        File.WriteAllText(
            root.Under("in.jsonl"),
            """
            {"id": 1}
            {"dimension_id": 1, "layer_num": 0, "content": "zero"}
            """);

        await DataSetConverter.ConvertAsync(root.Under("in.jsonl"), root.Under("out"));

        Assert.Equal("zero", Read(root.Under("out"))[0].Layers[0].TextOf());
    }

    [Fact]
    public async Task Convert_Pipe_ReadsItToItsEndAndCompletesIt()
    {
        using TemporaryFolder root = new();
        using MemoryStream text = new("""{"dimensions": [{"id": 1}], "layers": []}   """u8.ToArray());

        ConversionResult result = await DataSetConverter.ConvertAsync(PipeReader.Create(text), "-", null, root.Under("out"));

        Assert.Equal(44, result.BytesRead);
        Assert.False(text.CanRead);
    }

    [Fact]
    public async Task Convert_TextWithErrors_NamesFileLineAndColumn()
    {
        using TemporaryFolder root = new();
        File.WriteAllText(root.Under("in.json"), "{\"dimensions\": [{\"id\": 1}],\n \"layers\": [{\"dimension_id\": 1, \"layer_num\": 4}]}");

        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => DataSetConverter.ConvertAsync(root.Under("in.json"), root.Under("a/out")));

        Assert.StartsWith($"{root.Under("in.json")}(2,46): error LAM018: Layer D01:L4", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["in.json"], Directory.EnumerateFileSystemEntries(root.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Convert_NoSuchInput_ThrowsAndMakesNothing()
    {
        using TemporaryFolder root = new();

        await Assert.ThrowsAsync<FileNotFoundException>(
            () => DataSetConverter.ConvertAsync(root.Under("in.json"), root.Under("out")));

        Assert.Empty(Directory.EnumerateFileSystemEntries(root.Path));
    }

    [Theory]
    [InlineData(1000, 1, 1)]
    [InlineData(65536 + 1024, 1, 1)]
    [InlineData(1 << 25, 1, 1)]
    [InlineData(65536, 8192, 1)]
    [InlineData(65536, 1, 0)]
    public async Task Convert_OptionOutOfRange_IsRefused(int blockSize, int alignment, int jobs)
    {
        using TemporaryFolder root = new();
        File.WriteAllText(root.Under("in.json"), """{"dimensions": [{"id": 1}]}""");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => DataSetConverter.ConvertAsync(
            root.Under("in.json"),
            root.Under("out"),
            new ConversionOptions { BlockSize = blockSize, ContentAlignment = alignment, Jobs = jobs }));

        Assert.False(Directory.Exists(root.Under("out")));
    }

    [Theory]
    [InlineData(CompressionLevel.None, 8)]
    [InlineData(CompressionLevel.Fast, 1)]
    [InlineData(CompressionLevel.Max, 1)]
    public void ContentAlignment_NotSet_FollowsTheLevel(CompressionLevel level, int alignment)
    {
        Assert.Equal(alignment, new ConversionOptions { Level = level }.ContentAlignment);
        Assert.Equal(64, new ConversionOptions { ContentAlignment = 64, Level = level }.ContentAlignment);
    }

    [Theory]
    [InlineData(CompressionLevel.None)]
    [InlineData(CompressionLevel.Fast)]
    public async Task Convert_ContentTooLongToBeCopied_ReadsBack(CompressionLevel level)
    {
        using TemporaryFolder folder = new();
        byte[] content = new byte[33 * 1024 * 1024];
        content[^1] = 7;

        ConversionResult result = await new InputScript().Dimension(1).Layer(1, 0, "before").Layer(1, 1, content).Layer(1, 2, "after")
            .ConvertAsync(folder.Path, new ConversionOptions { Level = level });

        PublishedDataSet.Dimension dimension = Assert.Single(Read(folder.Path));
        Assert.Equal("after", dimension.Layers[2].TextOf());
        Assert.Equal(Convert.ToHexString(content), dimension.Layers[1].ContentHex);
        Assert.Equal(content.Length + 11, result.ContentBytes);
    }

    [Fact]
    public async Task Convert_CancelledWhileReading_LeavesNothing()
    {
        using TemporaryFolder root = new();
        using CancellationTokenSource cancel = new();
        InputScript input = new InputScript().Dimension(1);
        for (uint i = 0; i < 500; i++)
            input.Layer(1, i ^ 64, Noise(8000));
        input.Do((_, _, _) => cancel.Cancel());
        for (uint i = 500; i < 1000; i++)
            input.Layer(1, i, Noise(8000));

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => input.ConvertAsync(root.Under("out"), cancellationToken: cancel.Token));

        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        Assert.Empty(Directory.EnumerateFileSystemEntries(root.Path));
    }

    [Fact]
    public async Task Convert_InputThatCannotBeReadOn_ThrowsThatAndLeavesNothing()
    {
        using TemporaryFolder root = new();
        Pipe pipe = new();
        await pipe.Writer.WriteAsync("{\"dimensions\": [{\"id\""u8.ToArray());
        await pipe.Writer.CompleteAsync(new IOException("cable pulled"));

        IOException failure = await Assert.ThrowsAsync<IOException>(
            () => DataSetConverter.ConvertAsync(pipe.Reader, "-", null, root.Under("out")));

        Assert.Equal("cable pulled", failure.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(root.Path));
    }

    [Fact]
    public async Task Convert_RegionFileCannotBeMade_ThrowsThatAndKeepsTheOldDataSet()
    {
        using TemporaryFolder folder = new();
        await new InputScript().Dimension(1, "old").ConvertAsync(folder.Path);
        Dictionary<string, string> before = Hashes(folder.Path);
        InputScript input = new InputScript().Dimension(1).Do((_, _, _) => Directory.CreateDirectory(folder.Under(".lamina-D01.tmp")));
        for (uint i = 0; i < 1000; i++)
            input.Layer(1, i, Noise(8000));

        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => input.ConvertAsync(folder.Path));

        Assert.True(failure is IOException or UnauthorizedAccessException, failure.ToString());
        Assert.Equal(before, Hashes(folder.Path));
    }

    [Fact]
    public async Task Convert_AfterAnError_WritesNoContent()
    {
        using TemporaryFolder folder = new();
        InputScript input = new InputScript().Dimension(1).Layer(1, 0, content: (string?)null);
        for (uint i = 1; i < 1000; i++)
            input.Layer(1, i ^ 64, Noise(8000));
        string[] written = ["not looked"];
        input.Do((_, _, _) => written = Directory.GetFiles(folder.Path, ".lamina-*.tmp"));

        await Assert.ThrowsAsync<InvalidInputException>(() => input.ConvertAsync(folder.Path));

        Assert.Empty(written);
    }

    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(length).NextBytes(noise);
        return noise;
    }

    private sealed class Recorder(List<ConversionProgress> reports) : IProgress<ConversionProgress>
    {
        public void Report(ConversionProgress value)
        {
            lock (reports)
                reports.Add(value);
        }
    }
}
