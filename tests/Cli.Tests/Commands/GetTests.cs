using Lamina.Cli.Tests.Support;

namespace Lamina.Cli.Tests.Commands;

public sealed class GetTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("D01:L3", "glad ünd hell")]
    [InlineData("d1:l3", "glad ünd hell")]
    [InlineData("D01:Joy", "glad ünd hell")]
    [InlineData("Emotion:Joy", "glad ünd hell")]
    [InlineData("Emotion:L3", "glad ünd hell")]
    [InlineData("D02:L0", "")]
    public async Task Get_NumberOrName_WritesTheContentAlone(string layer, string content)
    {
        CliRun run = await CliRun.OfAsync("get", await _workspace.ConvertAsync(), layer);

        Assert.Equal((0, content, string.Empty), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public async Task Get_BinaryContent_IsByteForByte()
    {
        string folder = await _workspace.ConvertAsync();

        Assert.Equal([0xFF, 0, 1], (await CliRun.OfAsync("get", folder, "D01:L9")).Bytes);
        Assert.Equal([0xFF, 0, 1], (await CliRun.OfAsync("get", Workspace.RegionOf(folder, "D01"), "Emotion:L9")).Bytes);
    }

    [Theory]
    [InlineData("Joy", "'Joy' names no dimension. Write a layer as D01:L3, D01:Joy or Emotion:Joy.")]
    [InlineData("D03:L0", "There is no dimension 'D03'. There are D01 Emotion, D02 Cognition.")]
    [InlineData("Emotoin:Joy", "There is no dimension 'Emotoin'. Did you mean 'Emotion'? There are D01 Emotion, D02 Cognition.")]
    [InlineData("D01:L5", "Dimension D01 Emotion has no layer L5. Its numbers go from L0 to L9.")]
    [InlineData("Emotion:joy", "Dimension D01 Emotion has no layer 'joy'. Did you mean 'Joy'?")]
    [InlineData("D01:Sorrow", "Dimension D01 Emotion has no layer 'Sorrow'. Names are compared as they are written; 'lamina find' looks for keywords.")]
    [InlineData("D01:Twin", "'D01:Twin' may be any of 2 layers: D01:L4, D01:L9. Name one by its number.")]
    [InlineData("D01:", "Dimension D01 Emotion has no layer ''. Names are compared as they are written; 'lamina find' looks for keywords.")]
    public async Task Get_NoOrSeveralLayers_IsAWrongCallThatHelps(string layer, string message)
    {
        CliRun run = await CliRun.OfAsync("get", await _workspace.ConvertAsync(), layer);

        Assert.Equal((2, string.Empty, $"lamina: error: {message}\n"), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public async Task Get_NamesWithColonsAndNamesLikeNumbers_AreFound()
    {
        const string Source = """
            {"dimensions": [{"id": 1, "name": "a:b"}, {"id": 2, "name": "a"}, {"id": 3, "name": "D01"}],
             "layers": [{"dimension_id": 1, "layer_num": 0, "name": "c", "content": "1"},
                        {"dimension_id": 1, "layer_num": 1, "name": "L0", "content": "2"},
                        {"dimension_id": 2, "layer_num": 0, "name": "b:d", "content": "3"},
                        {"dimension_id": 2, "layer_num": 1, "name": "b:c", "content": "4"},
                        {"dimension_id": 2, "layer_num": 2, "name": "L7", "content": "5"},
                        {"dimension_id": 3, "layer_num": 0, "content": "6"}]}
            """;
        string folder = await _workspace.ConvertAsync(Source);

        // A number goes before a name.
        Assert.Equal("1", (await CliRun.OfAsync("get", folder, "D01:L0")).Output);
        Assert.Equal("5", (await CliRun.OfAsync("get", folder, "a:L7")).Output);
        Assert.Equal("3", (await CliRun.OfAsync("get", folder, "a:b:d")).Output);
        CliRun both = await CliRun.OfAsync("get", folder, "a:b:c");
        Assert.Equal(2, both.Code);
        Assert.Contains("D02:L1, D01:L0", both.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ToFile_ReplacesItWhole()
    {
        string folder = await _workspace.ConvertAsync();
        string file = _workspace.Write("layer.txt", "what was there before, and longer");

        CliRun run = await CliRun.OfAsync("get", folder, "D01:L3", "-o", file);

        Assert.Equal((0, string.Empty, string.Empty), (run.Code, run.Output, run.Error));
        Assert.Equal("glad ünd hell", await File.ReadAllTextAsync(file));
        Assert.Empty(Directory.GetFiles(_workspace.Path(), "*.tmp"));
    }

    [Fact]
    public async Task Get_ToAFolderOrNowhere_IsAWrongCall()
    {
        string folder = await _workspace.ConvertAsync();

        CliRun toFolder = await CliRun.OfAsync("get", folder, "D01:L3", "-o", folder);
        CliRun toNowhere = await CliRun.OfAsync("get", folder, "D01:L3", "-o", _workspace.Path("no", "file"));

        Assert.Equal((2, 2), (toFolder.Code, toNowhere.Code));
        Assert.Contains("is a folder. Name the file to write.", toFolder.Error, StringComparison.Ordinal);
        Assert.Contains("Make it first.", toNowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_DamagedBlock_WritesNothingAndKeepsTheFile()
    {
        string folder = await _workspace.ConvertAsync();
        Workspace.Damage(Workspace.RegionOf(folder, "D01"), 576);
        string file = _workspace.Write("layer.txt", "before");

        CliRun toOutput = await CliRun.OfAsync("get", folder, "D01:L3");
        CliRun toFile = await CliRun.OfAsync("get", folder, "D01:L3", "-o", file);

        Assert.Equal((1, string.Empty), (toOutput.Code, toOutput.Output));
        Assert.Contains("at byte 576", toOutput.Error, StringComparison.Ordinal);
        Assert.Equal(1, toFile.Code);
        Assert.Equal("before", await File.ReadAllTextAsync(file));
        Assert.Empty(Directory.GetFiles(_workspace.Path(), ".*"));
    }

    [Fact]
    public async Task Get_TooFewOrTooManyArguments_IsAWrongCall()
    {
        CliRun few = await CliRun.OfAsync("get", "data");
        CliRun none = await CliRun.OfAsync("get");
        CliRun many = await CliRun.OfAsync("get", "data", "Emotion:Pure", "Joy");

        Assert.Equal((2, 2, 2), (few.Code, none.Code, many.Code));
        Assert.Equal("lamina: error: The call lacks <LAYER>.", few.ErrorLines[0]);
        Assert.Equal("lamina: error: The call lacks <DIR> and <LAYER>.", none.ErrorLines[0]);
        Assert.Equal("lamina: error: 'Joy' is one argument too many. Quote an argument that has spaces.", many.ErrorLines[0]);
    }
}
