using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Lamina.Format.Writing;

/// <summary>
/// Encodes blocks on some threads and writes them in the order in which they were submitted, so that files do not depend on
/// timing. One producer. An exception in any stage stops the others and comes out of the next call.
/// </summary>
internal sealed class BlockPipeline : IAsyncDisposable
{
    private const int QueueLength = 128;
    private const long MinBytesOnTheirWay = 2 * 1024 * 1024;

    private readonly Channel<BlockJob> _work = Channel.CreateBounded<BlockJob>(
        new BoundedChannelOptions(QueueLength) { SingleWriter = true });

    private readonly Lock _gate = new();
    private readonly Queue<BlockJob> _submitted = new();
    private readonly BlockEncoder _encoder;
    private readonly ByteBudget _budget;
    private readonly CancellationTokenSource _stop;
    private readonly Task[] _workers;
    private ExceptionDispatchInfo? _failure;
    private bool _writing;

    /// <param name="encoder">What encodes a block.</param>
    /// <param name="jobs">How many threads encode.</param>
    /// <param name="blockSize">Decoded bytes of a usual block.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public BlockPipeline(BlockEncoder encoder, int jobs, int blockSize, CancellationToken cancellationToken)
    {
        _encoder = encoder;
        _budget = new ByteBudget(Math.Max(MinBytesOnTheirWay, 2L * jobs * blockSize));
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Stopped = _stop.Token;
        _workers = new Task[jobs];
        for (int i = 0; i < jobs; i++)
            _workers[i] = Task.Run(WorkAsync, CancellationToken.None);
    }

    /// <summary>Cancelled when the caller's token is, or when a stage has failed.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Takes a block; waits while enough of them are on their way.</summary>
    public async ValueTask SubmitAsync(BlockJob job)
    {
        try
        {
            await _budget.AcquireAsync(job.Weight, Stopped).ConfigureAwait(false);
            lock (_gate)
                _submitted.Enqueue(job);
            await _work.Writer.WriteAsync(job, Stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_failure is not null)
        {
            _failure.Throw();
        }
    }

    /// <summary>Has <paramref name="onTurn"/>, which is short, called when every block submitted so far has been written.</summary>
    public async ValueTask SubmitMarkAsync(Action onTurn)
    {
        BlockJob mark = BlockJob.Mark(onTurn);
        try
        {
            await _budget.AcquireAsync(mark.Weight, Stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_failure is not null)
        {
            _failure.Throw();
        }

        lock (_gate)
            _submitted.Enqueue(mark);
        WriteWhatIsNext(mark);
    }

    /// <summary>Waits until every block submitted has been written.</summary>
    public async ValueTask DrainAsync()
    {
        try
        {
            await _budget.EmptyAsync(Stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_failure is not null)
        {
            _failure.Throw();
        }
    }

    /// <summary>Stops the workers, whatever is on its way.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>Stops the workers for what went wrong elsewhere, to come out of the next call.</summary>
    public async Task FailAsync(Exception exception)
    {
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
        await _stop.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Throws what stopped the pipeline, if a stage has failed.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>Stops the workers, whatever is on its way, and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _work.Writer.TryComplete();
        await Task.WhenAll(_workers).ConfigureAwait(false);
        while (_submitted.TryDequeue(out BlockJob? job))
            job.ReturnRented();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            while (await _work.Reader.WaitToReadAsync(Stopped).ConfigureAwait(false))
            {
                while (!_stop.IsCancellationRequested && _work.Reader.TryRead(out BlockJob? job))
                {
                    _encoder.Encode(job);
                    WriteWhatIsNext(job);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The producer learns of it from its own token.
        }
#pragma warning disable CA1031 // It is rethrown on the producer's side.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await FailAsync(exception).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the blocks that are encoded and whose turn it is; one thread at a time does that for all.</summary>
    private void WriteWhatIsNext(BlockJob encoded)
    {
        lock (_gate)
        {
            encoded.IsEncoded = true;
            if (_writing)
                return;
            _writing = true;
        }

        while (true)
        {
            BlockJob? job;
            lock (_gate)
            {
                if (!_submitted.TryPeek(out job) || !job.IsEncoded)
                {
                    _writing = false;
                    return;
                }

                _submitted.Dequeue();
            }

            if (job.OnTurn is null)
                job.Target.Append(job);
            else
                job.OnTurn();
            job.ReturnRented();
            _budget.Release(job.Weight);
        }
    }
}
