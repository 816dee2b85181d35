using System.Diagnostics;
using System.Runtime.InteropServices;
using K4os.Compression.LZ4;
using Lamina.Bench.Data;
using Lamina.Bench.Measuring;
using Lamina.Bench.Peers;

namespace Lamina.Bench.Suites;

/// <summary>Loading all dimensions: ready for lazy reading, and eagerly beside the bare decoding of the same blocks.</summary>
internal static class LoadSuite
{
    public const string Area = "load";
    public const string Ready = "all dimensions ready";
    public const string Eager = "all decoded and verified";

    public const string Floor = "Bare LZ4 decode, 2 threads, fresh memory";
    public const string LoadAll = "Lamina eager, LoadAll";

    private const int Threads = 2;

    public static void Run(DataSet dataSet, Report report, IReadOnlyList<ChildProgram> programs, int count)
    {
        string folder = dataSet.StoreOf(LaminaPeer.Lz4);
        DecodedBlocks blocks = new(folder);
        DimensionId[] dimensions;
        using (MmapManager manager = MmapManager.Open(folder))
            dimensions = [.. manager.Dimensions];

        Rounds rounds = new();
        IReadOnlyList<double> ready = rounds.Add(() => Milliseconds(() =>
        {
            using MmapManager manager = MmapManager.Open(folder);
            manager.LoadAll();
        }));
        IReadOnlyList<double> floor = rounds.Add(() => BareDecode(blocks, isFresh: true));
        MemoryConfig config = new() { LoadMode = LoadMode.Eager, TotalMemoryBytes = Math.Max(MemoryConfig.DefaultTotalMemoryBytes, dataSet.Index.ContentBytes * 2) };
        IReadOnlyList<double> eager = rounds.Add(() =>
        {
            using MmapManager manager = MmapManager.Open(folder, config);
            return Milliseconds(() => InParallel(thread =>
            {
                for (int i = thread; i < dimensions.Length; i += Threads)
                    manager.Load(dimensions[i]);
            }));
        });
        IReadOnlyList<double> loadAll = rounds.Add(() =>
        {
            using MmapManager manager = MmapManager.Open(folder, config);
            return Milliseconds(manager.LoadAll);
        });
        IReadOnlyList<double> reused = rounds.Add(() => BareDecode(blocks, isFresh: false));
        rounds.Run(count, warmUps: 3, isCollecting: true, warmUpTime: TimeSpan.FromSeconds(2));

        Rounds fresh = new();
        IReadOnlyList<double>[] cold = [.. programs.Select(program => fresh.Add(() => program.Run("ready", folder)[0]))];
        fresh.Run(count);

        string name = dataSet.Name;
        report.Add(Measurement.Of(Area, name, Ready, "Lamina LZ4, warm process", "ms", ready));
        for (int i = 0; i < cold.Length; i++)
            report.Add(Measurement.Of(Area, name, Ready, "Lamina LZ4, fresh process" + programs[i].Suffix, "ms", cold[i]));
        report.Add(Measurement.Of(Area, name, Eager, Floor, "ms", floor));
        report.Add(Measurement.Of(Area, name, Eager, "Bare LZ4 decode, 2 threads, memory used again", "ms", reused)
            .Against("the floor", reused, floor));
        report.Add(Measurement.Of(Area, name, Eager, "Lamina eager, loaded by 2 threads", "ms", eager).Against("the floor", eager, floor));
        report.Add(Measurement.Of(Area, name, Eager, LoadAll, "ms", loadAll).Against("the floor", loadAll, floor));
    }

    /// <summary>Milliseconds to decode all blocks into one reservation, as a loaded dimension needs it.</summary>
    private static unsafe double BareDecode(DecodedBlocks blocks, bool isFresh)
    {
        long[] offsets = new long[blocks.Contents.Count];
        for (int i = 1; i < offsets.Length; i++)
            offsets[i] = offsets[i - 1] + blocks.Contents[i - 1].Length;
        nuint total = (nuint)(offsets[^1] + blocks.Contents[^1].Length);

        // SAFETY: each block has its own place inside the reservation. A reservation of this size is new pages each time.
        byte* target = null;
        if (!isFresh)
        {
            target = (byte*)NativeMemory.AlignedAlloc(total, 4096);
            NativeMemory.Fill(target, total, 1);
        }

        double elapsed = Milliseconds(() =>
        {
            if (isFresh)
                target = (byte*)NativeMemory.AlignedAlloc(total, 4096);
            int next = -1;
            InParallel(_ =>
            {
                for (int i = Interlocked.Increment(ref next); i < offsets.Length; i = Interlocked.Increment(ref next))
                {
                    Span<byte> content = new(target + offsets[i], blocks.Contents[i].Length);
                    byte[] encoded = blocks.Encoded[i];
                    if (encoded.Length == content.Length)
                        encoded.CopyTo(content);
                    else if (LZ4Codec.Decode(encoded, content) != content.Length)
                        throw new InvalidDataException("A block does not decode.");
                }
            });
        });
        NativeMemory.AlignedFree(target);
        return elapsed;
    }

    private static void InParallel(Action<int> work)
    {
        Thread other = new(() => work(1));
        other.Start();
        work(0);
        other.Join();
    }

    private static double Milliseconds(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}
