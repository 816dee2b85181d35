namespace Lamina.Caching;

/// <summary>Whom a cache tells what happens in it. Called under locks: it notes it, and does no more.</summary>
internal interface ICacheOwner
{
    /// <summary>The figures for an error about a limit.</summary>
    MemoryStats GetStats();

    /// <summary>The use of the budget has risen to a threshold.</summary>
    void ThresholdCrossed(int percent);

    /// <summary>The number of blocks evicted so far has passed a power of two.</summary>
    void BlocksEvicted(long total);

    /// <summary>Something that was taken out of use could not be given back.</summary>
    void ReleaseFailed(Exception exception);
}
