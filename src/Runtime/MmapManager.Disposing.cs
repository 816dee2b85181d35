using Lamina.Protection;

namespace Lamina;

public sealed partial class MmapManager
{
    /// <summary>
    /// Takes everything out of use and returns at once; memory that somebody still reads is freed when the last reader is done.
    /// Reads that begin later throw <see cref="ObjectDisposedException"/>. Again does nothing.
    /// </summary>
    /// <remarks>
    /// It throws nothing: what could not be given back is told as <see cref="MemoryNotice.ReleaseFailed"/>, and the rest is given back.
    /// </remarks>
    public void Dispose()
    {
        if (!TryRelease())
            return;
        GC.SuppressFinalize(this);
        int waiting = Retirement.CountOf(_cache);
        if (waiting > 0)
            Tell(MemoryNotice.DisposedWhileRead, count: waiting);
        Tell(MemoryNotice.Disposed);
        RaiseNoticesAndGoOn();
    }

    /// <summary>Gives back what a manager holds that was never disposed; leases that are left stay protected.</summary>
    ~MmapManager() => TryRelease();

    /// <returns>False if it was released before.</returns>
    private bool TryRelease()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0)
            return false;
        _disposed = true;

        // The finalizer also runs where the constructor did not come to its end.
        if (Dimensions is null)
            return false;
        Attempt(static manager => manager._watcher?.Dispose());
        foreach (DimensionState state in _dimensions.All)
        {
            Attempt(manager =>
            {
                TestHooks.At(HookPoint.Disposing);
                lock (state.Gate)
                    manager.Replace(state, null);
            });
        }

        Attempt(static manager => manager._versions.Close());
        Attempt(static manager => manager._cache.Close());
        Attempt(static manager =>
        {
            lock (manager._simulationGate)
            {
                manager._simulation?.Dispose();
                manager._simulation = null;
            }
        });
        return true;
    }

    private void Attempt(Action<MmapManager> step)
    {
        try
        {
            step(this);
        }
#pragma warning disable CA1031 // Whatever it is, the other steps have to give back what they hold.
        catch (Exception exception)
        {
            Interlocked.Increment(ref _failures);
            Tell(MemoryNotice.ReleaseFailed, exception: exception);
        }
#pragma warning restore CA1031
    }
}
