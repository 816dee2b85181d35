namespace Lamina.Memory;

/// <summary>Bytes of content memory: how many there may be and how many are taken. Thread-safe, without locks.</summary>
internal sealed class MemoryBudget(long total)
{
    private long _used;
    private long _peak;

    /// <summary>The most that may be taken.</summary>
    public long Total { get; } = total;

    /// <summary>What is taken now.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>The most that was ever taken at once.</summary>
    public long Peak => Volatile.Read(ref _peak);

    /// <summary>What is left.</summary>
    public long Free => Total - Used;

    /// <summary>Takes <paramref name="bytes"/> if that many are left. Called before the memory is.</summary>
    public bool TryCharge(long bytes)
    {
        long used = Volatile.Read(ref _used);
        while (true)
        {
            // Compared with what is left: a sum could overflow.
            if (bytes > Total - used)
                return false;
            long seen = Interlocked.CompareExchange(ref _used, used + bytes, used);
            if (seen == used)
                break;
            used = seen;
        }

        RaisePeak(used + bytes);
        return true;
    }

    /// <summary>Gives back <paramref name="bytes"/>. Called after the memory is.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);

    private void RaisePeak(long used)
    {
        long peak = Volatile.Read(ref _peak);
        while (used > peak)
        {
            long seen = Interlocked.CompareExchange(ref _peak, used, peak);
            if (seen == peak)
                return;
            peak = seen;
        }
    }
}
