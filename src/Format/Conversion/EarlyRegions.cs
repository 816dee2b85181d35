using Lamina.Format.Writing;

namespace Lamina.Format.Conversion;

/// <summary>
/// Completes the region of a dimension as soon as the input goes on to another one, while that is being read. Layers of one
/// dimension nearly always stand together; should another one come after all, the region is opened again as if nothing had
/// been, and from then on regions wait for the input's end. One caller at a time.
/// </summary>
/// <param name="session">What the dimensions are written with.</param>
/// <param name="completed">Gets each region that is complete, on any thread; it is final unless further
/// layers of the dimension come.</param>
internal sealed class EarlyRegions(WritingSession session, Action<FinishedRegion> completed)
{
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
    public void End()
    {
        _isOff = true;
        session.Pipeline.Drain();
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
        dimension.ForgetTables();
        completed(region);
        early.SetResult(region);
    }
}
