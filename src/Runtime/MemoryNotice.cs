namespace Lamina;

/// <summary>What a manager tells about itself while it works. The numbers are stable, so that logs can use them as event ids.</summary>
public enum MemoryNotice
{
    /// <summary>A data set has been opened. The count is that of its dimensions.</summary>
    Opened = 1,

    /// <summary>A dimension has been loaded.</summary>
    DimensionLoaded = 2,

    /// <summary>A dimension has been taken out of use.</summary>
    DimensionUnloaded = 3,

    /// <summary>A loaded dimension has been replaced, by a reload or a refresh.</summary>
    DimensionReloaded = 4,

    /// <summary>
    /// The budget is full, and decoded blocks make way for others. Told for the first, and whenever the count of all that were evicted
    /// has passed another power of two, so that a busy cache does not flood a log.
    /// </summary>
    BlocksEvicted = 5,

    /// <summary>A newly published manifest has been taken over. The count is that of the data set's dimensions.</summary>
    Refreshed = 6,

    /// <summary>A newly published manifest could not be taken over; what was there before stays.</summary>
    RefreshFailed = 7,

    /// <summary>A dimension could not be loaded, or a block not decoded, for a reason that no other notice is for.</summary>
    LoadFailed = 8,

    /// <summary>A file of the data set is missing, damaged or of another version.</summary>
    FaultFound = 9,

    /// <summary>The use of the budget has reached 75, 85 or 95 percent; told once each time it passes one from below.</summary>
    ThresholdCrossed = 10,

    /// <summary>Something did not fit into the budget, and nothing more could be evicted.</summary>
    LimitExceeded = 11,

    /// <summary>A dimension's region file is missing, and simulated content stands in for it.</summary>
    DimensionSimulated = 12,

    /// <summary>A dimension whose content was simulated has its real content now.</summary>
    DimensionRestored = 13,

    /// <summary>
    /// Threads of this process have ended without disposing leases or scopes that they took. The count is that of all so far. Told by the
    /// next call that loads or decodes something, or by <see cref="MmapManager.Dispose"/>.
    /// </summary>
    LeasesLeaked = 14,

    /// <summary>
    /// The manager has been disposed while regions or blocks of it, as many as the count says, were still read. They are freed when
    /// the last reader is done.
    /// </summary>
    DisposedWhileRead = 15,

    /// <summary>Something that was taken out of use could not be given back. The rest was.</summary>
    ReleaseFailed = 16,

    /// <summary>The manager has been disposed.</summary>
    Disposed = 17,
}
