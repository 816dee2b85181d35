using Lamina.Format.Conversion;

namespace Lamina.Format.Tests.Conversion;

public sealed class SimulationTests
{
    private static readonly ConversionOptions Simulating = new() { Simulate = true, BlockSize = 1024 };

    [Fact, Trait("Spec", "CAN-9")]
    public async Task Convert_LayersWithoutContent_GetTheTextOfTheSpecification()
    {
        using TemporaryFolder folder = new();
        InputScript input = new InputScript()
            .Dimension(1, "Emotion")
            .Layer(1, 9, (string?)null, parent: 5)
            .Layer(1, 3, (string?)null, "Joy", parent: 0, frequency: 2, keywords: ["joy", "elation"])
            .Layer(1, 0, "real", "Root")
            .Layer(1, 5, (string?)null, parent: 3, depth: 2, frequency: 12.5)
            .Layer(1, 8, (string?)null);

        await input.ConvertAsync(folder.Path, Simulating);

        PublishedDataSet.Dimension dimension = Assert.Single(PublishedDataSet.Read(folder.Path));
        Assert.True(dimension.IsSimulated);
        Assert.Equal([false, true, true, true, true], dimension.Layers.Select(layer => layer.IsSimulated));
        Assert.Equal(
            [
                "real",
                """
                [simulated] Joy
                Layer D01:L3, depth 1, parent D01:L0.
                Frequency 2 Hz, delta band.
                Keywords: joy, elation.
                Guidance: build on the parent layer and name what is particular here.
                """,
                """
                [simulated] D01:L5
                Layer D01:L5, depth 2, parent D01:L3.
                Frequency 12.5 Hz, alpha band.
                Guidance: refine the parent layer with concrete detail.
                """,
                """
                [simulated] D01:L8
                Layer D01:L8, depth 0.
                Guidance: set the frame that the layers below fill in.
                """,
                """
                [simulated] D01:L9
                Layer D01:L9, depth 3, parent D01:L5.
                Guidance: give the finest grain and leave the frame to the layers above.
                """,
            ],
            dimension.Layers.Select(layer => layer.TextOf()));
    }

    [Theory, Trait("Spec", "CAN-9")]
    [InlineData(3.999, "3.999 Hz, delta")]
    [InlineData(4, "4 Hz, theta")]
    [InlineData(8, "8 Hz, alpha")]
    [InlineData(13, "13 Hz, beta")]
    [InlineData(30, "30 Hz, gamma")]
    [InlineData(0, "0 Hz, delta")]
    [InlineData(-0.0, "0 Hz, delta")]
    [InlineData(0.1, "0.1 Hz, delta")]
    [InlineData(1e-7, "0.0000001 Hz, delta")]
    [InlineData(1.25e-7, "0.000000125 Hz, delta")]
    [InlineData(1e15, "1000000000000000 Hz, gamma")]
    [InlineData(1.7976931348623158e22, "17976931348623158000000 Hz, gamma")]
    public async Task Convert_SimulatedFrequency_IsInShortestDecimals(double frequency, string expected)
    {
        using TemporaryFolder folder = new();

        await new InputScript().Dimension(1).Layer(1, 0, (string?)null, frequency: frequency).ConvertAsync(folder.Path, Simulating);

        Assert.Equal($"Frequency {expected} band.", PublishedDataSet.Read(folder.Path)[0].Layers[0].TextOf().Split('\n')[2]);
    }

    [Fact]
    public async Task Convert_SimulatedTextOverSize_IsRefused()
    {
        using TemporaryFolder root = new();
        InputScript input = new InputScript().Dimension(1, size: 20).Layer(1, 0, "fits").Layer(1, 1, (string?)null);

        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => input.ConvertAsync(root.Under("set"), Simulating));

        Assert.Contains("have 100 bytes, more than its 'size_bytes' of 20", Assert.Single(refused.Diagnostics).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(root.Under("set")));
    }

    [Fact]
    public async Task Convert_EmptyContent_IsNotSimulated()
    {
        using TemporaryFolder folder = new();

        await new InputScript().Dimension(1).Layer(1, 0, "").ConvertAsync(folder.Path, Simulating);

        PublishedDataSet.Dimension dimension = Assert.Single(PublishedDataSet.Read(folder.Path));
        Assert.False(dimension.IsSimulated);
        Assert.Equal("", dimension.Layers[0].ContentHex);
    }
}
