using System.Globalization;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;
using static Lamina.Format.Tests.Conversion.InputScript;

namespace Lamina.Format.Tests.Conversion;

public sealed class RulesBetweenObjectsTests
{
    [Fact]
    public Task Convert_NoDimension_IsRefused() => RefusesAsync(
        new InputScript(),
        "test.json(1,1): error LAM010: There is no dimension. Add at least one to 'dimensions'.");

    [Fact]
    public Task Convert_LayersWithoutAnyDimension_SaysOnlyThatThereIsNone() => RefusesAsync(
        new InputScript().Layer(1, 0),
        "test.json(1,1): error LAM010: There is no dimension. Add at least one to 'dimensions'.");

    [Fact]
    public Task Convert_UnknownDimension_NamesEachLayerOfIt() => RefusesAsync(
        new InputScript().Layer(2, 0).Dimension(1).Layer(2, 1),
        $"test.json(1,{DimensionColumn}): error LAM011: Layer D02:L0 is of dimension D02, which 'dimensions' does not declare. Declare it, or correct 'dimension_id'.",
        $"test.json(3,{DimensionColumn}): error LAM011: Layer D02:L1 is of dimension D02, which 'dimensions' does not declare. Declare it, or correct 'dimension_id'.");

    [Fact]
    public Task Convert_DuplicateDimension_PointsAtTheSecond() => RefusesAsync(
        new InputScript().Dimension(7).Dimension(7),
        $"test.json(2,{IdColumn}): error LAM012: Dimension D07 is declared twice. Give one of them another 'id'.");

    [Fact]
    public Task Convert_DuplicateLayer_PointsAtTheSecondInTheSource() => RefusesAsync(
        new InputScript().Dimension(1).Layer(1, 5).Layer(1, 2).Layer(1, 5).Layer(1, 5),
        $"test.json(4,{NumberColumn}): error LAM013: Layer D01:L5 is there twice. Give one of them another 'layer_num'.",
        $"test.json(5,{NumberColumn}): error LAM013: Layer D01:L5 is there twice. Give one of them another 'layer_num'.");

    [Fact]
    public Task Convert_MissingParent_PointsAtIt() => RefusesAsync(
        new InputScript().Dimension(1).Dimension(2).Layer(1, 4).Layer(2, 5, parent: 4),
        $"test.json(4,{ParentColumn}): error LAM014: Layer D02:L5 has the parent 4, which is not a layer of its dimension. Add that layer, or correct 'parent_layer'.");

    [Fact]
    public Task Convert_ParentCycle_IsReportedOnce() => RefusesAsync(
        new InputScript().Dimension(1).Layer(1, 0, parent: 1).Layer(1, 1, parent: 2).Layer(1, 2, parent: 0),
        $"test.json(2,{ParentColumn}): error LAM015: Layer D01:L0 is its own ancestor. Give one layer of the circle another 'parent_layer', or none.");

    [Fact]
    public Task Convert_WrongDepth_PointsAtIt() => RefusesAsync(
        new InputScript().Dimension(1).Layer(1, 0).Layer(1, 1, parent: 0, depth: 3).Layer(1, 2, depth: 1),
        $"test.json(3,{DepthColumn}): error LAM016: Layer D01:L1 says depth 3; its parents make it 1. Correct 'depth' or 'parent_layer', or leave 'depth' out.",
        $"test.json(4,{DepthColumn}): error LAM016: Layer D01:L2 says depth 1; its parents make it 0. Correct 'depth' or 'parent_layer', or leave 'depth' out.");

    [Fact]
    public Task Convert_ContentOverSize_PointsAtTheSize() => RefusesAsync(
        new InputScript().Dimension(1, size: 9).Layer(1, 0, "12345").Layer(1, 1, "67890"),
        $"test.json(1,{SizeColumn}): error LAM017: The contents of dimension D01 have 10 bytes, more than its 'size_bytes' of 9. Raise 'size_bytes', or shorten contents.");

    [Fact]
    public Task Convert_NoContent_NamesTheOption() => RefusesAsync(
        new InputScript().Dimension(1).Layer(1, 0, content: (string?)null),
        $"test.json(2,{NumberColumn}): error LAM018: Layer D01:L0 has no content. Add 'content', 'content_base64' or 'content_file', or convert with --simulate.");

    [Fact]
    public async Task Convert_FrequencyOutsideRange_Warns()
    {
        using TemporaryFolder folder = new();
        InputScript input = new InputScript()
            .Layer(2, 0, frequency: 0.5)
            .Dimension(1, min: 1.5, max: 2.5).Dimension(2, min: 1).Dimension(3, max: 2).Dimension(4)
            .Layer(1, 0, frequency: 1.25).Layer(1, 1, frequency: 1.5).Layer(1, 2, frequency: 2.5).Layer(1, 3, frequency: 3)
            .Layer(3, 0, frequency: 2.25).Layer(4, 0, frequency: 1e9).Layer(1, 4);

        ConversionResult result = await input.ConvertAsync(folder.Path);

        Assert.Equal(
            [
                $"test.json(1,{FrequencyColumn}): warning LAM022: Layer D02:L0 has the frequency 0.5, outside its dimension's range from 1. Correct one of them.",
                $"test.json(6,{FrequencyColumn}): warning LAM022: Layer D01:L0 has the frequency 1.25, outside its dimension's range 1.5 to 2.5. Correct one of them.",
                $"test.json(9,{FrequencyColumn}): warning LAM022: Layer D01:L3 has the frequency 3, outside its dimension's range 1.5 to 2.5. Correct one of them.",
                $"test.json(10,{FrequencyColumn}): warning LAM022: Layer D03:L0 has the frequency 2.25, outside its dimension's range up to 2. Correct one of them.",
            ],
            result.Warnings.Select(warning => warning.ToString()));
    }

    [Fact]
    public async Task Convert_RangeUpsideDown_WarnsOnceAndKeepsIt()
    {
        using TemporaryFolder folder = new();
        InputScript input = new InputScript().Dimension(1, min: 3, max: 2).Layer(1, 0, frequency: 2.5);

        ConversionResult result = await input.ConvertAsync(folder.Path);

        Assert.Equal(
            $"test.json(1,{MinColumn}): warning LAM023: Dimension D01 has a 'frequency_min' of 3 above its 'frequency_max' of 2. Exchange them.",
            Assert.Single(result.Warnings).ToString());
        Assert.Equal((3, 2), (PublishedDataSet.Read(folder.Path)[0].Min, PublishedDataSet.Read(folder.Path)[0].Max));
    }

    [Fact]
    public Task Convert_StrictWithWarning_IsRefused() => RefusesAsync(
        new InputScript().Dimension(1, max: 2).Layer(1, 0, frequency: 2.5),
        new ConversionOptions { Strict = true },
        $"test.json(2,{FrequencyColumn}): error LAM022: Layer D01:L0 has the frequency 2.5, outside its dimension's range up to 2. Correct one of them.");

    [Fact]
    public Task Convert_ManyErrors_ReportsThemAllInTheOrderOfTheSource() => RefusesAsync(
        new InputScript().Layer(1, 1, parent: 9).Layer(9, 0).Dimension(1, size: 3).Layer(1, 0, content: (string?)null).Layer(1, 1),
        "1 MissingParent", "2 UnknownDimension", "3 ContentOverSize", "4 MissingContent", "5 DuplicateLayer");

    [Fact]
    public async Task Convert_AThousandErrors_ReportsAHundred()
    {
        using TemporaryFolder folder = new();
        InputScript input = new InputScript().Dimension(1);
        for (uint i = 0; i < 1000; i++)
            input.Layer(1, i, parent: 5000);

        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => input.ConvertAsync(folder.Path));

        Assert.Equal(100, refused.Diagnostics.Count);
        Assert.All(refused.Diagnostics, error => Assert.Equal(InputFault.MissingParent, error.Fault));
    }

    [Fact]
    public Task Convert_FailedDimension_IsKnownToItsLayers() => RefusesAsync(
        new InputScript().Do((sink, errors, line) => Fail(errors, line, () => sink.DimensionFailed(new DimensionId(1), At(line))))
            .Layer(1, 0).Layer(1, 1, parent: 0).Layer(1, 2, parent: 8),
        "1 WrongType", "4 MissingParent");

    [Fact]
    public Task Convert_FailedLayer_IsAParentOfUnknownDepth() => RefusesAsync(
        new InputScript().Dimension(1)
            .Do((sink, errors, line) => Fail(errors, line, () => sink.LayerFailed(new LayerId(1, 4), At(line))))
            .Layer(1, 5, parent: 4, depth: 9).Layer(1, 6, parent: 5, depth: 2).Layer(1, 4),
        "2 WrongType", "5 DuplicateLayer");

    [Fact]
    public Task Convert_TextBrokenOff_SaysNothingOfWhatWouldHaveFollowed() => RefusesAsync(
        new InputScript().Layer(1, 5, parent: 4, depth: 7).Layer(1, 5).BreakOff(), "2 DuplicateLayer", "3 InvalidJson");

    private static SourcePosition At(int line) => new(line, 1);

    private static void Fail(DiagnosticBag diagnostics, int line, Action tell)
    {
        diagnostics.Add(new InputDiagnostic(InputFault.WrongType, InputSeverity.Error, "wrong", "test.json", At(line)));
        tell();
    }

    private static Task RefusesAsync(InputScript input, params string[] expected) =>
        RefusesAsync(input, ConversionOptions.Default, expected);

    /// <summary>Expects the errors, in full or as line and fault, and that the folder stays as it was.</summary>
    private static async Task RefusesAsync(InputScript input, ConversionOptions options, params string[] expected)
    {
        using TemporaryFolder root = new();
        string folder = root.Under("set");
        await new InputScript().Dimension(1, "before").Layer(1, 0).ConvertAsync(folder);
        Dictionary<string, string> before = PublishedDataSet.Hashes(folder);

        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => input.ConvertAsync(folder, options));

        Assert.Equal(expected, refused.Diagnostics.Select(error => expected[0].StartsWith("test.json", StringComparison.Ordinal)
            ? error.ToString()
            : string.Create(CultureInfo.InvariantCulture, $"{error.Position.Line} {error.Fault}")));
        Assert.All(refused.Diagnostics, error => Assert.Equal(InputSeverity.Error, error.Severity));
        Assert.Equal(before, PublishedDataSet.Hashes(folder));
    }
}
