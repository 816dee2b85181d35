using System.Threading.Channels;
using Lamina.Format.Input;
using Lamina.Format.Schema;
using Lamina.Format.Writing;

namespace Lamina.Format.Conversion;

/// <summary>
/// Takes what the reader reads, checks the rules between objects, and makes region files. Once there is an error it only
/// goes on checking. Not thread-safe.
/// </summary>
internal sealed class DataSetBuilder : IInputSink, IAsyncDisposable
{
    // Flushing waits for the device, not for a processor; devices take several flushes at once.
    private const int FlushesAtOnce = 16;

    private readonly DimensionSet _dimensions = new();
    private readonly string _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly WritingSession _session;
    private readonly UnfinishedBlocks _unfinished;
    private readonly EarlyRegions _early;
    private DimensionBuilder? _latest;
    private DimensionBuilder? _filled;
    private int _rangeWarnings;
    private int _finished;

    /// <param name="file">What diagnostics call the input.</param>
    /// <param name="diagnostics">Takes errors and warnings; what the reader adds is seen here.</param>
    /// <param name="session">What dimensions are written with; disposed with the builder.</param>
    /// <param name="completedEarly">Gets each region that is complete unless further layers come, on any thread.</param>
    public DataSetBuilder(
        string file, DiagnosticBag diagnostics, WritingSession session, Action<FinishedRegion> completedEarly)
    {
        _file = file;
        _diagnostics = diagnostics;
        _session = session;
        _unfinished = new UnfinishedBlocks(session.Options.UnfinishedBytes);
        _early = new EarlyRegions(session, completedEarly);
    }

    /// <summary>Layers taken so far.</summary>
    public long LayerCount { get; private set; }

    /// <summary>Dimensions seen so far.</summary>
    public int DimensionCount => _dimensions.Count;

    /// <summary>Region files that are complete.</summary>
    public int FinishedCount => Volatile.Read(ref _finished);

    /// <summary>Cancelled when the conversion is, or when a stage behind the builder has failed.</summary>
    public CancellationToken Stopped => _session.Pipeline.Stopped;

    private bool OnlyChecks => _diagnostics.HasErrors || (_session.Options.Strict && _diagnostics.HasWarnings);

    /// <inheritdoc/>
    public void Dimension(DimensionInput dimension)
    {
        DimensionBuilder builder = Find(dimension.Id);
        if (!DeclareOnce(builder, dimension.Position))
            return;

        List<UndeclaredLayer>? layers = builder.Declare(dimension);
        CheckText(builder, dimension.Position);
        if (dimension.FrequencyMin > dimension.FrequencyMax)
        {
            Report(
                InputFault.FrequencyRangeReversed,
                InputSeverity.Warning,
                InputMessages.FrequencyRangeReversed(
                    $"{dimension.Id}", dimension.FrequencyMin.Value, dimension.FrequencyMax.Value),
                dimension.FrequencyMinPosition);
        }

        if (layers is not null)
        {
            foreach (UndeclaredLayer layer in layers)
                CheckFrequency(dimension, layer.Number, layer.Frequency, layer.FrequencyPosition);
        }
    }

    /// <inheritdoc/>
    public void DimensionFailed(DimensionId id, SourcePosition position)
    {
        DimensionBuilder dimension = Find(id);
        if (DeclareOnce(dimension, position))
            dimension.DeclareFailed();
    }

    /// <inheritdoc/>
    public void LayerFailed(LayerId id, SourcePosition position)
    {
        DimensionBuilder dimension = Find(id.Dimension);
        LayerCount++;

        // There is an error, so nothing is to be gained; but what is on its way reads the dimension's layers.
        _early.ReturnToAsync(dimension).AsTask().GetAwaiter().GetResult();
        if (!HasRoom(dimension, position))
            return;
        dimension.Layers.AddFailed(id.Number, position);
    }

    /// <inheritdoc/>
    public ValueTask LayerAsync(LayerInput layer, ReadOnlyMemory<byte>? content, CancellationToken cancellationToken)
    {
        DimensionBuilder dimension = Find(layer.Id.Dimension);
        LayerCount++;
        if (dimension != _filled)
            return GoToAsync(dimension, layer, content);
        Add(dimension, layer, content);
        return ValueTask.CompletedTask;
    }

    private async ValueTask GoToAsync(DimensionBuilder dimension, LayerInput layer, ReadOnlyMemory<byte>? content)
    {
        if (_filled is not null && !OnlyChecks)
        {
            _early.Leave(_filled);
            _unfinished.Touch(_filled.Content);
        }

        _filled = dimension;
        await _early.ReturnToAsync(dimension).ConfigureAwait(false);
        Add(dimension, layer, content);
    }

    private void Add(DimensionBuilder dimension, LayerInput layer, ReadOnlyMemory<byte>? content)
    {
        if (!HasRoom(dimension, layer.Position))
            return;

        CheckLayer(dimension, layer, content is not null);
        int index = dimension.AddLayer(layer, content?.Length ?? 0);
        CheckText(dimension, layer.Position);
        if (OnlyChecks)
            return;

        if (content is not ReadOnlyMemory<byte> bytes)
        {
            dimension.Simulate(index);
            return;
        }

        dimension.Content.Add(index, bytes);
        _unfinished.Touch(dimension.Content);
    }

    /// <summary>Checks what can be checked only at the end of the input.</summary>
    /// <param name="isComplete">Whether every object of the input is known, so that one that is missing is an error.</param>
    public void CheckAtEnd(bool isComplete)
    {
        _early.End();
        if (isComplete && !_dimensions.AsSeen.Exists(static dimension => dimension.IsDeclared))
        {
            Report(InputFault.NoDimensions, InputSeverity.Error, InputMessages.NoDimensions(), new SourcePosition(1, 1));
            return;
        }

        if (isComplete)
            ReportUndeclared();
        foreach (DimensionBuilder dimension in _dimensions.Ascending())
        {
            if (_diagnostics.IsFull)
                return;
            CheckAtEnd(dimension, isComplete);
        }
    }

    /// <summary>Completes the region files, once <see cref="CheckAtEnd(bool)"/> has found no error.</summary>
    /// <param name="finished">Gets each of them while the next ones are being completed; it may wait for a device.</param>
    /// <returns>The regions, ascending by dimension.</returns>
    public async Task<IReadOnlyList<FinishedRegion>> FinishAsync(Action<FinishedRegion> finished)
    {
        _session.Pipeline.Drain();
        DimensionBuilder[] dimensions = _dimensions.Ascending();
        foreach (DimensionBuilder dimension in dimensions)
            dimension.FinishContent();
        _session.Pipeline.Drain();

        FinishedRegion[] regions = new FinishedRegion[dimensions.Length];
        Channel<FinishedRegion> completed = Channel.CreateUnbounded<FinishedRegion>();
        Task handingOver = Parallel.ForEachAsync(
            completed.Reader.ReadAllAsync(Stopped),
            new ParallelOptions { MaxDegreeOfParallelism = FlushesAtOnce, CancellationToken = Stopped },
            (region, _) =>
            {
                finished(region);
                Interlocked.Increment(ref _finished);
                return ValueTask.CompletedTask;
            });
        try
        {
            for (int i = 0; i < dimensions.Length; i++)
            {
                int place = i;
                _session.Pipeline.Submit(() =>
                {
                    regions[place] = dimensions[place].Early?.Task.Result ?? RegionWriter.Finish(dimensions[place]);
                    dimensions[place].ForgetTables();
                    completed.Writer.TryWrite(regions[place]);
                });
            }

            _session.Pipeline.Drain();
        }
        finally
        {
            // Also after a failure, since files that are being flushed cannot be removed everywhere.
            completed.Writer.Complete();
            await handingOver.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await handingOver.ConfigureAwait(false);
        return regions;
    }

    /// <summary>Throws what stopped a stage behind the builder, if one has failed.</summary>
    public void ThrowIfFailed() => _session.Pipeline.ThrowIfFailed();

    /// <summary>Stops what is on its way and closes all files; their names are the publisher's to remove.</summary>
    public async ValueTask DisposeAsync()
    {
        await _session.Pipeline.StopAsync().ConfigureAwait(false);
        await _session.DisposeAsync().ConfigureAwait(false);
        foreach (DimensionBuilder dimension in _dimensions.AsSeen)
            dimension.Dispose();
    }

    private DimensionBuilder Find(DimensionId id)
    {
        // Layers of one dimension usually stand together.
        if (_latest?.Id == id)
            return _latest;
        DimensionBuilder? dimension = _dimensions.Find(id);
        if (dimension is null)
        {
            dimension = new DimensionBuilder(id, _session);
            _dimensions.Add(dimension);
        }

        return _latest = dimension;
    }

    private bool DeclareOnce(DimensionBuilder dimension, SourcePosition position)
    {
        if (!dimension.IsDeclared)
            return true;
        Report(
            InputFault.DuplicateDimension, InputSeverity.Error, InputMessages.DuplicateDimension($"{dimension.Id}"), position);
        return false;
    }

    private void CheckLayer(DimensionBuilder dimension, LayerInput layer, bool hasContent)
    {
        if (!hasContent && !_session.Options.Simulate)
            Report(InputFault.MissingContent, InputSeverity.Error, InputMessages.MissingContent($"{layer.Id}"), layer.Position);

        if (dimension.Declaration is DimensionInput declaration)
        {
            CheckFrequency(declaration, layer.Id.Number, layer.Frequency, layer.FrequencyPosition);
        }
        else if (!dimension.IsDeclared)
        {
            dimension.AddUndeclared(
                new UndeclaredLayer(layer.Id.Number, layer.DimensionPosition, layer.Frequency, layer.FrequencyPosition));
        }
    }

    /// <summary>Warns of a frequency outside the dimension's range, if that is not upside down, which is said once.</summary>
    private void CheckFrequency(DimensionInput dimension, uint number, double? frequency, SourcePosition position)
    {
        if (frequency is not double hertz)
            return;
        double? min = dimension.FrequencyMin;
        double? max = dimension.FrequencyMax;
        if (min > max || !(hertz < min || hertz > max) || _rangeWarnings == DiagnosticBag.Capacity)
            return;
        _rangeWarnings++;
        string range = FormattableString.Invariant(
            min is null ? $"up to {max}" : max is null ? $"from {min}" : (FormattableString)$"{min} to {max}");
        Report(
            InputFault.FrequencyOutsideRange,
            InputSeverity.Warning,
            InputMessages.FrequencyOutsideRange($"{new LayerId(dimension.Id, number)}", hertz, range),
            position);
    }

    private bool HasRoom(DimensionBuilder dimension, SourcePosition position)
    {
        if (dimension.IsFull)
            return false;
        if (dimension.Layers.Count < Limits.MaxLayers)
            return true;
        dimension.IsFull = true;
        Report(
            InputFault.LimitExceeded,
            InputSeverity.Error,
            InputMessages.TooManyLayers($"{dimension.Id}", Limits.MaxLayers),
            position);
        return false;
    }

    private void CheckText(DimensionBuilder dimension, SourcePosition position)
    {
        string? message =
            dimension.Layers.TextLength + dimension.Name.Length > Limits.MaxStringsLength
                ? InputMessages.TooMuchText($"{dimension.Id}", Limits.MaxStringsLength)
            : dimension.Layers.Uses.Length > Limits.MaxKeywordUses
                ? InputMessages.TooManyKeywordUses($"{dimension.Id}", Limits.MaxKeywordUses)
            : null;
        if (message is null)
            return;
        dimension.IsFull = true;
        Report(InputFault.LimitExceeded, InputSeverity.Error, message, position);
    }

    private void ReportUndeclared()
    {
        foreach (DimensionBuilder dimension in _dimensions.AsSeen)
        {
            if (dimension.Undeclared is null)
                continue;
            foreach (UndeclaredLayer layer in dimension.Undeclared)
            {
                LayerId id = new(dimension.Id, layer.Number);
                Report(
                    InputFault.UnknownDimension,
                    InputSeverity.Error,
                    InputMessages.UnknownDimension($"{id}", $"{id.Dimension}"),
                    layer.DimensionPosition);
                if (_diagnostics.IsFull)
                    return;
            }
        }
    }

    private void CheckAtEnd(DimensionBuilder dimension, bool isComplete)
    {
        bool resolved = dimension.Early?.Task.Result is not null || dimension.Layers.Resolve(dimension.Id, _file, diagnostic =>
        {
            if (isComplete || diagnostic.Fault != InputFault.MissingParent)
                _diagnostics.Add(diagnostic);
        });
        if (resolved && dimension.IsSimulated)
            dimension.CountSimulated();
        if (dimension.Declaration is { SizeBytes: long size } declaration && dimension.ContentLength > size)
        {
            Report(
                InputFault.ContentOverSize,
                InputSeverity.Error,
                InputMessages.ContentOverSize($"{dimension.Id}", dimension.ContentLength, size),
                declaration.SizePosition);
        }
    }

    private void Report(InputFault fault, InputSeverity severity, string message, SourcePosition position) =>
        _diagnostics.Add(new InputDiagnostic(fault, severity, message, _file, position));
}
