using Microsoft.Extensions.Logging;

namespace Lamina.Hosting;

/// <summary>Writes what a manager tells about itself to a log. The event ids are the numbers of <see cref="MemoryNotice"/>.</summary>
public static class MemoryNoticeLogger
{
    /// <summary>Makes a handler for <see cref="MmapManager.Notice"/>, or to be handed to <c>MmapManager.Open</c>.</summary>
    /// <param name="logger">Where to write.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logger"/> is null.</exception>
    public static EventHandler<MemoryNoticeEventArgs> Create(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return (sender, notice) => Write(logger, ((MmapManager)sender!).Folder, notice);
    }

    private static void Write(ILogger logger, string folder, MemoryNoticeEventArgs notice)
    {
        long count = notice.Count.GetValueOrDefault();
        switch (notice.Notice)
        {
            case MemoryNotice.Opened: LogMessages.Opened(logger, folder, count); break;
            case MemoryNotice.DimensionLoaded: LogMessages.DimensionLoaded(logger, folder, notice.Dimension); break;
            case MemoryNotice.DimensionUnloaded: LogMessages.DimensionUnloaded(logger, folder, notice.Dimension); break;
            case MemoryNotice.DimensionReloaded: LogMessages.DimensionReloaded(logger, folder, notice.Dimension); break;
            case MemoryNotice.BlocksEvicted: LogMessages.BlocksEvicted(logger, folder, count); break;
            case MemoryNotice.Refreshed: LogMessages.Refreshed(logger, folder, count); break;
            case MemoryNotice.RefreshFailed: LogMessages.RefreshFailed(logger, notice.Exception, folder); break;
            case MemoryNotice.LoadFailed: LogMessages.LoadFailed(logger, notice.Exception, folder, notice.Dimension); break;
            case MemoryNotice.FaultFound: LogMessages.FaultFound(logger, notice.Exception, folder, notice.Dimension); break;
            case MemoryNotice.ThresholdCrossed: LogMessages.ThresholdCrossed(logger, folder, notice.Threshold.GetValueOrDefault()); break;
            case MemoryNotice.LimitExceeded: LogMessages.LimitExceeded(logger, notice.Exception, folder, notice.Dimension); break;
            case MemoryNotice.DimensionSimulated: LogMessages.DimensionSimulated(logger, folder, notice.Dimension); break;
            case MemoryNotice.DimensionRestored: LogMessages.DimensionRestored(logger, folder, notice.Dimension); break;
            case MemoryNotice.LeasesLeaked: LogMessages.LeasesLeaked(logger, folder, count); break;
            case MemoryNotice.DisposedWhileRead: LogMessages.DisposedWhileRead(logger, folder, count); break;
            case MemoryNotice.ReleaseFailed: LogMessages.ReleaseFailed(logger, notice.Exception, folder); break;
            case MemoryNotice.Disposed: LogMessages.Disposed(logger, folder); break;
            default: LogMessages.Other(logger, notice.Exception, folder, notice.Notice); break;
        }
    }
}
