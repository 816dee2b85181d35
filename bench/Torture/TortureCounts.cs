using System.Globalization;
using Lamina.Protection;

namespace Lamina.Bench.Torture;

/// <summary>What happened so far. Thread-safe.</summary>
internal sealed class TortureCounts
{
    private readonly long[] _points = new long[Enum.GetValues<HookPoint>().Length];
    private long _reads;
    private long _leases;
    private long _scopes;
    private long _abandoned;
    private long _loads;
    private long _unloads;
    private long _refreshes;
    private long _disposals;
    private long _limits;
    private long _evictions;
    private long _faults;
    private long _wrong;

    /// <summary>Layers whose bytes were not theirs.</summary>
    public long Wrong => Volatile.Read(ref _wrong);

    /// <summary>Exceptions that nothing explains.</summary>
    public long Faults => Volatile.Read(ref _faults);

    public void Point(HookPoint point) => Interlocked.Increment(ref _points[(int)point]);

    public void Read() => Interlocked.Increment(ref _reads);

    public void Lease() => Interlocked.Increment(ref _leases);

    public void Scope() => Interlocked.Increment(ref _scopes);

    public void Abandoned() => Interlocked.Increment(ref _abandoned);

    public void Loaded() => Interlocked.Increment(ref _loads);

    public void Unloaded() => Interlocked.Increment(ref _unloads);

    public void Refreshed() => Interlocked.Increment(ref _refreshes);

    public void Disposed(in MemoryStats stats)
    {
        Interlocked.Increment(ref _disposals);
        Interlocked.Add(ref _evictions, stats.EvictedBlocks);
    }

    public void Limit() => Interlocked.Increment(ref _limits);

    public void WrongBytes(LayerId id, string how)
    {
        if (Interlocked.Increment(ref _wrong) <= 10)
            Console.Error.WriteLine($"{id} read by {how} has bytes that are not its own.");
    }

    public void Fault(Exception exception)
    {
        if (Interlocked.Increment(ref _faults) <= 10)
            Console.Error.WriteLine(exception);
    }

    /// <summary>One line for the while, or the whole for the end.</summary>
    public string Describe(bool isEnd)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{_reads} reads, {_leases} leases, {_scopes} scopes, {_abandoned} left behind by their threads, {_loads} loads, {_unloads} unloads, "
            + $"{_evictions} evictions, {_refreshes} refreshes, {_disposals} disposals, {_limits} over the limit, {_wrong} wrong, {_faults} faults");
        return isEnd
            ? line + Environment.NewLine + "hooks: " + string.Join(
                ", ", Enum.GetValues<HookPoint>().Select(point => string.Create(CultureInfo.InvariantCulture, $"{point} {_points[(int)point]}")))
            : line;
    }
}
