using Lamina.Caching;

namespace Lamina.Memory;

/// <summary>Bytes of content memory: how many there may be and how many are taken. Thread-safe, without locks.</summary>
/// <param name="total">The most that may be taken.</param>
/// <param name="owner">Told each of <see cref="Thresholds"/> when the use rises to it.</param>
internal sealed class MemoryBudget(long total, ICacheOwner? owner = null)
{
    private int _level;
    private long _used;
    private long _peak;

    /// <summary>Percentages of the budget at which its owner is told.</summary>
    public static ReadOnlySpan<int> Thresholds => [75, 85, 95];

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
        UpdateLevel();
        return true;
    }

    /// <summary>Gives back <paramref name="bytes"/>. Called after the memory is.</summary>
    public void Release(long bytes)
    {
        Interlocked.Add(ref _used, -bytes);
        UpdateLevel();
    }

    // The level is that of the use at the end, whoever comes last; each rise over a threshold is told once, by who made it.
    private void UpdateLevel()
    {
        while (true)
        {
            int level = Volatile.Read(ref _level);
            int now = LevelOf(Used);
            if (now == level)
                return;
            if (Interlocked.CompareExchange(ref _level, now, level) != level)
                continue;
            for (int i = level; i < now; i++)
                owner?.ThresholdCrossed(Thresholds[i]);
        }
    }

    private int LevelOf(long used)
    {
        int level = 0;
        while (level < Thresholds.Length && used >= Total / 100.0 * Thresholds[level])
            level++;
        return level;
    }

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
