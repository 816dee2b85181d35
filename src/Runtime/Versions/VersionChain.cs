using Lamina.Caching;
using Lamina.Protection;

namespace Lamina.Versions;

/// <summary>The versions of a data set that somebody may still see, oldest first. Thread-safe.</summary>
/// <remarks>
/// Versions are freed in their order: a scope of an old version reads what later ones replaced, so a version that has ended
/// is retired when no older one is left.
/// </remarks>
internal sealed class VersionChain
{
    // Tokens are numbers below every address, so that none is taken for a cell or a region.
    private static long s_lastToken = long.MinValue;

    private readonly object _gate = new();
    private readonly BlockCache _cache;
    private volatile DataSetVersion _current;
    private DataSetVersion _oldest;

    public VersionChain(BlockCache cache)
    {
        _cache = cache;
        _current = _oldest = Make();
    }

    /// <summary>Pins the current version for a scope.</summary>
    public unsafe DataSetVersion Pin(ScopeTable* table)
    {
        while (true)
        {
            // The protocol of Hazards: publish, then look whether the link is still there.
            DataSetVersion version = _current;

            // SAFETY: tables are never freed, and this one is the scope's until it ends.
            table->Pin(version.Token);
            TestHooks.At(HookPoint.VersionPinned);
            if (version == _current)
                return version;
        }
    }

    /// <summary>Ends the current version; scopes begin in it until <see cref="Publish"/>. One thread at a time.</summary>
    /// <param name="past">What the caller is about to change.</param>
    /// <returns>The next version.</returns>
    public DataSetVersion End(Dictionary<int, PastDimension> past)
    {
        DataSetVersion next = Make();
        _current.End(next, past);
        return next;
    }

    /// <summary>Lets scopes begin in <paramref name="next"/>, and retires what nobody sees any more.</summary>
    public void Publish(DataSetVersion next)
    {
        Retired[] retired = [];
        lock (_gate)
        {
            DataSetVersion ended = _current;
            _current = next;
            if (ended == _oldest)
                retired = [TokenOf(ended)];
        }

        Retirement.Retire(retired);
    }

    /// <summary>Takes everything out of use that was kept for scopes; what they have read stays under their own hazards.</summary>
    public void Close()
    {
        DataSetVersion? version;
        lock (_gate)
            version = _oldest;
        List<Retired> retired = [];
        for (; version is not null; version = version.Next)
            GiveUp(version, retired);
        Retirement.Retire(retired.ToArray());
    }

    /// <summary>What can be retired now that <paramref name="freed"/>, the oldest version, is gone.</summary>
    internal Retired[] TakeFollowing(DataSetVersion freed)
    {
        List<Retired> retired = [];
        GiveUp(freed, retired);
        lock (_gate)
        {
            _oldest = freed.Next!;
            if (_oldest != _current)
                retired.Add(TokenOf(_oldest));
        }

        return [.. retired];
    }

    // With no lock of the chain held: a past dimension is loaded under its gate, and what is evicted for it may end up here.
    private void GiveUp(DataSetVersion version, List<Retired> retired)
    {
        foreach (PastDimension past in version.Past)
        {
            lock (past.Gate)
            {
                if (past.Region is not { } region)
                    continue;
                past.Region = null;
                region.MarkRetired();
                retired.AddRange(_cache.Remove(region));
            }
        }
    }

    private static Retired TokenOf(DataSetVersion version) => new(version, 0, version.Token, version.Token);

    private DataSetVersion Make() => new(this, (nint)Interlocked.Increment(ref s_lastToken));
}
