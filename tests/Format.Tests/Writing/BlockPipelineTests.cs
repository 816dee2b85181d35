using System.Collections.Concurrent;
using Lamina.Format.Conversion;
using Lamina.Format.Tests.Conversion;
using Lamina.Format.Writing;

namespace Lamina.Format.Tests.Writing;

public sealed class BlockPipelineTests
{
    [Fact]
    public async Task Submit_TargetCannotBeMade_ThrowsThatAndNotACancellation()
    {
        using TemporaryFolder folder = new();
        string path = folder.Under("taken");
        Directory.CreateDirectory(path);
        using RegionContent target = new(new RegionFile(path, new OpenFiles(4)), 1, default);
        await using BlockPipeline pipeline = new(new BlockEncoder(CompressionLevel.None), 2, 1024, CancellationToken.None);

        Exception failure = Assert.ThrowsAny<Exception>(() =>
        {
            for (int i = 0; i < 1000; i++)
                pipeline.Submit(target, new byte[256 * 1024], null, i * 256L * 1024, i);
            pipeline.Drain();
        });

        Assert.True(failure is IOException or UnauthorizedAccessException, failure.ToString());
        Assert.True(pipeline.Stopped.IsCancellationRequested);
        Assert.Same(failure, Record.Exception(pipeline.ThrowIfFailed));
    }

    [Fact]
    public async Task Submit_Cancelled_ThrowsAndStops()
    {
        using TemporaryFolder folder = new();
        using RegionFile file = new(folder.Under("file"), new OpenFiles(4));
        using RegionContent target = new(file, 1, default);
        using CancellationTokenSource cancel = new();
        await using BlockPipeline pipeline = new(new BlockEncoder(CompressionLevel.Max), 1, 1024, cancel.Token);

        await cancel.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => pipeline.Submit(target, new byte[4096], null, 0, 0));
        Assert.ThrowsAny<OperationCanceledException>(pipeline.Drain);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Submit_Actions_AreDoneOnceTheBlocksBeforeThemAreWritten(int jobs)
    {
        using TemporaryFolder folder = new();
        using RegionFile file = new(folder.Under("file"), new OpenFiles(4));
        using RegionContent target = new(file, 1, default);
        await using BlockPipeline pipeline = new(new BlockEncoder(CompressionLevel.None), jobs, 1024, CancellationToken.None);
        ConcurrentQueue<(int Wanted, int Written)> seen = [];

        for (int i = 1; i <= 50; i++)
        {
            int wanted = i;
            pipeline.Submit(target, new byte[100], null, i * 100, i);
            pipeline.Submit(() => seen.Enqueue((wanted, target.Blocks.Length)));
        }

        pipeline.Drain();
        Assert.Equal(Enumerable.Range(1, 50), seen.Select(static pair => pair.Wanted).Order());
        Assert.All(seen, static pair => Assert.True(pair.Written >= pair.Wanted));
    }

    [Fact]
    public async Task Submit_ActionThatThrows_StopsWithThat()
    {
        InvalidOperationException failure = new("No.");
        await using BlockPipeline pipeline = new(new BlockEncoder(CompressionLevel.None), 2, 1024, CancellationToken.None);

        pipeline.Submit(() => throw failure);

        Assert.Same(failure, Record.Exception(pipeline.Drain));
        Assert.True(pipeline.Stopped.IsCancellationRequested);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Submit_BlocksOfManyFiles_KeepsTheirOrderAndFewFilesOpen(int jobs)
    {
        using TemporaryFolder folder = new();
        OpenFiles openFiles = new(2);
        RegionFile[] files = [.. Enumerable.Range(0, 7).Select(i => new RegionFile(folder.Under($"{i}"), openFiles))];
        RegionContent[] targets = [.. files.Select(file => new RegionContent(file, 1, default))];
        byte[][] expected = new byte[files.Length][];
        Array.Fill(expected, new byte[targets[0].Start]);
        await using BlockPipeline pipeline = new(new BlockEncoder(CompressionLevel.None), jobs, 1024, CancellationToken.None);

        for (int i = 0; i < 300; i++)
        {
            byte[] block = new byte[1 + (i * 7919 % 3000)];
            Array.Fill(block, (byte)i);
            int file = i * i % files.Length;
            expected[file] = [.. expected[file], .. block];
            pipeline.Submit(targets[file], block, null, 0, i);
        }

        pipeline.Drain();
        for (int i = 0; i < files.Length; i++)
        {
            if (files[i].Length == 0)
                continue;
            files[i].Finish();
            Assert.Equal(expected[i], File.ReadAllBytes(files[i].Path));
            targets[i].Dispose();
        }
    }
}
