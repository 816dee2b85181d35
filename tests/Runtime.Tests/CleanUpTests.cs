using Lamina.Protection;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests;

/// <summary>What was taken is given back, on every way out.</summary>
public sealed class CleanUpTests
{
    private static readonly DimensionId One = new(1);

    public static TheoryData<OpenMode, LoadMode> Modes() => new()
    {
        { OpenMode.Map, LoadMode.Lazy }, { OpenMode.Map, LoadMode.Eager }, { OpenMode.Copy, LoadMode.Lazy }, { OpenMode.Copy, LoadMode.Eager },
    };

    [Theory, MemberData(nameof(Modes))]
    public void Load_FailsAtAnyPoint_GivesBackEverything(OpenMode open, LoadMode load)
    {
        foreach (bool compress in (bool[])[true, false])
        {
            using TestDataSet data = new(Texts(1, 40, compress: compress));
            using MmapManager manager = data.Open(new MemoryConfig { OpenMode = open, LoadMode = load, CountAccesses = true });
            foreach (HookPoint point in (HookPoint[])[HookPoint.FileInMemory, HookPoint.RegionMade, HookPoint.RegionLoaded])
            {
                FailAt(point, 1, () => Assert.Throws<NotSupportedException>(() => manager.Load(One)));
                AssertNothingHeld(manager, data.Folder);
            }

            // As before: the next load works.
            Assert.Equal(Text(1, 3), manager.ReadCopy(new LayerId(1, 3)));
        }
    }

    [Theory, MemberData(nameof(Modes))]
    public void Load_DamagedInAnyPart_GivesBackEverything(OpenMode open, LoadMode load)
    {
        TestRegion region = Texts(1, 40, compress: false);
        using TestDataSet data = new(region);
        byte[] intact = File.ReadAllBytes(data.PathOf(1));
        int[] places = [0, 8, 32, 52, 100, 184, 200, 400, region.StoredBlocks[0].Offset, region.StoredBlocks[^1].Offset, intact.Length - 1];
        foreach (int place in places)
        {
            byte[] damaged = [.. intact];
            damaged[place] ^= 1;
            File.WriteAllBytes(data.PathOf(1), damaged);
            using MmapManager manager = data.Open(new MemoryConfig { OpenMode = open, LoadMode = load });
            try
            {
                manager.Load(One);
            }
            catch (Format.LaminaFormatException)
            {
                AssertNothingHeld(manager, data.Folder);
            }
        }
    }

    [Fact]
    public void Refresh_FailsAfterSomeWereLoaded_GivesBackEverything()
    {
        using SourceDataSet data = new SourceDataSet().Publish(Source("one", "two"));
        using MmapManager manager = MmapManager.Open(data.Folder);
        manager.LoadAll();
        int files = MappedFilesIn(data.Folder);
        data.Publish(Source("ONE", "TWO"));
        FailAt(HookPoint.RegionLoaded, 2, () => Assert.Throws<NotSupportedException>(() => manager.Refresh()));
        Assert.Equal(files, MappedFilesIn(data.Folder));
        Assert.Equal("one", manager.ReadText(new LayerId(1, 0)));
        Assert.True(manager.Refresh());
        Assert.Equal("TWO", manager.ReadText(new LayerId(2, 0)));
        Assert.Equal(files, MappedFilesIn(data.Folder));

        static string Source(string one, string two) => $$"""
            { "dimensions": [ { "id": 1 }, { "id": 2 } ],
              "layers": [
                { "dimension_id": 1, "layer_num": 0, "content": "{{one}}" }, { "dimension_id": 2, "layer_num": 0, "content": "{{two}}" } ] }
            """;
    }

    [Fact]
    public void Dispose_OneDimensionFails_RetiresTheOthersAndTells()
    {
        using TestDataSet data = new(Texts(1, 4), Texts(2, 4), Texts(3, 4));
        MmapManager manager = data.Open(new MemoryConfig { OpenMode = OpenMode.Copy });
        manager.LoadAll();
        List<MemoryNoticeEventArgs> told = [];
        manager.Notice += (_, e) => told.Add(e);
        FailAt(HookPoint.Disposing, 2, manager.Dispose);
        MemoryNoticeEventArgs failed = Assert.Single(told, static e => e.Notice == MemoryNotice.ReleaseFailed);
        Assert.IsType<NotSupportedException>(failed.Exception);
        Assert.Equal(MemoryNotice.Disposed, told[^1].Notice);

        // The second keeps its copy; the others have given back theirs.
        Assert.Equal(1, manager.GetStats().LoadedDimensions);
        Assert.Equal(new FileInfo(data.PathOf(2)).Length, manager.GetStats().CopiedBytes, 4096.0);
        Assert.Throws<ObjectDisposedException>(() => manager.ReadCopy(new LayerId(2, 0)));
    }

    [Fact]
    public void Dispose_FileCannotBeGivenBack_GivesBackTheRestAndTells()
    {
        using TestDataSet data = new(Texts(1, 4), Texts(2, 4), Texts(3, 4));
        MmapManager manager = data.Open(new MemoryConfig { OpenMode = OpenMode.Copy });
        manager.LoadAll();
        List<MemoryNoticeEventArgs> told = [];
        manager.Notice += (_, e) => told.Add(e);
        FailAt(HookPoint.RegionFreeing, 2, manager.Dispose);
        Assert.Single(told, static e => e.Notice == MemoryNotice.ReleaseFailed);
        MemoryStats stats = manager.GetStats();
        Assert.Equal((0, 0, 0, 1), (stats.UsedBytes, stats.CopiedBytes, stats.LoadedDimensions, stats.Failures));
    }

    [Fact]
    public void Dispose_HandlerThrows_StillGivesBackEverything()
    {
        using TestDataSet data = new(Texts(1, 4));
        MmapManager manager = data.Open();
        manager.LoadAll();
        manager.Notice += static (_, _) => throw new NotSupportedException();
        manager.Dispose();
        AssertNothingHeld(manager, data.Folder);
    }

    [Fact]
    public void Open_WatchAndNoFolder_LeavesNothingBehind()
    {
        string name = Guid.NewGuid().ToString();
        using SourceDataSet data = new SourceDataSet().Write($$"""
            { "dimensions": [ { "id": 1, "name": "{{name}}" } ], "layers": [ { "dimension_id": 1, "layer_num": 0, "name": "Joy" } ] }
            """);
        Assert.Throws<DirectoryNotFoundException>(() =>
            MmapManager.Open(data.Folder, new MemoryConfig { Watch = true, SimulateFrom = data.SourcePath }));
        Assert.DoesNotContain(
            Directory.GetDirectories(Path.GetTempPath(), "lamina-simulation-*"),
            path => File.Exists(Path.Combine(path, "manifest.json"))
                && File.ReadAllText(Path.Combine(path, "manifest.json")).Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void OpenReadDispose_ManyTimes_LeavesNoFileAndNoMapping()
    {
        using TestDataSet data = new(Texts(1, 40), Texts(2, 40, compress: false));
        foreach ((OpenMode open, LoadMode load) in Modes().Select(static row => ((OpenMode)row[0], (LoadMode)row[1])))
        {
            for (int i = 0; i < 20; i++)
            {
                MmapManager manager = data.Open(new MemoryConfig { OpenMode = open, LoadMode = load });
                manager.LoadAll();
                manager.Reload(One);
                Assert.Equal(Text(1, 7), manager.ReadCopy(new LayerId(1, 7)));
                Assert.Equal(Text(2, 7), manager.ReadCopy(new LayerId(2, 7)));
                manager.Dispose();
                AssertNothingHeld(manager, data.Folder);
            }
        }
    }

    private static void AssertNothingHeld(MmapManager manager, string folder)
    {
        MemoryStats stats = manager.GetStats();
        Assert.Equal((0, 0, 0, 0), (stats.UsedBytes, stats.MappedBytes, stats.BookkeepingBytes, stats.LoadedDimensions));
        Assert.Equal(0, MappedFilesIn(folder));
    }

    /// <summary>Descriptors and mappings of files in a folder, where the system tells; a test's folder is its own.</summary>
    private static int MappedFilesIn(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        int count = File.ReadLines("/proc/self/maps").Count(line => line.Contains(folder, StringComparison.Ordinal));
        foreach (string descriptor in Directory.EnumerateFiles("/proc/self/fd"))
        {
            if (new FileInfo(descriptor).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true)
                count++;
        }

        return count;
    }

    private static void FailAt(HookPoint point, int time, Action act)
    {
        int reached = 0;
        TestHooks.Reached = at =>
        {
            if (at == point && ++reached == time)
                throw new NotSupportedException();
        };
        try
        {
            act();
            Assert.True(reached >= time);
        }
        finally
        {
            TestHooks.Reached = null;
        }
    }
}
