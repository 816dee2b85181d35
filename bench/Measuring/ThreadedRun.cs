using System.Diagnostics;
using Lamina.Bench.Data;
using Lamina.Bench.Peers;

namespace Lamina.Bench.Measuring;

/// <summary>Reads with one reader a thread, and goes on through the probes from run to run.</summary>
internal sealed class ThreadedRun : IDisposable
{
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan TouchTime = TimeSpan.FromMilliseconds(100);
    private const int TouchedAtOnce = 1 << 10;

    private readonly IProbeReader[] _readers;
    private readonly Probes _probes;
    private readonly Work _work;
    private int _next;

    public ThreadedRun(ReadWay way, int threads, Probes probes, Work work)
    {
        _probes = probes;
        _work = work;
        _readers = [.. Enumerable.Range(0, threads).Select(_ => way.NewReader())];
    }

    /// <summary>Runs them in turn, twice and until their code is surely compiled for good.</summary>
    public static void WarmUp(IReadOnlyList<ThreadedRun> runs, TimeSpan time)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int round = 0; round < 2 || Stopwatch.GetElapsedTime(begin) < WarmUpTime; round++)
        {
            foreach (ThreadedRun run in runs)
                run.Calibrate(time);
        }
    }

    /// <summary>Bytes that the last run allocated a read.</summary>
    public double AllocatedEach { get; private set; }

    /// <summary>Reads <paramref name="count"/> probes on each thread, with the caches warm; nanoseconds of each thread a read.</summary>
    public double Run(int count) => Run(count, TouchTime);

    private double Run(int count, TimeSpan touchTime)
    {
        // By the threads themselves: whoever lets them begin may not come to look at the clock before they have ended.
        long[] begins = new long[_readers.Length];
        long[] ends = new long[_readers.Length];
        long allocated = 0;
        using Barrier barrier = new(_readers.Length);
        Thread[] threads = [.. _readers.Select((reader, i) =>
        {
            int start = (int)((_next + ((long)_probes.Count / _readers.Length * i)) % _probes.Count);
            return new Thread(() =>
            {
                Touch(reader, start, touchTime);
                barrier.SignalAndWait();
                long before = GC.GetAllocatedBytesForCurrentThread();
                begins[i] = Stopwatch.GetTimestamp();
                Read(reader, start, count);
                ends[i] = Stopwatch.GetTimestamp();
                Interlocked.Add(ref allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            });
        })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begins.Min(), ends.Max());
        _next = (int)(((long)_next + count) % _probes.Count);
        AllocatedEach = (double)allocated / count / _readers.Length;
        return elapsed.TotalNanoseconds / count;
    }

    /// <summary>How many reads take about <paramref name="time"/>.</summary>
    public int Calibrate(TimeSpan time)
    {
        int count = 16;
        while (true)
        {
            double took = Run(count, TimeSpan.Zero) * count;

            // Again, since it may only have waited for a processor.
            if (took > time.TotalNanoseconds / 4)
                took = Math.Min(took, Run(count, TimeSpan.Zero) * count);
            if (took > time.TotalNanoseconds / 4)
                return (int)Math.Max(16, count * time.TotalNanoseconds / took);
            count *= 4;
        }
    }

    public void Dispose()
    {
        foreach (IProbeReader reader in _readers)
            reader.Dispose();
    }

    /// <summary>
    /// Whoever was measured before has filled the caches with something else; without this, the fewer reads a contender gets done in its
    /// time, the larger a part of them would pay for that.
    /// </summary>
    private void Touch(IProbeReader reader, int start, TimeSpan time)
    {
        long begin = Stopwatch.GetTimestamp();
        int touched = 0;
        do
        {
            Read(reader, (start + touched) % _probes.Count, TouchedAtOnce);
            touched += TouchedAtOnce;
        }
        while (touched < _probes.Count && Stopwatch.GetElapsedTime(begin) < time);
    }

    private void Read(IProbeReader reader, int start, int count)
    {
        while (count > 0)
        {
            int some = Math.Min(count, _probes.Count - start);
            reader.Run(_probes, start, some, _work);
            count -= some;
            start = 0;
        }
    }
}
