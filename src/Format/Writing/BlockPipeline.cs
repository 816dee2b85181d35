using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Lamina.Format.Writing;

/// <summary>
/// Encodes blocks on some threads and writes them in the order in which they were submitted, so that files do not depend on
/// timing; other work can be done among them. One producer, which lends a hand instead of waiting. An exception in any stage stops
/// the others and comes out of the next call.
/// </summary>
/// <remarks>The threads are its own, since threads that sleep and are woken again and again, as those of a pool are, often wait for the
/// processor of whoever woke them while another one has nothing to do.</remarks>
internal sealed class BlockPipeline : IAsyncDisposable
{
    private const long MinBytesOnTheirWay = 2 * 1024 * 1024;

    // What they hold in memory until they are done should not pile up.
    private const int MostActionsWaiting = 3;

    // What workers wait on; guards all that is not read-only.
    private readonly object _gate = new();
    private readonly Queue<BlockJob> _submitted = new();
    private readonly Queue<BlockJob> _toEncode = new();
    private readonly Queue<Action> _actions = new();

    // Used again: one for each block would be most of what a long conversion leaves to be collected, and that takes memory until it is.
    private readonly Queue<BlockJob> _spare = new();
    private readonly List<Thread> _workers = [];

    // What the producer waits on.
    private readonly ManualResetEventSlim _progress = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BlockEncoder _encoder;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _wakesWorkers;
    private readonly long _mostBytes;
    private readonly int _mostWorkers;
    private readonly bool _producerHelps;
    private ExceptionDispatchInfo? _failure;
    private long _bytes;
    private int _unfinishedActions;
    private int _idle;
    private int _running;
    private bool _writing;

    /// <param name="encoder">What encodes a block.</param>
    /// <param name="jobs">How many threads encode; of more than one, the producer's is one.</param>
    /// <param name="blockSize">Decoded bytes of a usual block.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public BlockPipeline(BlockEncoder encoder, int jobs, int blockSize, CancellationToken cancellationToken)
    {
        _encoder = encoder;
        _mostBytes = Math.Max(MinBytesOnTheirWay, 2L * jobs * blockSize);
        _producerHelps = jobs > 1;
        _mostWorkers = Math.Max(jobs - 1, 1);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Stopped = _stop.Token;
        _wakesWorkers = Stopped.Register(WakeWorkers);
    }

    /// <summary>Cancelled when the caller's token is, or when a stage has failed.</summary>
    public CancellationToken Stopped { get; }

    /// <summary>Takes a block; waits while enough of them are on their way.</summary>
    /// <inheritdoc cref="BlockJob.Begin" path="/param"/>
    public void Submit(RegionContent target, ReadOnlyMemory<byte> content, byte[]? rented, long imageOffset, int firstLayer)
    {
        WaitUntil(
            static (pipeline, weight) => pipeline._bytes == 0 || weight <= pipeline._mostBytes - pipeline._bytes,
            rented?.Length ?? content.Length);
        lock (_gate)
        {
            BlockJob job = _spare.TryDequeue(out BlockJob? spare) ? spare : new BlockJob();
            job.Begin(target, content, rented, imageOffset, firstLayer);
            _bytes += job.Weight;
            _submitted.Enqueue(job);
            _toEncode.Enqueue(job);
            WakeWorker();
        }
    }

    /// <summary>Has <paramref name="action"/> done, on any thread, when every block submitted so far has been written; waits while
    /// enough of them are on their way.</summary>
    public void Submit(Action action)
    {
        WaitUntil(static (pipeline, _) => pipeline._unfinishedActions < MostActionsWaiting);
        BlockJob mark = BlockJob.Mark(() => Enqueue(action));
        lock (_gate)
        {
            _unfinishedActions++;
            _bytes += mark.Weight;
            _submitted.Enqueue(mark);
        }

        WriteWhatIsNext(mark);
    }

    /// <summary>Waits until every block submitted has been written and every action done.</summary>
    public void Drain() => WaitUntil(static (pipeline, _) => pipeline._bytes == 0 && pipeline._unfinishedActions == 0);

    /// <summary>Stops the workers, whatever is on its way, and waits for them.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        bool hasWorkers;
        lock (_gate)
            hasWorkers = _workers.Count > 0;
        if (hasWorkers)
            await _ended.Task.ConfigureAwait(false);
    }

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
        await StopAsync().ConfigureAwait(false);
        while (_submitted.TryDequeue(out BlockJob? job))
            job.End();
        await _wakesWorkers.DisposeAsync().ConfigureAwait(false);
        _progress.Dispose();
        _stop.Dispose();
    }

    /// <summary>Waits, and works meanwhile, until <paramref name="isTrue"/>, which is asked under the lock, is so of a block of this
    /// weight.</summary>
    private void WaitUntil(Func<BlockPipeline, long, bool> isTrue, long weight = 0)
    {
        while (true)
        {
            BlockJob? job = null;
            Action? action = null;
            lock (_gate)
            {
                if (Stopped.IsCancellationRequested)
                    ThrowStopped();
                if (isTrue(this, weight))
                    return;
                if (!_producerHelps || !TryTake(out job, out action))
                    _progress.Reset();
            }

            if (job is not null || action is not null)
                Run(job, action);
            else
                WaitForProgress();
        }
    }

    private void WaitForProgress()
    {
        try
        {
            _progress.Wait(Stopped);
        }
        catch (OperationCanceledException)
        {
            ThrowStopped();
        }
    }

    private void ThrowStopped()
    {
        ThrowIfFailed();
        throw new OperationCanceledException(Stopped);
    }

    private void Enqueue(Action action)
    {
        lock (_gate)
        {
            _actions.Enqueue(action);
            WakeWorker();
        }

        _progress.Set();
    }

    /// <summary>Has a worker come for what was just queued; called under the lock.</summary>
    private void WakeWorker()
    {
        if (_idle > 0)
        {
            Monitor.Pulse(_gate);
            return;
        }

        if (_workers.Count == _mostWorkers || Stopped.IsCancellationRequested)
            return;
        Thread worker = new(Work) { IsBackground = true, Name = "Lamina blocks" };
        _workers.Add(worker);
        _running++;
        worker.Start();
    }

    private void WakeWorkers()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private void Work()
    {
        while (true)
        {
            BlockJob? job = null;
            Action? action = null;
            lock (_gate)
            {
                while (!Stopped.IsCancellationRequested && !TryTake(out job, out action))
                {
                    _idle++;
                    Monitor.Wait(_gate);
                    _idle--;
                }

                if (Stopped.IsCancellationRequested)
                {
                    if (--_running == 0)
                        _ended.TrySetResult();
                    return;
                }
            }

            Run(job, action);
        }
    }

    /// <summary>Takes what is to be done next; called under the lock. Actions come first, since what they hold is more.</summary>
    private bool TryTake(out BlockJob? job, out Action? action)
    {
        job = null;
        return _actions.TryDequeue(out action) || _toEncode.TryDequeue(out job);
    }

    [SuppressMessage("Design", "CA1031", Justification = "It is rethrown on the producer's side.")]
    private void Run(BlockJob? job, Action? action)
    {
        try
        {
            if (job is not null)
            {
                _encoder.Encode(job);
                WriteWhatIsNext(job);
            }
            else
            {
                action!();
                lock (_gate)
                    _unfinishedActions--;
                _progress.Set();
            }
        }
        catch (Exception exception)
        {
            // What is thrown after the stop is a consequence of it.
            if (!Stopped.IsCancellationRequested)
                _ = FailAsync(exception);
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
            job.End();
            lock (_gate)
            {
                _bytes -= job.Weight;
                if (job.OnTurn is null)
                    _spare.Enqueue(job);
            }

            _progress.Set();
        }
    }
}
