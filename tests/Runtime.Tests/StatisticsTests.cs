using System.Diagnostics.Metrics;
using System.Text.Json;
using Lamina.Protection;
using Lamina.Runtime.Tests.Data;

namespace Lamina.Runtime.Tests;

/// <summary>What a manager counts, and the ways to see it.</summary>
public sealed unsafe class StatisticsTests
{
    [Fact]
    public void AddInstruments_Collected_ReportsTheStats()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 40), TestDataSet.Texts(2, 1));
        MmapManager manager = data.Open(new MemoryConfig { CountAccesses = true });
        manager.ReadCopy(new LayerId(1, 0));
        manager.ReadCopy(new LayerId(1, 0));
        using Meter meter = new("test");
        manager.AddInstruments(meter);
        Dictionary<string, double> sums = [];
        List<string> states = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter == meter)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        MemoryStats stats = manager.GetStats();
        Assert.Equal(stats.UsedBytes, sums["lamina.memory.usage"]);
        Assert.Equal(stats.TotalBytes, sums["lamina.memory.limit"]);
        Assert.Equal(stats.MappedBytes, sums["lamina.memory.mapped"]);
        Assert.Equal(2, sums["lamina.dimension.count"]);
        Assert.Equal(["loaded 1", "unloaded 1"], states);
        Assert.Equal(1, sums["lamina.block.decodes"]);
        Assert.Equal(1, sums["lamina.block.count"]);
        Assert.Equal(0, sums["lamina.block.evictions"]);
        Assert.Equal(1, sums["lamina.read.misses"]);
        Assert.Equal(1, sums["lamina.read.hits"]);
        Assert.Equal(0, sums["lamina.failures"]);
        Assert.Contains("lamina.lease.count", sums.Keys);
        Assert.Contains("lamina.lease.longest", sums.Keys);
        manager.Dispose();
        sums.Clear();
        listener.RecordObservableInstruments();
        Assert.Empty(sums);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Assert.Contains(new KeyValuePair<string, object?>("lamina.folder", manager.Folder), tags.ToArray());
            sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value;
            foreach ((string tag, object? state) in tags)
            {
                if (tag == "lamina.dimension.state")
                    states.Add($"{state} {value}");
            }
        }
    }

    [Fact]
    public void DumpState_AnyTime_IsJsonWithTheFigures()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 40), TestDataSet.Texts(2, 1));
        MmapManager manager = data.Open(new MemoryConfig { CountAccesses = true });
        manager.ReadCopy(new LayerId(1, 0));
        using (LayerLease lease = manager.Acquire(new LayerId(1, 5)))
        using (JsonDocument dump = JsonDocument.Parse(manager.DumpState()))
        {
            JsonElement root = dump.RootElement;
            Assert.Equal(manager.Folder, root.GetProperty("folder").GetString());
            Assert.Equal(manager.GetStats().UsedBytes, root.GetProperty("memory").GetProperty("used_bytes").GetInt64());
            Assert.Equal([true, false], root.GetProperty("dimensions").EnumerateArray().Select(static d => d.GetProperty("loaded").GetBoolean()));
            Assert.Equal("D01", root.GetProperty("dimensions")[0].GetProperty("dimension").GetString());
            Assert.Equal(10, root.GetProperty("dimensions")[0].GetProperty("blocks").GetInt32());
            Assert.Equal(2, root.GetProperty("accesses").GetInt64());
            Assert.Equal(["D01:L0", "D01:L5"], root.GetProperty("hottest_layers").EnumerateArray().Select(static l => l.GetProperty("id").GetString()).Order());
            Assert.True(root.GetProperty("process").GetProperty("active_leases").GetInt32() > 0);
        }

        manager.Dispose();
        using JsonDocument after = JsonDocument.Parse(manager.DumpState());
        Assert.True(after.RootElement.GetProperty("disposed").GetBoolean());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GetStats_AndResidentReads_AllocateNothing(bool count)
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 40), TestDataSet.Texts(2, 40, compress: false));
        using MmapManager manager = data.Open(new MemoryConfig { CountAccesses = count });
        long sum = Run(manager);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sum += Run(manager);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2 * 4 * 80 * 1000, sum);

        static long Run(MmapManager manager)
        {
            long sum = 0;
            Span<LayerAccesses> hottest = stackalloc LayerAccesses[4];
            using ReadScope scope = manager.BeginScope();
            for (uint i = 0; i < 80; i++)
            {
                LayerId id = new((ushort)((i % 2) + 1), i / 2);
                using LayerLease lease = manager.Acquire(id);
                manager.TryAcquire(id, out LayerLease second);
                using (second)
                    sum += lease.Length + second.Span.Length + scope[id].Length;
                sum += manager.Read(id, 0, static (span, _) => span.Length);
                sum += manager.GetStats().Dimensions - 2;
                sum += manager.GetHottestLayers(hottest) - manager.GetHottestLayers(hottest);
            }

            return sum;
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void GetAccesses_EachWayToRead_CountsOnce(bool compress, bool sparse)
    {
        TestRegion region = TestDataSet.Texts(1, 40, compress: compress);
        if (sparse)
            region = new TestRegion(1, [.. Enumerable.Range(0, 40).Select(static i => new TestLayer((uint)i * 2, TestDataSet.Text(1, i)))]);
        using TestDataSet data = new(region);
        using MmapManager manager = data.Open(new MemoryConfig { CountAccesses = true });
        LayerId id = new(1, 4);
        Assert.Equal(0, manager.GetAccesses(id));
        Action[] ways =
        [
            () => manager.ReadCopy(id),
            () => manager.Acquire(id).Dispose(),
            () =>
            {
                manager.TryAcquire(id, out LayerLease lease);
                lease.Dispose();
            },
            () =>
            {
                using ReadScope scope = manager.BeginScope();
                _ = scope[id];
            },
            () => manager.Read(id, 0, static (span, _) => span.Length),
            () => manager.Rent(id).Dispose(),
        ];
        for (int i = 0; i < ways.Length; i++)
        {
            ways[i]();
            Assert.Equal(i + 1, manager.GetAccesses(id));
        }

        Assert.Equal(0, manager.GetAccesses(new LayerId(1, 6)));
        MemoryStats stats = manager.GetStats();
        Assert.Equal((true, 6, 1, 5), (stats.CountsAccesses, stats.Accesses, stats.Misses, stats.Hits));
        manager.Reload(new DimensionId(1));
        Assert.Equal(0, manager.GetAccesses(id));
        Assert.Equal(6, manager.GetStats().Accesses);
    }

    [Fact]
    public void GetAccesses_ManyThreadsOnOneLayer_LosesNone()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 8));
        using MmapManager manager = data.Open(new MemoryConfig { CountAccesses = true });
        manager.LoadAll();
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 10_000; i++)
                manager.Acquire(new LayerId(1, 3)).Dispose();
        });
        Assert.Equal(80_000, manager.GetAccesses(new LayerId(1, 3)));
    }

    [Fact]
    public void GetHottestLayers_MoreLayersThanRoom_AreTheMostReadInOrder()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 20), TestDataSet.Texts(2, 20));
        using MmapManager manager = data.Open(new MemoryConfig { CountAccesses = true });
        for (uint i = 0; i < 20; i++)
        {
            for (uint n = 0; n < i; n++)
            {
                manager.ReadCopy(new LayerId(1, (i * 7) % 20));
                manager.ReadCopy(new LayerId(2, (i * 3) % 20));
            }
        }

        manager.ReadCopy(new LayerId(2, (19 * 3) % 20));
        LayerAccesses[] hottest = new LayerAccesses[3];
        Assert.Equal(3, manager.GetHottestLayers(hottest));
        Assert.Equal(
            [new(new LayerId(2, (19 * 3) % 20), 20), new(new LayerId(1, (19 * 7) % 20), 19), new(new LayerId(1, (18 * 7) % 20), 18)],
            hottest);
        LayerAccesses[] all = new LayerAccesses[100];
        Assert.Equal(38, manager.GetHottestLayers(all));
    }

    [Fact]
    public void GetHottestLayers_NotCounting_HasNone()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 4));
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        Assert.Equal(0, manager.GetHottestLayers(new LayerAccesses[4]));
        Assert.Equal(0, manager.GetAccesses(new LayerId(1, 0)));
        Assert.False(manager.GetStats().CountsAccesses);
    }

    [Fact]
    public void Scope_RegionRetiredWhileCounting_ReadsTheNewOne()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 4));
        using MmapManager manager = data.Open(new MemoryConfig { CountAccesses = true });
        using ReadScope scope = manager.BeginScope();
        _ = scope[new LayerId(1, 0)];
        manager.Reload(new DimensionId(1));
        _ = scope[new LayerId(1, 0)];
        Assert.Equal(1, manager.GetAccesses(new LayerId(1, 0)));
    }

    [Fact]
    public void GetStats_LeaseHeld_CountsIt()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 4));
        using MmapManager manager = data.Open();
        using LayerLease lease = manager.Acquire(new LayerId(1, 0));
        using ReadScope scope = manager.BeginScope();
        MemoryStats stats = manager.GetStats();
        Assert.True(stats.ActiveLeases >= 1);
        Assert.True(stats.ActiveScopes >= 1);
        Assert.Equal(4, stats.LoadedLayers);
    }

    [Fact]
    public void Observe_LeaseHeldBetweenTwoLooks_IsAsOldAsTheFirst()
    {
        Slot* slot = Hazards.Take();
        Hazards.Publish(slot, Hazards.Busy);
        Hazards.Observe(1_000);

        // Others of this process may look meanwhile; it is the first look that counts.
        uint first = 0;
        Sighting seen = slot->Seen;
        first = seen.Look(slot->Version, 0);
        Assert.Equal(unchecked(5_000 + first), slot->Seen.Look(slot->Version, 5_000));
        Hazards.Release(slot);
    }

    [Fact]
    public void Look_AnotherUseOrNone_BeginsAnew()
    {
        Sighting seen = default;
        Assert.Equal(0u, seen.Look(0, 0));
        Assert.Equal(0u, seen.Look(7, 100));
        Assert.Equal(50u, seen.Look(7, 150));
        Assert.Equal(0u, seen.Look(8, 200));
        Assert.Equal(20u, seen.Look(8, 220));
        seen.Forget();
        Assert.Equal(0u, seen.Look(8, 300));

        // The clock passes its end.
        Assert.Equal(0u, seen.Look(9, uint.MaxValue - 4));
        Assert.Equal(10u, seen.Look(9, 5));
    }

    [Fact]
    public void GetStats_LoadAndReadFailures_AreCounted()
    {
        TestRegion damaged = TestDataSet.Texts(2, 4, compress: false);
        using TestDataSet data = new(TestDataSet.Texts(1, 4), damaged, TestDataSet.Texts(3, 4));
        byte[] bytes = File.ReadAllBytes(data.PathOf(2));
        bytes[damaged.StoredBlocks[0].Offset] ^= 1;
        File.WriteAllBytes(data.PathOf(2), bytes);
        File.Delete(data.PathOf(3));
        using MmapManager manager = data.Open();
        manager.ReadCopy(new LayerId(1, 0));
        Assert.Throws<Format.LaminaFormatException>(() => manager.ReadCopy(new LayerId(2, 0)));
        Assert.Throws<Format.LaminaFormatException>(() => manager.Load(new DimensionId(3)));
        Assert.Throws<MemoryException>(() => manager.Load(new DimensionId(4)));
        MemoryStats stats = manager.GetStats();
        Assert.Equal((2, 2, 0), (stats.Failures, stats.Faults, stats.LimitFailures));
        Assert.Equal([new DimensionId(3)], manager.GetMissingDimensions());
    }

    [Fact]
    public void Pool_BlocksThatComeAndGo_CountsPeakContentAndFailures()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 40));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 16 << 10, PoolBlockSizes = [4096] });
        manager.ReadCopy(new LayerId(1, 0));
        PoolStats one = manager.GetStats().Pool[0];
        Assert.Equal((1, 4000), (one.UsedBlocks, one.ContentBytes));
        Assert.Equal(1 - (4000.0 / one.ChargedBytes), one.Fragmentation);
        for (uint i = 0; i < 40; i++)
            manager.ReadCopy(new LayerId(1, i));
        PoolStats full = manager.GetStats().Pool[0];
        Assert.Equal((4, 4), (full.UsedBlocks, full.PeakBlocks));
        Assert.Equal(16_000, full.ContentBytes);
        Assert.True(full.Failures > 0);
        manager.Unload(new DimensionId(1));
        manager.Trim();
        PoolStats none = manager.GetStats().Pool[0];
        Assert.Equal((0, 0, 0, 0.0, 4), (none.UsedBlocks, none.ContentBytes, none.ChargedBytes, none.Fragmentation, none.PeakBlocks));
    }
}
