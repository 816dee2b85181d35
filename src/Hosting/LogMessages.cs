using Microsoft.Extensions.Logging;

namespace Lamina.Hosting;

/// <summary>A message for each <see cref="MemoryNotice"/>, whose number and name are the event's.</summary>
internal static partial class LogMessages
{
    [LoggerMessage((int)MemoryNotice.Opened, LogLevel.Information, "Opened data set {Folder} of {Dimensions} dimensions.")]
    public static partial void Opened(ILogger logger, string folder, long dimensions);

    [LoggerMessage((int)MemoryNotice.DimensionLoaded, LogLevel.Debug, "Loaded {Dimension} of {Folder}.")]
    public static partial void DimensionLoaded(ILogger logger, string folder, DimensionId? dimension);

    [LoggerMessage((int)MemoryNotice.DimensionUnloaded, LogLevel.Debug, "Unloaded {Dimension} of {Folder}.")]
    public static partial void DimensionUnloaded(ILogger logger, string folder, DimensionId? dimension);

    [LoggerMessage((int)MemoryNotice.DimensionReloaded, LogLevel.Information, "Reloaded {Dimension} of {Folder}.")]
    public static partial void DimensionReloaded(ILogger logger, string folder, DimensionId? dimension);

    [LoggerMessage(
        (int)MemoryNotice.BlocksEvicted,
        LogLevel.Debug,
        "{Blocks} decoded blocks of {Folder} have been evicted so far: the memory budget is full.")]
    public static partial void BlocksEvicted(ILogger logger, string folder, long blocks);

    [LoggerMessage(
        (int)MemoryNotice.Refreshed,
        LogLevel.Information,
        "Took over a new manifest of {Folder} with {Dimensions} dimensions.")]
    public static partial void Refreshed(ILogger logger, string folder, long dimensions);

    [LoggerMessage(
        (int)MemoryNotice.RefreshFailed,
        LogLevel.Error,
        "A new manifest of {Folder} could not be taken over; what was there before is still read.")]
    public static partial void RefreshFailed(ILogger logger, Exception? exception, string folder);

    [LoggerMessage((int)MemoryNotice.LoadFailed, LogLevel.Error, "{Dimension} of {Folder} could not be loaded.")]
    public static partial void LoadFailed(ILogger logger, Exception? exception, string folder, DimensionId? dimension);

    [LoggerMessage(
        (int)MemoryNotice.FaultFound,
        LogLevel.Error,
        "The file of {Dimension} in {Folder} is missing, damaged or of another version.")]
    public static partial void FaultFound(ILogger logger, Exception? exception, string folder, DimensionId? dimension);

    [LoggerMessage(
        (int)MemoryNotice.ThresholdCrossed,
        LogLevel.Warning,
        "{Percent} percent of the memory budget of {Folder} are in use.")]
    public static partial void ThresholdCrossed(ILogger logger, string folder, int percent);

    [LoggerMessage(
        (int)MemoryNotice.LimitExceeded,
        LogLevel.Error,
        "The memory budget of {Folder} has no room for what was asked of {Dimension}.")]
    public static partial void LimitExceeded(ILogger logger, Exception? exception, string folder, DimensionId? dimension);

    [LoggerMessage(
        (int)MemoryNotice.DimensionSimulated,
        LogLevel.Warning,
        "{Dimension} of {Folder} is missing; simulated content stands in for it.")]
    public static partial void DimensionSimulated(ILogger logger, string folder, DimensionId? dimension);

    [LoggerMessage(
        (int)MemoryNotice.DimensionRestored,
        LogLevel.Information,
        "{Dimension} of {Folder} has its real content instead of the simulated one.")]
    public static partial void DimensionRestored(ILogger logger, string folder, DimensionId? dimension);

    [LoggerMessage(
        (int)MemoryNotice.LeasesLeaked,
        LogLevel.Warning,
        "Threads have ended with {Leases} leases and scopes of this process undisposed, as {Folder} learns. Take them with 'using'.")]
    public static partial void LeasesLeaked(ILogger logger, string folder, long leases);

    [LoggerMessage(
        (int)MemoryNotice.DisposedWhileRead,
        LogLevel.Warning,
        "{Folder} was disposed while {Count} regions or blocks of it were read; they are freed when the last reader is done.")]
    public static partial void DisposedWhileRead(ILogger logger, string folder, long count);

    [LoggerMessage(
        (int)MemoryNotice.ReleaseFailed,
        LogLevel.Error,
        "Something of {Folder} could not be given back; the rest was.")]
    public static partial void ReleaseFailed(ILogger logger, Exception? exception, string folder);

    [LoggerMessage((int)MemoryNotice.Disposed, LogLevel.Debug, "Closed data set {Folder}.")]
    public static partial void Disposed(ILogger logger, string folder);

    [LoggerMessage(0, LogLevel.Information, "{Notice} of {Folder}.")]
    public static partial void Other(ILogger logger, Exception? exception, string folder, MemoryNotice notice);
}
