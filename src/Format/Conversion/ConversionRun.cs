using System.Diagnostics;
using Lamina.Format.Input;
using Lamina.Format.Publishing;
using Lamina.Format.Schema;
using Lamina.Format.Writing;

namespace Lamina.Format.Conversion;

/// <summary>Reads an input to its end; a seam, so that rules between objects can be tested without a text.</summary>
/// <param name="sink">Takes what is read.</param>
/// <param name="diagnostics">Takes what is wrong with it.</param>
/// <param name="bytesRead">Told how many bytes have been read so far.</param>
/// <param name="cancellationToken">Stops the work.</param>
/// <returns>Whether the sink knows of every object of the input.</returns>
internal delegate Task<bool> ReadInput(
    IInputSink sink, DiagnosticBag diagnostics, Action<long> bytesRead, CancellationToken cancellationToken);

/// <summary>One conversion, from the first byte read to the manifest in its place.</summary>
internal sealed class ConversionRun
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(50);

    private readonly ConversionOptions _options;
    private readonly IProgress<ConversionProgress>? _progress;
    private readonly long? _bytesTotal;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly DiagnosticBag _diagnostics = new();
    private long _bytesRead;
    private long _reported;

    private ConversionRun(ConversionOptions options, long? bytesTotal, IProgress<ConversionProgress>? progress)
    {
        _options = options;
        _bytesTotal = bytesTotal;
        _progress = progress;
    }

    /// <summary>Converts what <paramref name="read"/> reads to a data set in <paramref name="outputFolder"/>.</summary>
    /// <param name="read">Reads the input.</param>
    /// <param name="inputName">What diagnostics call the input.</param>
    /// <param name="bytesTotal">Bytes of the input, if known.</param>
    /// <param name="outputFolder">The data set's folder.</param>
    /// <param name="options">How to convert, validated.</param>
    /// <param name="progress">Told from time to time how far the work has come.</param>
    /// <param name="onStep">Told after each step of publishing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Task<ConversionResult> RunAsync(
        ReadInput read,
        string inputName,
        long? bytesTotal,
        string outputFolder,
        ConversionOptions options,
        IProgress<ConversionProgress>? progress,
        Action<PublishStep>? onStep,
        CancellationToken cancellationToken) =>
        new ConversionRun(options, bytesTotal, progress).RunAsync(read, inputName, outputFolder, onStep, cancellationToken);

    private async Task<ConversionResult> RunAsync(
        ReadInput read, string inputName, string outputFolder, Action<PublishStep>? onStep, CancellationToken cancellationToken)
    {
        using DataSetPublisher publisher = new(outputFolder, onStep);
        WritingSession session = new(_options, publisher.TemporaryPath, cancellationToken);
        DataSetBuilder builder = new(inputName, _diagnostics, session, publisher.BeginFlush);
        await using (builder.ConfigureAwait(false))
        {
            IReadOnlyList<FinishedRegion> regions;
            TimeSpan reading;
            try
            {
                bool isComplete = await read(builder, _diagnostics, bytes => OnRead(bytes, builder), builder.Stopped)
                    .ConfigureAwait(false);
                builder.CheckAtEnd(isComplete);
                ThrowIfInvalid();
                reading = Stopwatch.GetElapsedTime(_started);
                regions = await builder.FinishAsync(region =>
                {
                    publisher.Stage(region);
                    ReportSometimes(builder);
                }).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // What stopped the work comes first: a stage that failed, else the caller.
                builder.ThrowIfFailed();
                cancellationToken.ThrowIfCancellationRequested();
                throw;
            }

            TimeSpan finished = Stopwatch.GetElapsedTime(_started);
            DataSetManifest manifest = publisher.Publish(regions, _options.KeepPrevious, cancellationToken);
            Report(builder);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
            return new ConversionResult(
                manifest,
                builder.LayerCount,
                _bytesRead,
                regions.Sum(static region => region.ContentLength),
                regions.Sum(static region => region.StoredLength),
                manifest.Dimensions.Sum(static entry => entry.Length),
                _diagnostics.InOrder(),
                elapsed,
                new ConversionTimes(reading, finished - reading, elapsed - finished));
        }
    }

    private void ThrowIfInvalid()
    {
        if (_diagnostics.HasErrors || (_options.Strict && _diagnostics.HasWarnings))
            throw new InvalidInputException([.. _diagnostics.InOrder().Select(AsStrict)]);
    }

    private InputDiagnostic AsStrict(InputDiagnostic diagnostic) => !_options.Strict
        ? diagnostic
        : new InputDiagnostic(diagnostic.Fault, InputSeverity.Error, diagnostic.Message, diagnostic.File, diagnostic.Position);

    private void OnRead(long bytes, DataSetBuilder builder)
    {
        _bytesRead = bytes;
        ReportSometimes(builder);
    }

    private void ReportSometimes(DataSetBuilder builder)
    {
        if (_progress is null || Stopwatch.GetElapsedTime(Volatile.Read(ref _reported)) < ProgressInterval)
            return;
        Volatile.Write(ref _reported, Stopwatch.GetTimestamp());
        Report(builder);
    }

    private void Report(DataSetBuilder builder) => _progress?.Report(new ConversionProgress(
        _bytesRead, _bytesTotal, builder.LayerCount, builder.FinishedCount, builder.DimensionCount));
}
