using System.IO.Pipelines;
using Lamina.Format.Input;

namespace Lamina.Format.Conversion;

/// <summary>Converts a <c>dimensions.json</c> to a published data set.</summary>
public static class DataSetConverter
{
    private const string JsonLinesExtension = ".jsonl";
    private const int ReadSize = 256 * 1024;

    /// <summary>Converts the file <paramref name="inputPath"/> to a data set in <paramref name="outputFolder"/>.</summary>
    /// <param name="inputPath">The JSON file; <c>.jsonl</c> is read as JSON Lines whatever the options say.</param>
    /// <param name="outputFolder">The data set's folder; made if it is not there.</param>
    /// <param name="options">How to convert; the defaults if null.</param>
    /// <param name="progress">Told from time to time how far the work has come, on any thread.</param>
    /// <param name="cancellationToken">Stops the work; what was published before stays, nothing half-written is left.</param>
    /// <exception cref="InvalidInputException">The input breaks a rule; nothing was published.</exception>
    /// <exception cref="IOException">A file could not be read or written, or another conversion to the folder is running;
    /// nothing was published, unless the message says so.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is not little-endian.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written; nothing was published.</exception>
    /// <exception cref="ArgumentException">A path is empty or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled; nothing was published.</exception>
    public static async Task<ConversionResult> ConvertAsync(
        string inputPath,
        string outputFolder,
        ConversionOptions? options = null,
        IProgress<ConversionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(inputPath);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        options ??= ConversionOptions.Default;
        options.Validate();
        if (Path.GetExtension(inputPath).Equals(JsonLinesExtension, StringComparison.OrdinalIgnoreCase))
            options = options with { Syntax = InputSyntax.JsonLines };

        FileStream stream = new(inputPath, new FileStreamOptions
        {
            Access = FileAccess.Read,
            BufferSize = 0,
            Mode = FileMode.Open,
            Options = FileOptions.SequentialScan,
            Share = FileShare.Read | FileShare.Delete,
        });
        await using (stream.ConfigureAwait(false))
        {
            long? total = stream.CanSeek ? stream.Length : null;
            string folder = Path.GetDirectoryName(Path.GetFullPath(inputPath)) ?? inputPath;
            PipeReader input = PipeReader.Create(
                new InputFileStream(stream), new StreamPipeReaderOptions(bufferSize: ReadSize, leaveOpen: true));
            return await Task.Run(
                () => ConvertAsync(input, inputPath, folder, total, outputFolder, options, progress, cancellationToken),
                CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Converts what <paramref name="input"/> yields to a data set in <paramref name="outputFolder"/>.</summary>
    /// <param name="input">The JSON text, UTF-8. It is read to its end and completed.</param>
    /// <param name="inputName">What errors call the input.</param>
    /// <param name="contentFolder">Where <c>content_file</c> paths start; null if the input may not name files.</param>
    /// <param name="outputFolder">The data set's folder; made if it is not there.</param>
    /// <param name="options">How to convert; the defaults if null.</param>
    /// <param name="progress">Told from time to time how far the work has come, on any thread.</param>
    /// <param name="cancellationToken">Stops the work; what was published before stays, nothing half-written is left.</param>
    /// <inheritdoc cref="ConvertAsync(string, string, ConversionOptions?, IProgress{ConversionProgress}?, CancellationToken)" path="/exception"/>
    public static Task<ConversionResult> ConvertAsync(
        PipeReader input,
        string inputName,
        string? contentFolder,
        string outputFolder,
        ConversionOptions? options = null,
        IProgress<ConversionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrEmpty(inputName);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        options ??= ConversionOptions.Default;
        options.Validate();
        return ConvertAsync(input, inputName, contentFolder, null, outputFolder, options, progress, cancellationToken);
    }

    private static async Task<ConversionResult> ConvertAsync(
        PipeReader input,
        string inputName,
        string? contentFolder,
        long? bytesTotal,
        string outputFolder,
        ConversionOptions options,
        IProgress<ConversionProgress>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ConversionRun.RunAsync(
                (sink, diagnostics, bytesRead, stopped) => DimensionsReader.ReadAsync(
                    input, inputName, contentFolder, options.Syntax, sink, diagnostics, bytesRead, stopped),
                inputName,
                bytesTotal,
                outputFolder,
                options,
                progress,
                onStep: null,
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await input.CompleteAsync().ConfigureAwait(false);
        }
    }
}
