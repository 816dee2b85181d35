using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lamina.Caching;
using Lamina.Format;
using Lamina.Protection;

namespace Lamina;

public sealed partial class MmapManager
{
    // Made with the first notice that somebody is to hear of.
    private ConcurrentQueue<MemoryNoticeEventArgs>? _notices;
    // A notice that counts nothing.
    private const long NoCount = -1;

    private long _leaksTold = Hazards.Leaked;
    private long _failures;
    private long _limitFailures;
    private long _faults;

    /// <summary>
    /// Raised for what is worth a line in a log. On the thread whose call met it, with no lock held; what a handler throws comes out of
    /// that call, but for those of <see cref="Dispose"/> and of the watcher, which go on.
    /// </summary>
    /// <remarks>A handler that is to hear of the opening itself is handed to <c>Open</c>.</remarks>
    public event EventHandler<MemoryNoticeEventArgs>? Notice;

    // Noted here, and raised by the call that met it as soon as it holds no lock.
    private void Tell(
        MemoryNotice notice, DimensionId dimension = default, int threshold = 0, Exception? exception = null, long count = NoCount)
    {
        if (Notice is not null)
            Note(notice, dimension, threshold, exception, count);
    }

    // Apart: where nobody listens, which is where most programs start, nothing of it has to be compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Note(MemoryNotice notice, DimensionId dimension, int threshold, Exception? exception, long count)
    {
        if (_notices is null)
            Interlocked.CompareExchange(ref _notices, new ConcurrentQueue<MemoryNoticeEventArgs>(), null);
        _notices.Enqueue(new MemoryNoticeEventArgs(
            notice,
            dimension == default ? null : dimension,
            threshold == 0 ? null : threshold,
            exception,
            count == NoCount ? null : count));
    }

    /// <summary>Notes that a load or the first read of a block has failed.</summary>
    private void TellFailure(DimensionId dimension, Exception exception)
    {
        // What names nothing that is there is a wrong call, and no failure of the data or the system.
        if (exception is ObjectDisposedException or MemoryException { Error: MemoryError.DimensionNotFound })
            return;
        Interlocked.Increment(ref _failures);
        switch (exception)
        {
            case LaminaFormatException:
                Interlocked.Increment(ref _faults);
                Tell(MemoryNotice.FaultFound, dimension, exception: exception);
                break;
            case MemoryException { Error: MemoryError.LimitExceeded }:
                Interlocked.Increment(ref _limitFailures);
                Tell(MemoryNotice.LimitExceeded, dimension, exception: exception);
                break;
            default:
                Tell(MemoryNotice.LoadFailed, dimension, exception: exception);
                break;
        }
    }

    // With no lock held: a handler may call anything.
    private void RaiseNotices()
    {
        TellLeaks();
        if (_notices is not null)
            RaiseNoted();
    }

    private void RaiseNoted()
    {
        while (_notices!.TryDequeue(out MemoryNoticeEventArgs? notice))
            Notice?.Invoke(this, notice);
    }

    /// <summary>Raises them where nobody could catch what a handler throws, or something has to be finished.</summary>
    private void RaiseNoticesAndGoOn()
    {
        TellLeaks();
        while (_notices is not null && _notices.TryDequeue(out MemoryNoticeEventArgs? notice))
        {
            try
            {
                Notice?.Invoke(this, notice);
            }
#pragma warning disable CA1031 // It is the handler's, and whatever it is must not end the process or stop a disposal.
            catch (Exception)
            {
            }
#pragma warning restore CA1031
        }
    }

    private void TellLeaks()
    {
        long leaked = Hazards.Leaked;
        long told = Volatile.Read(ref _leaksTold);
        if (leaked != told && Interlocked.CompareExchange(ref _leaksTold, leaked, told) == told)
            Tell(MemoryNotice.LeasesLeaked, count: leaked);
    }

    void ICacheOwner.ThresholdCrossed(int percent) => Tell(MemoryNotice.ThresholdCrossed, threshold: percent);

    void ICacheOwner.BlocksEvicted(long total) => Tell(MemoryNotice.BlocksEvicted, count: total);

    void ICacheOwner.ReleaseFailed(Exception exception)
    {
        Interlocked.Increment(ref _failures);
        Tell(MemoryNotice.ReleaseFailed, exception: exception);

        // The last reader may free it after everything else is over: then nobody else comes to raise it.
        if (_disposed && Notice is not null)
            ThreadPool.UnsafeQueueUserWorkItem(static manager => manager.RaiseNoticesAndGoOn(), this, preferLocal: false);
    }
}
