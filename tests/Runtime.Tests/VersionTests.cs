using Lamina.Protection;
using Lamina.Runtime.Tests.Data;

namespace Lamina.Runtime.Tests;

/// <summary>A scope sees the data set as it was when the scope began, whatever is refreshed meanwhile.</summary>
public sealed class VersionTests
{
    private static string Source(string content, params int[] dimensions) =>
        "{ \"dimensions\": [" + string.Join(',', dimensions.Select(d => $"{{ \"id\": {d} }}")) + "], \"layers\": ["
        + string.Join(',', dimensions.Select(d => $"{{ \"dimension_id\": {d}, \"layer_num\": 0, \"content\": \"{content} {d}\" }}")) + "] }";

    private static string Text(ReadOnlySpan<byte> content) => System.Text.Encoding.UTF8.GetString(content);

    [Fact]
    public void Scope_RefreshedMeanwhile_SeesTheOldDataSetInEveryDimension()
    {
        using SourceDataSet data = new SourceDataSet().Publish(Source("old", 1, 2, 3));
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        using (ReadScope scope = manager.BeginScope())
        {
            Assert.Equal("old 1", Text(scope[new(1, 0)]));
            data.Publish(Source("new", 1, 2, 40));
            Assert.True(manager.Refresh());

            // 1 was read before, 2 is read for the first time, 3 is gone in the new data set, 40 is not in the old one.
            Assert.Equal("old 1", Text(scope[new(1, 0)]));
            Assert.Equal("old 2", Text(scope[new(2, 0)]));
            Assert.Equal("old 3", Text(scope[new(3, 0)]));
            Assert.Equal(5, scope.GetInfo(new(3, 0)).Length);
            MemoryError error = MemoryError.None;
            try
            {
                _ = scope[new(40, 0)];
            }
            catch (MemoryException exception)
            {
                error = exception.Error;
            }

            Assert.Equal(MemoryError.DimensionNotFound, error);

            // Leases and newer scopes read what is published now.
            Assert.Equal("new 2", manager.ReadText(new(2, 0)));
            using ReadScope newer = manager.BeginScope();
            Assert.Equal("new 1", Text(newer[new(1, 0)]));
            Assert.Equal("new 40", Text(newer[new(40, 0)]));
            Assert.Equal("old 2", Text(scope[new(2, 0)]));
        }
    }

    [Fact]
    public void Scope_SeveralRefreshes_KeepWhatTheOldestScopeSeesAndNoMore()
    {
        using SourceDataSet data = new SourceDataSet().Publish(Source("a", 1, 2));
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        long mapped = manager.GetStats().MappedBytes;
        ReadScope first = manager.BeginScope();
        data.Publish(Source("a", 1).Replace("] }", ", { \"dimension_id\": 2, \"layer_num\": 0, \"content\": \"b 2\" }] }", StringComparison.Ordinal)
            .Replace("{ \"id\": 1 }", "{ \"id\": 1 }, { \"id\": 2 }", StringComparison.Ordinal));
        Assert.True(manager.Refresh());
        ReadScope second = manager.BeginScope();
        data.Publish(Source("c", 1, 2));
        Assert.True(manager.Refresh());

        Assert.Equal("c 1", manager.ReadText(new(1, 0)));
        Assert.Equal("a 1", Text(first[new(1, 0)]));
        Assert.Equal("a 2", Text(first[new(2, 0)]));
        Assert.Equal("a 1", Text(second[new(1, 0)]));
        Assert.Equal("b 2", Text(second[new(2, 0)]));
        Assert.True(manager.GetStats().MappedBytes > mapped);
        second.Dispose();
        Assert.Equal("a 1", Text(first[new(1, 0)]));
        Assert.Equal("a 2", Text(first[new(2, 0)]));
        first.Dispose();
        manager.Trim();
        Assert.Equal(mapped, manager.GetStats().MappedBytes);
    }

    [Fact]
    public void Scope_ReplacedBeforeItWasLoaded_ReadsTheOldFileOrSaysThatItIsGone()
    {
        using SourceDataSet data = new SourceDataSet().Publish(Source("old", 1, 2));
        using MmapManager manager = MmapManager.Open(data.Folder);
        List<MemoryNoticeEventArgs> failed = [];
        manager.Notice += (_, notice) =>
        {
            if (notice.Notice == MemoryNotice.LoadFailed)
                failed.Add(notice);
        };
        string first = Directory.GetFiles(data.Folder, "D01-*.lamina").Single();
        using ReadScope scope = manager.BeginScope();
        data.Publish(Source("new", 1, 2));
        Assert.True(manager.Refresh());
        File.Delete(first);
        MemoryError error = MemoryError.None;
        try
        {
            _ = scope[new(1, 0)];
        }
        catch (MemoryException exception)
        {
            error = exception.Error;
        }

        Assert.Equal(MemoryError.Superseded, error);
        Assert.Equal(MemoryError.Superseded, Assert.IsType<MemoryException>(Assert.Single(failed).Exception).Error);
        Assert.Equal(1, manager.GetStats().Failures);
        Assert.Equal(0, manager.GetStats().Faults);
        Assert.Equal("old 2", Text(scope[new(2, 0)]));
        Assert.Equal("new 1", manager.ReadText(new(1, 0)));
    }

    [Fact]
    public void BeginScope_RefreshedWhileItPins_BeginsInTheNewDataSet()
    {
        using SourceDataSet data = new SourceDataSet().Publish(Source("old", 1));
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        bool refreshed = false;
        TestHooks.Reached = point =>
        {
            if (point != HookPoint.VersionPinned || refreshed)
                return;
            refreshed = true;
            data.Publish(Source("new", 1));
            manager.Refresh();
        };
        try
        {
            using ReadScope scope = manager.BeginScope();
            Assert.True(refreshed);
            Assert.Equal("new 1", Text(scope[new(1, 0)]));
        }
        finally
        {
            TestHooks.Reached = null;
        }
    }

    [Fact]
    public void Scope_RefreshedBetweenFindingAndPublishing_LooksInThePast()
    {
        using SourceDataSet data = new SourceDataSet().Publish(Source("old", 1));
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        using ReadScope scope = manager.BeginScope();
        bool refreshed = false;
        TestHooks.Reached = point =>
        {
            if (point != HookPoint.RegionFound || refreshed)
                return;
            refreshed = true;
            data.Publish(Source("new", 1));
            manager.Refresh();
        };
        try
        {
            Assert.Equal("old 1", Text(scope[new(1, 0)]));
            Assert.True(refreshed);
        }
        finally
        {
            TestHooks.Reached = null;
        }
    }

    [Fact]
    public void Dispose_ScopeReadsThePast_KeepsWhatWasReadAndEndsOtherReads()
    {
        using SourceDataSet data = new SourceDataSet().Publish(Source("old", 1, 2));
        MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        ReadScope scope = manager.BeginScope();
        ReadOnlySpan<byte> span = scope[new(1, 0)];
        data.Publish(Source("new", 1, 2));
        manager.Refresh();
        manager.Dispose();
        Assert.Equal("old 1", Text(span));
        Assert.Equal("old 1", Text(scope[new(1, 0)]));
        bool disposed = false;
        try
        {
            _ = scope[new(2, 0)];
        }
        catch (ObjectDisposedException)
        {
            disposed = true;
        }

        Assert.True(disposed);
        Assert.NotEqual(0, manager.GetStats().MappedBytes);
        scope.Dispose();
        Retirement.Reclaim();
        Assert.Equal(0, manager.GetStats().MappedBytes);
    }

    [Fact]
    public void Scope_ManyDimensionsWithAwkwardNumbers_KeepsEachAtHand()
    {
        int[] dimensions = [.. Enumerable.Range(1, 60), .. Enumerable.Range(1, 40).Select(i => 64 * i), 4095, 5000, 65535];
        dimensions = [.. dimensions.Distinct().Order()];
        using SourceDataSet data = new SourceDataSet().Publish(Source("of", dimensions));
        using MmapManager manager = MmapManager.Open(data.Folder);
        for (int round = 0; round < 2; round++)
        {
            using ReadScope scope = manager.BeginScope();
            for (int again = 0; again < 2; again++)
            {
                foreach (int dimension in dimensions)
                    Assert.Equal($"of {dimension}", Text(scope[new((ushort)dimension, 0)]));
            }

            // At hand: unloading does not take what the scope has read out of its reach, and it is not loaded again to be read.
            manager.Unload(new((ushort)dimensions[0]));
            Assert.Equal($"of {dimensions[1]}", Text(scope[new((ushort)dimensions[1], 0)]));
            Assert.Equal(dimensions.Length - 1, manager.GetStats().LoadedDimensions);
        }
    }

    [Fact]
    public void Scope_RefreshesAllTheTime_NeverMixesVersions()
    {
        int[] dimensions = [.. Enumerable.Range(1, 20)];
        using SourceDataSet data = new SourceDataSet().Publish(Source("v0", dimensions));
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        long mapped = manager.GetStats().MappedBytes;
        using CancellationTokenSource end = new();
        int mixed = 0;
        int versions = 0;
        Thread[] readers = [.. Enumerable.Range(0, 3).Select(seed => new Thread(() =>
        {
            Random random = new(seed);
            string last = "";
            while (!end.IsCancellationRequested)
            {
                using ReadScope scope = manager.BeginScope();
                string version = Text(scope[new((ushort)random.Next(1, 21), 0)]).Split(' ')[0];
                if (version != last)
                    Interlocked.Increment(ref versions);
                last = version;
                for (int i = 0; i < 40; i++)
                {
                    if (Text(scope[new((ushort)random.Next(1, 21), 0)]).Split(' ')[0] != version)
                        Interlocked.Increment(ref mixed);
                }
            }
        }))];
        foreach (Thread reader in readers)
            reader.Start();
        for (int i = 1; i <= 12; i++)
        {
            data.Publish(Source($"v{i}", dimensions));
            Assert.True(manager.Refresh());
        }

        end.Cancel();
        foreach (Thread reader in readers)
            reader.Join();
        Assert.Equal(0, mixed);
        Assert.True(versions >= 3);
        manager.Trim();
        Assert.Equal(20, manager.GetStats().LoadedDimensions);
        Assert.Equal(mapped, manager.GetStats().MappedBytes);
    }
}
