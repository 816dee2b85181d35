using Lamina.Format.Writing;

namespace Lamina.Format.Conversion;

/// <summary>
/// Completes the region of a dimension as soon as the input goes on to another one, while that is being read. Layers of one
/// dimension nearly always stand together; should another one come after all, the region is opened again as if nothing had
/// been, and from then on regions wait for the input's end. One caller at a time.
/// </summary>
/// <param name="session">What the dimensions are written with.</param>
/// <param name="flush">Gets each region that is complete, on any thread, to flush it; returns it as flushed.</param>
internal sealed class EarlyRegions(WritingSession session, Func<FinishedRegion, FinishedRegion> flush) : IAsyncDisposable
{
    // Flushing waits for the device, not for a processor; devices take several flushes at once.
    private const int FlushesAtOnce = 16;

    private readonly SemaphoreSlim _flushes = new(FlushesAtOnce);
    private readonly List<Task> _flushing = [];
    private bool _isOff;

    /// <summary>Takes note that the input has gone on from <paramref name="dimension"/> to another one.</summary>
    public void Leave(DimensionBuilder dimension)
    {
        // Few layers are completed at the end in next to no time, and may well be of an input whose dimensions alternate.
        if (_isOff
            || dimension.Early is not null
            || !dimension.MayFinishEarly
            || dimension.Layers.Count < session.Options.EarlyLayers)
        {
            return;
        }

        dimension.Content.EndEarly();
        TaskCompletionSource<FinishedRegion?> early = new(TaskCreationOptions.RunContinuationsAsynchronously);
        dimension.Early = early;
        session.Pipeline.Submit(() => Complete(dimension, early));
    }

    /// <summary>Lets <paramref name="dimension"/> take layers again, whether or not it was left before.</summary>
    public async ValueTask ReturnToAsync(DimensionBuilder dimension)
    {
        if (dimension.Early is not { } early)
            return;
        _isOff = true;
        FinishedRegion? region = await early.Task.WaitAsync(session.Pipeline.Stopped).ConfigureAwait(false);
        dimension.Early = null;
        if (region is not null)
        {
            using FinishedTables tables = new(dimension.Content.Region.File, region.Start);
            dimension.Layers.Restore(tables);
            dimension.Content.Region.RestoreBlocks(tables);
        }

        dimension.Content.Reopen();
    }

    /// <summary>Ends the work at the input's end: afterwards a dimension's region is complete or has not been begun.</summary>
    public async ValueTask EndAsync()
    {
        _isOff = true;
        session.Pipeline.Drain();
        await Task.WhenAll(Flushing()).WaitAsync(session.Pipeline.Stopped).ConfigureAwait(false);
        session.Pipeline.ThrowIfFailed();
    }

    /// <summary>Waits until nothing is being flushed any more; the pipeline has to be stopped before.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Flushing()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _flushes.Dispose();
    }

    private Task[] Flushing()
    {
        lock (_flushing)
            return [.. _flushing];
    }

    private void Complete(DimensionBuilder dimension, TaskCompletionSource<FinishedRegion?> early)
    {
        // What is wrong is said at the end, when it is known what the input's other objects are.
        bool isValid = true;
        dimension.Layers.Resolve(dimension.Id, "", _ => isValid = false);
        if (!isValid)
        {
            early.SetResult(null);
            return;
        }

        FinishedRegion region = RegionWriter.Finish(dimension);
        dimension.Layers.Dispose();
        dimension.Content.Region.ForgetBlocks();
        lock (_flushing)
            _flushing.Add(FlushAsync(region, early));
    }

    private async Task FlushAsync(FinishedRegion region, TaskCompletionSource<FinishedRegion?> early)
    {
        try
        {
            await _flushes.WaitAsync(session.Pipeline.Stopped).ConfigureAwait(false);
            region = await Task.Run(() => flush(region)).ConfigureAwait(false);
            _flushes.Release();
            early.SetResult(region);
        }
        catch (OperationCanceledException) when (session.Pipeline.Stopped.IsCancellationRequested)
        {
            early.SetCanceled(session.Pipeline.Stopped);
        }
#pragma warning disable CA1031 // It is rethrown on the caller's side.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await session.Pipeline.FailAsync(exception).ConfigureAwait(false);
            early.SetCanceled(session.Pipeline.Stopped);
        }
    }
}
