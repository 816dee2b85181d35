using System.Diagnostics;
using System.Globalization;
using Lamina.Bench.Data;
using Lamina.Format.Conversion;
using Lamina.Protection;

namespace Lamina.Bench.Torture;

/// <summary>Readers and those who take away what they read, held up at every dangerous point.</summary>
internal sealed class TortureRun
{
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    // What the runtime takes while it compiles, for threads, and until it next collects.
    private const long Slack = 64L << 20;

    private readonly TortureTarget[] _targets;
    private readonly TortureCounts _counts = new();
    private readonly ulong _seed;
    private volatile bool _stop;

    private TortureRun(TortureTarget[] targets, ulong seed)
    {
        _targets = targets;
        _seed = seed;
    }

    /// <summary>Tortures for <paramref name="time"/>; 0 if no byte was wrong, nothing failed and nothing is left.</summary>
    public static int Run(TimeSpan time, int threads, ulong seed)
    {
        // Before the library is first used: it reads the switch once.
        AppContext.SetSwitch(TestHooks.SwitchName, true);
        string root = Directory.CreateTempSubdirectory("lamina-torture-").FullName;
        try
        {
            TortureRun run = new(Targets(root), seed);
            return run.Run(time, threads);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static TortureTarget[] Targets(string root) =>
    [
        new(root, "lz4", CompressionLevel.Fast, new MemoryConfig { TotalMemoryBytes = 1 << 20 }),
        new(root, "dictionary", CompressionLevel.Max, new MemoryConfig { TotalMemoryBytes = 2 << 20 }),
        new(root, "stored", CompressionLevel.None, new MemoryConfig { TotalMemoryBytes = 1 << 20 }),
        new(root, "eager", CompressionLevel.Fast, new MemoryConfig { TotalMemoryBytes = 64 << 20, LoadMode = LoadMode.Eager }),
        new(root, "copied", CompressionLevel.Fast, new MemoryConfig { TotalMemoryBytes = 32 << 20, OpenMode = OpenMode.Copy }),
    ];

    private int Run(TimeSpan time, int threads)
    {
        ProcessFigures before = ProcessFigures.Take();
        Stopwatch watch = Stopwatch.StartNew();
        List<Thread> all = [];
        all.Add(Start(all.Count, LoadAndUnload));
        all.Add(Start(all.Count, LoadAndUnload));
        all.Add(Start(all.Count, Refresh));
        all.Add(Start(all.Count, Replace));
        all.Add(Start(all.Count, EndThreads));
        all.Add(Start(all.Count, Trim));
        while (all.Count < threads)
            all.Add(Start(all.Count, random => new TortureReader(_targets, _counts, random).Run(() => _stop)));
        Console.WriteLine($"{threads} threads, of which {threads - 6} read, {time.TotalMinutes:F1} min, {_targets.Length} data sets");

        TimeSpan reported = TimeSpan.Zero;
        while (watch.Elapsed < time)
        {
            Thread.Sleep(200);
            if (watch.Elapsed - reported < Report)
                continue;
            reported = watch.Elapsed;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,5:F0} s: {_counts.Describe(isEnd: false)}"));
        }

        _stop = true;
        bool isOver = all.TrueForAll(static thread => thread.Join(Hang));
        if (!isOver)
            Console.WriteLine("FAIL: a thread does not come to its end");
        bool isFreed = isOver && IsFreed();
        Console.WriteLine(_counts.Describe(isEnd: true));
        ProcessFigures after = ProcessFigures.Take();
        Console.WriteLine($"before: {before}{Environment.NewLine}after:  {after}{Environment.NewLine}heaps:  {HeapFigures.Take()}");
        Console.WriteLine($"readers' records: {Hazards.Count}");
        bool isSmall = after.AnonymousBytes - before.AnonymousBytes <= Slack;
        Console.WriteLine(isFreed ? "ok: everything was freed" : "FAIL: not everything was freed");
        if (!isSmall)
            Console.WriteLine("FAIL: the process holds memory that nothing of this program needs");
        bool isFine = isFreed && isSmall && _counts is { Wrong: 0, Faults: 0 } && after.RegionMaps == 0;
        Console.WriteLine(isFine ? "ok" : "FAIL");
        return isFine ? 0 : 1;
    }

    /// <summary>Disposes what is left; whether all that was ever taken is given back once no thread holds anything.</summary>
    private bool IsFreed()
    {
        foreach (TortureTarget target in _targets)
        {
            _counts.Disposed(target.Manager.GetStats());
            target.Dispose();
        }

        Stopwatch watch = Stopwatch.StartNew();
        while (_targets.Sum(static target => target.Held()) + Retirement.Count > 0)
        {
            if (watch.Elapsed > Hang)
                return false;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }

        return true;
    }

    private Thread Start(int index, Action<ulong> work)
    {
        ulong random = _seed + ((ulong)index << 32);
        Thread thread = new(() =>
        {
            Turmoil.Begin(_counts, ~random);
            work(random);
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return thread;
    }

    private void LoadAndUnload(ulong random) => Repeat(random, static (target, dimension, counts, choice) =>
    {
        MmapManager manager = target.Manager;
        switch (choice % 4)
        {
            case 0:
                manager.Reload(dimension);
                counts.Loaded();
                break;
            case 1 when manager.TryLoad(dimension):
                counts.Loaded();
                break;
            case > 1 when manager.TryUnload(dimension):
                counts.Unloaded();
                break;
        }

        Thread.Sleep(choice % 8 == 7 ? 1 : 0);
    });

    private void Refresh(ulong random) => Repeat(random, static (target, _, counts, choice) =>
    {
        Thread.Sleep((int)(choice % 20));
        target.Refresh();
        counts.Refreshed();
    });

    private void Replace(ulong random) => Repeat(random, static (target, _, counts, choice) =>
    {
        Thread.Sleep((int)(choice % 50));
        counts.Disposed(target.Replace());
    });

    private void Trim(ulong random) => Repeat(random, static (target, _, _, choice) =>
    {
        target.Manager.Trim();
        target.Held();
        Thread.Sleep((int)(choice % 4));
        if (choice % 64 == 0)
        {
            // Records of ended threads are taken over by their finalizers.
            GC.Collect();
        }
    });

    private void EndThreads(ulong random) => Repeat(random, (_, _, counts, choice) =>
    {
        Thread thread = new(() =>
        {
            Turmoil.Begin(counts, ~choice);
            new TortureReader(_targets, counts, choice).LeaveBehind();
        });
        thread.Start();
        thread.Join();
    });

    private void Repeat(ulong random, Action<TortureTarget, DimensionId, TortureCounts, ulong> step)
    {
        while (!_stop)
        {
            TortureTarget target = _targets[SplitMix.Next(ref random, _targets.Length)];
            DimensionId dimension = new((ushort)(1 + SplitMix.Next(ref random, TortureTarget.Dimensions)));
            try
            {
                step(target, dimension, _counts, SplitMix.Next(ref random));
            }
            catch (ObjectDisposedException)
            {
                // Another thread disposed the manager meanwhile.
            }
            catch (MemoryException exception) when (exception.Error == MemoryError.LimitExceeded)
            {
                _counts.Limit();
            }
            catch (Exception exception)
            {
                _counts.Fault(exception);
            }
        }
    }
}
