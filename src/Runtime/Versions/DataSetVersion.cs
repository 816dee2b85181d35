using Lamina.Protection;

namespace Lamina.Versions;

/// <summary>
/// The data set as it is between two refreshes. A scope pins the version that it began in: what a refresh replaces then stays
/// until no scope of that version, or of an older one, is left.
/// </summary>
internal sealed class DataSetVersion(VersionChain chain, nint token) : IRetiring
{
    private DataSetVersion? _next;
    private Dictionary<int, PastDimension>? _past;

    /// <summary>Protects the version. No address: never read through.</summary>
    public nint Token { get; } = token;

    /// <summary>The version that came after; null while this is the last one.</summary>
    public DataSetVersion? Next => Volatile.Read(ref _next);

    /// <summary>The dimensions that the next version changed, as they were. Set when it has ended.</summary>
    public IReadOnlyCollection<PastDimension> Past => _past is null ? [] : _past.Values;

    /// <summary>Ends the version. Comes before any of <paramref name="past"/> is changed, so whoever meets the change finds it here.</summary>
    public void End(DataSetVersion next, Dictionary<int, PastDimension> past)
    {
        _past = past;
        Volatile.Write(ref _next, next);
    }

    /// <summary>What a dimension was in this version, if a later one has changed it; else null.</summary>
    public PastDimension? FindPast(DimensionId dimension)
    {
        for (DataSetVersion version = this; version.Next is { } next; version = next)
        {
            if (version._past!.TryGetValue(dimension.Value, out PastDimension? past))
                return past;
        }

        return null;
    }

    /// <summary>Nobody can see the version any more.</summary>
    void IRetirable.Free(nint address)
    {
    }

    void IRetirable.FreeFailed(Exception exception)
    {
    }

    Retired[] IRetiring.TakeFollowing() => chain.TakeFollowing(this);
}
