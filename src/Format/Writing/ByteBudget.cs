namespace Lamina.Format.Writing;

/// <summary>
/// Bounds the bytes that are on their way through the pipeline. One producer acquires, any thread releases. What alone passes
/// the limit is let through when nothing else is on its way.
/// </summary>
/// <param name="limit">The most bytes on their way at once.</param>
internal sealed class ByteBudget(long limit)
{
    private readonly Lock _gate = new();
    private long _used;
    private TaskCompletionSource? _released;

    /// <summary>Waits until <paramref name="bytes"/> more may be on their way.</summary>
    public ValueTask AcquireAsync(long bytes, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_used == 0 || bytes <= limit - _used)
            {
                _used += bytes;
                return ValueTask.CompletedTask;
            }
        }

        return WaitAsync(bytes, cancellationToken);
    }

    /// <summary>Waits until nothing is on its way.</summary>
    public async ValueTask EmptyAsync(CancellationToken cancellationToken)
    {
        await AcquireAsync(long.MaxValue, cancellationToken).ConfigureAwait(false);
        Release(long.MaxValue);
    }

    public void Release(long bytes)
    {
        TaskCompletionSource? released;
        lock (_gate)
        {
            _used -= bytes;
            released = _released;
            _released = null;
        }

        released?.TrySetResult();
    }

    private async ValueTask WaitAsync(long bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task released;
            lock (_gate)
            {
                if (_used == 0 || bytes <= limit - _used)
                {
                    _used += bytes;
                    return;
                }

                _released ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                released = _released.Task;
            }

            await released.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
