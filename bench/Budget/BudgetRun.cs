using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using Lamina.Bench.Data;
using Lamina.Format.Conversion;

namespace Lamina.Bench.Budget;

/// <summary>Reads a data set of ten times the budget, checks every byte, and compares memory and hit rate with what they should be.</summary>
internal sealed class BudgetRun
{
    private const int Factor = 10;
    private const int BlockSize = 16 << 10;
    private const int LayersPerBlock = 8;
    private const int Dimensions = 8;
    private const long Slack = 20L << 20;
    private const double PointsBehind = 5;

    private readonly MmapManager _manager;
    private readonly Workload _workload;
    private readonly ulong[][] _hashes;
    private readonly int _layersPerDimension;
    private long _batches;
    private long _layersRead;
    private long _wrong;
    private long _failures;
    private volatile bool _stop;

    private BudgetRun(MmapManager manager, Workload workload, ulong[][] hashes)
    {
        _manager = manager;
        _workload = workload;
        _hashes = hashes;
        _layersPerDimension = hashes[0].Length;
    }

    /// <summary>Reads for <paramref name="time"/>; 0 if everything is as it should be.</summary>
    public static int Run(TimeSpan time, int budgetMebibytes, int threads, ulong seed)
    {
        string root = Directory.CreateTempSubdirectory("lamina-budget-").FullName;
        try
        {
            long budget = (long)budgetMebibytes << 20;
            int blocks = (int)(budget * Factor / BlockSize) / Dimensions * Dimensions;
            string source = Path.Combine(root, "dimensions.json");
            string folder = Path.Combine(root, "data");
            ulong[][] hashes = SyntheticSource.Write(
                source, Dimensions, blocks / Dimensions * LayersPerBlock, static _ => BlockSize / LayersPerBlock, static _ => 0);
            DataSetConverter.ConvertAsync(source, folder, new ConversionOptions { BlockSize = BlockSize }).GetAwaiter().GetResult();
            File.Delete(source);
            Workload workload = new(blocks, LayersPerBlock, seed);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{blocks} blocks of {BlockSize >> 10} KiB in {Dimensions} dimensions, budget {budgetMebibytes} MiB, "
                + $"{threads} threads, {time.TotalMinutes:F1} min"));
            return Measure(folder, budget, workload, hashes, blocks, threads, time);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static int Measure(
        string folder, long budget, Workload workload, ulong[][] hashes, int blocks, int threads, TimeSpan time)
    {
        // Everything is compiled and every pool of the runtime's is there before memory is looked at.
        BudgetRun warmUp = new(MmapManager.Open(folder, new MemoryConfig { TotalMemoryBytes = 1 << 20 }), workload, hashes);
        warmUp.ReadAll(threads, TimeSpan.FromSeconds(1), out _);
        Collect();
        ProcessFigures before = ProcessFigures.Take();
        Console.WriteLine($"before: {before}");

        MmapManager manager = MmapManager.Open(folder, new MemoryConfig { TotalMemoryBytes = budget });
        BudgetRun run = new(manager, workload, hashes);
        MemoryStats stats = run.ReadAll(threads, time, out long peakAnonymous);
        Collect();
        ProcessFigures after = ProcessFigures.Take();
        MemoryStats left = manager.GetStats();
        Console.WriteLine($"after:  {after}");

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run._layersRead} layers read and hashed, {run._layersRead / time.TotalSeconds:N0} a second; "
            + $"{stats.DecodedBlocks} blocks decoded, {stats.EvictedBlocks} evicted"));
        long accesses = run._batches * Workload.BatchSize;
        bool isFine = Check("wrong bytes", run._wrong == 0, $"{run._wrong} of {run._layersRead} layers read");
        isFine &= Check("failures", run._failures == 0, $"{run._failures}");
        isFine &= Check("budget", stats.PeakBytes <= budget, $"peak {stats.PeakBytes} of {budget} bytes");
        long grown = peakAnonymous - before.AnonymousBytes;
        isFine &= Check(
            "memory",
            grown <= budget + Slack,
            ProcessFigures.AreKnown
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"anonymous memory grew by {grown / 1048576.0:F1} MiB at most, {(budget + Slack) / 1048576.0:F1} allowed")
                : "not measured: this system does not tell anonymous memory");
        isFine &= Check(
            "leaks",
            left is { UsedBytes: 0, MappedBytes: 0 } && after.Descriptors <= before.Descriptors && after.RegionMaps == 0
                && after.AnonymousBytes - before.AnonymousBytes <= Slack,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{left.UsedBytes} bytes used, {left.MappedBytes} mapped, {after.Descriptors - before.Descriptors} descriptors and "
                + $"{(after.AnonymousBytes - before.AnonymousBytes) / 1048576.0:F1} MiB more than before"));
        return isFine & CompareRates(workload, blocks, (int)(budget / BlockSize), run._batches, 1 - ((double)stats.DecodedBlocks / accesses)) ? 0 : 1;
    }

    /// <summary>Plays the same trace to other policies and prints the hit rates.</summary>
    private static bool CompareRates(Workload workload, int blocks, int capacity, long batches, double ours)
    {
        ICachePolicy[] policies =
        [
            new LruPolicy(blocks, capacity),
            new ClockPolicy(blocks, capacity),
            new ArcPolicy(blocks, capacity),
            new TwoQueuePolicy(blocks, capacity),
        ];
        long[] hits = new long[policies.Length];
        int[] layers = new int[Workload.BatchSize];
        for (long batch = 0; batch < batches; batch++)
        {
            workload.Fill(batch, layers);
            for (int i = 0; i < policies.Length; i++)
            {
                foreach (int layer in layers)
                    hits[i] += policies[i].Access(layer / LayersPerBlock) ? 1 : 0;
            }
        }

        double best = 0;
        for (int i = 0; i < policies.Length; i++)
        {
            double rate = (double)hits[i] / (batches * Workload.BatchSize);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {policies[i].Name,-6} {rate:P2}"));
            if (policies[i] is not TwoQueuePolicy)
                best = Math.Max(best, rate);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Lamina {ours:P2}"));
        return Check(
            "hit rate",
            ours >= best - (PointsBehind / 100),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(ours - best) * 100:+0.00;-0.00} points beside the best of LRU, CLOCK and ARC, "
                + $"over {batches * Workload.BatchSize} touches of blocks"));
    }

    private static bool Check(string what, bool isFine, string figures)
    {
        Console.WriteLine($"{(isFine ? "ok  " : "FAIL")} {what}: {figures}");
        return isFine;
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>Reads for a time, then disposes the manager.</summary>
    private MemoryStats ReadAll(int threads, TimeSpan time, out long peakAnonymous)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] readers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Read))];
        foreach (Thread reader in readers)
            reader.Start();
        peakAnonymous = 0;
        while (watch.Elapsed < time)
        {
            Thread.Sleep(100);
            peakAnonymous = Math.Max(peakAnonymous, ProcessFigures.AnonymousMemory());
        }

        _stop = true;
        foreach (Thread reader in readers)
            reader.Join();
        MemoryStats stats = _manager.GetStats();
        _manager.Dispose();
        return stats;
    }

    private void Read()
    {
        int[] layers = new int[Workload.BatchSize];
        long read = 0;
        while (!_stop)
        {
            long batch = Interlocked.Increment(ref _batches) - 1;
            _workload.Fill(batch, layers);
            int count = Workload.IsScan(batch) ? LayersPerBlock : 1;
            foreach (int first in layers)
            {
                for (int layer = first; layer < first + count; layer++)
                    Read(layer);
                read += count;
            }
        }

        Interlocked.Add(ref _layersRead, read);
    }

    private void Read(int layer)
    {
        (int dimension, int number) = Math.DivRem(layer, _layersPerDimension);
        try
        {
            using LayerLease lease = _manager.Acquire(new LayerId((ushort)(dimension + 1), (uint)number));
            if (XxHash3.HashToUInt64(lease.Span) != _hashes[dimension][number])
                Interlocked.Increment(ref _wrong);
        }
        catch (Exception exception)
        {
            if (Interlocked.Increment(ref _failures) <= 5)
                Console.Error.WriteLine(exception.Message);
        }
    }
}
