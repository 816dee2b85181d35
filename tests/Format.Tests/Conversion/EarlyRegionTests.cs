using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Format.Conversion;
using Lamina.Format.Input;
using Lamina.Format.Schema;
using Lamina.Format.Writing;

namespace Lamina.Format.Tests.Conversion;

/// <summary>Regions that are completed while the input is still being read: nobody can tell, but by the clock.</summary>
public sealed class EarlyRegionTests
{
    private static readonly ConversionOptions AtEnd = new() { BlockSize = 1024, EarlyLayers = int.MaxValue };

    private static readonly ConversionOptions AtOnce = AtEnd with { EarlyLayers = 1 };

    [Property(MaxTest = 60), Trait("Spec", "CAN-6")]
    public Property Convert_DimensionsInTurns_GivesWhatOneAfterTheOtherGives() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => CheckFilesAsync(new Random(seed)).GetAwaiter().GetResult());

    [Property(MaxTest = 60)]
    public Property Convert_DimensionsInTurnsWithErrors_SaysWhatIsSaidWithoutRegionsCompletedEarly() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => CheckErrorsAsync(new Random(seed)).GetAwaiter().GetResult());

    [Fact]
    public async Task LayerAsync_OfTheNextDimension_HasTheRegionBeforeCompleted()
    {
        using TemporaryFolder folder = new();
        TaskCompletionSource<FinishedRegion> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WritingSession session = new(AtOnce, folder.Under, CancellationToken.None);
        await using DataSetBuilder builder = Builder(session, completed);
        await AddAsync(builder, (1, 1), (1, 2), (2, 1));

        FinishedRegion early = await completed.Task;
        long length = new FileInfo(early.Path).Length;
        builder.CheckAtEnd(isComplete: true);
        IReadOnlyList<FinishedRegion> regions = await builder.FinishAsync(_ => { });

        Assert.Equal((1, early.Entry.Length), (early.Entry.Dimension.Value, length));
        Assert.Same(early, regions[0]);
    }

    [Fact]
    public async Task LayerAsync_OfADimensionThatWasLeft_HasItsRegionCompletedAnew()
    {
        using TemporaryFolder folder = new();
        TaskCompletionSource<FinishedRegion> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WritingSession session = new(AtOnce, folder.Under, CancellationToken.None);
        await using DataSetBuilder builder = Builder(session, completed);
        await AddAsync(builder, (1, 1), (2, 1));
        FinishedRegion early = await completed.Task;

        await AddAsync(builder, (1, 2));
        builder.CheckAtEnd(isComplete: true);
        IReadOnlyList<FinishedRegion> regions = await builder.FinishAsync(_ => { });

        Assert.Equal((1, 2), (early.Entry.LayerCount, regions[0].Entry.LayerCount));
    }

    [Fact]
    public async Task FinishAsync_RegionsCompletedEarlyAndNot_HandsOverEachOnceAsItIsInTheEnd()
    {
        using TemporaryFolder folder = new();
        TaskCompletionSource<FinishedRegion> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WritingSession session = new(AtOnce, folder.Under, CancellationToken.None);
        await using DataSetBuilder builder = Builder(session, completed);
        await AddAsync(builder, (1, 1), (2, 1));
        await completed.Task;
        await AddAsync(builder, (1, 2));
        builder.CheckAtEnd(isComplete: true);
        ConcurrentBag<FinishedRegion> handedOver = [];

        IReadOnlyList<FinishedRegion> regions = await builder.FinishAsync(handedOver.Add);

        Assert.Equal(regions, handedOver.OrderBy(static region => region.Entry.Dimension.Value));
        Assert.Equal([2, 1], regions.Select(static region => region.Entry.LayerCount));
    }

    [Fact]
    public async Task LayerAsync_OfARegionThatSomebodyHasChanged_SaysSo()
    {
        using TemporaryFolder folder = new();
        TaskCompletionSource<FinishedRegion> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WritingSession session = new(AtOnce, folder.Under, CancellationToken.None);
        await using DataSetBuilder builder = Builder(session, completed);
        await AddAsync(builder, (1, 1), (1, 2), (2, 1));
        FinishedRegion early = await completed.Task;
        early.File.CloseForNow();
        byte[] bytes = await File.ReadAllBytesAsync(early.Path);
        bytes.AsSpan(early.Start.Length).Clear();
        await File.WriteAllBytesAsync(early.Path, bytes);

        IOException changed = await Assert.ThrowsAsync<IOException>(() => AddAsync(builder, (1, 3)));

        Assert.Contains(early.Path, changed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LayerAsync_RegionThatCannotBeHandedOver_StopsTheConversionWithThat()
    {
        using TemporaryFolder folder = new();
        IOException failure = new("The device is gone.");
        WritingSession session = new(AtOnce, folder.Under, CancellationToken.None);
        TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using DataSetBuilder builder = new("test.json", new DiagnosticBag(), session, _ =>
        {
            tried.SetResult();
            throw failure;
        });
        Declare(builder);
        await AddAsync(builder, (1, 1), (2, 1));
        await tried.Task;

        Exception? thrown = Record.Exception(() => builder.CheckAtEnd(isComplete: true));

        Assert.True(thrown == failure || thrown is OperationCanceledException, thrown?.ToString());
        Assert.Same(failure, Record.Exception(builder.ThrowIfFailed));
    }

    [Fact]
    public async Task FinishAsync_RegionThatCannotBeFlushed_SaysSo()
    {
        using TemporaryFolder folder = new();
        IOException failure = new("The device is gone.");
        TaskCompletionSource<FinishedRegion> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WritingSession session = new(AtOnce, folder.Under, CancellationToken.None);
        await using DataSetBuilder builder = Builder(session, completed);
        await AddAsync(builder, (1, 1), (2, 1));
        builder.CheckAtEnd(isComplete: true);

        IOException thrown = await Assert.ThrowsAsync<IOException>(() =>
            builder.FinishAsync(region =>
            {
                if (region.Entry.Dimension.Value == 1)
                    throw failure;
            }));

        Assert.Same(failure, thrown);
    }

    private static DataSetBuilder Builder(WritingSession session, TaskCompletionSource<FinishedRegion> completed)
    {
        DataSetBuilder builder = new("test.json", new DiagnosticBag(), session, region => completed.TrySetResult(region));
        Declare(builder);
        return builder;
    }

    private static void Declare(DataSetBuilder builder)
    {
        for (ushort id = 1; id <= 2; id++)
            builder.Dimension(new DimensionInput { Id = new DimensionId(id), Position = new SourcePosition(1, 1) });
    }

    private static async Task AddAsync(DataSetBuilder builder, params (ushort Dimension, uint Number)[] layers)
    {
        LayerInput input = new();
        foreach ((ushort dimension, uint number) in layers)
        {
            input.Clear();
            input.Id = new LayerId(dimension, number);
            await builder.LayerAsync(input, Encoding.UTF8.GetBytes($"layer {number}"), CancellationToken.None);
        }
    }

    private static async Task<bool> CheckFilesAsync(Random random)
    {
        using TemporaryFolder root = new();
        ConversionOptions options = AtOnce with
        {
            ContentAlignment = 1 << random.Next(0, 7),
            Level = (CompressionLevel)random.Next(3),
            Jobs = random.Next(1, 4),
            UnfinishedBytes = random.Next(2) == 0 ? AtOnce.UnfinishedBytes : random.Next(3000),
        };
        List<RandomLayer> layers = RandomLayers(random);

        await Script(layers).ConvertAsync(root.Under("a"), options with { EarlyLayers = int.MaxValue });
        await Script(InTurns(layers, random)).ConvertAsync(root.Under("b"), options);
        // Once more over it, so that every region stands there already.
        await Script(InTurns(layers, random)).ConvertAsync(root.Under("b"), options);

        PublishedDataSet.Read(root.Under("b"));
        Assert.Equal(PublishedDataSet.Hashes(root.Under("a")), PublishedDataSet.Hashes(root.Under("b")));
        return true;
    }

    private static async Task<bool> CheckErrorsAsync(Random random)
    {
        using TemporaryFolder root = new();
        List<RandomLayer> layers = RandomLayers(random);
        for (int i = random.Next(1, 4); i > 0 && layers.Count > 0; i--)
        {
            int place = random.Next(layers.Count);
            layers[place] = random.Next(3) switch
            {
                0 => layers[place] with { Parent = 5000 },
                1 => layers[place] with { Number = layers[random.Next(layers.Count)].Number },
                _ => layers[place] with { Depth = 7 },
            };
        }

        InputScript script = Script(InTurns(layers, random), failed: random.Next(3) == 0 ? random.Next(layers.Count + 1) : -1);
        if (random.Next(4) == 0)
            script.BreakOff();

        Assert.Equal(await OutcomeAsync(AtEnd, "a"), await OutcomeAsync(AtOnce with { Jobs = 3 }, "b"));
        return true;

        async Task<string> OutcomeAsync(ConversionOptions options, string name)
        {
            try
            {
                await script.ConvertAsync(root.Under(name), options);
                return string.Join('\n', PublishedDataSet.Hashes(root.Under(name)));
            }
            catch (InvalidInputException invalid)
            {
                return string.Join('\n', invalid.Diagnostics);
            }
        }
    }

    private static List<RandomLayer> RandomLayers(Random random)
    {
        List<RandomLayer> layers = [];
        for (int dimension = 1; dimension <= 3; dimension++)
        {
            uint number = 0;
            uint? parent = null;
            for (int i = random.Next(12); i > 0; i--)
            {
                number += (uint)random.Next(1, 3);
                byte[] content = new byte[random.Next(4) switch { 0 => 0, 1 => random.Next(3000), _ => random.Next(500) }];
                random.NextBytes(content.AsSpan(0, content.Length / 2));
                layers.Add(new RandomLayer(dimension, number, content, parent, null));
                if (random.Next(3) == 0)
                    parent = number;
            }
        }

        return layers;
    }

    /// <summary>The same layers, those of each dimension in some runs among those of the others; few out of order.</summary>
    private static List<RandomLayer> InTurns(List<RandomLayer> layers, Random random)
    {
        Queue<RandomLayer>[] queues =
            [.. layers.GroupBy(static layer => layer.Dimension).Select(static group => new Queue<RandomLayer>(group))];
        List<RandomLayer> mixed = [];
        while (mixed.Count < layers.Count)
        {
            Queue<RandomLayer> queue = queues[random.Next(queues.Length)];
            for (int i = random.Next(1, 9); i > 0 && queue.TryDequeue(out RandomLayer? layer); i--)
                mixed.Add(layer);
        }

        if (random.Next(3) == 0 && mixed.Count > 1)
            (mixed[0], mixed[^1]) = (mixed[^1], mixed[0]);
        return mixed;
    }

    private static InputScript Script(List<RandomLayer> layers, int failed = -1)
    {
        InputScript script = new();
        for (int dimension = 1; dimension <= 3; dimension++)
            script.Dimension(dimension, $"Dimension {dimension}");
        for (int i = 0; i <= layers.Count; i++)
        {
            if (i == failed)
                script.Do(static (sink, _, line) => sink.LayerFailed(new LayerId(1, 77), new SourcePosition(line, 1)));
            if (i == layers.Count)
                break;
            RandomLayer layer = layers[i];
            string word = layer.Number.ToString(CultureInfo.InvariantCulture);
            script.Layer(
                layer.Dimension, layer.Number, layer.Content, layer.Number % 3 == 0 ? $"name {word}" : null, layer.Parent,
                layer.Depth, keywords: ["all", word]);
        }

        return script;
    }

    private sealed record RandomLayer(int Dimension, uint Number, byte[] Content, uint? Parent, int? Depth);
}
