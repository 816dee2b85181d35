using System.IO.Pipelines;

namespace Lamina.Format.Conversion;

/// <summary>Converts a <c>dimensions.json</c> to a published data set.</summary>
public static class DataSetConverter
{
    /// <summary>Converts the file <paramref name="inputPath"/> to a data set in <paramref name="outputFolder"/>.</summary>
    /// <param name="inputPath">The JSON file; <c>.jsonl</c> is read as JSON Lines whatever the options say.</param>
    /// <param name="outputFolder">The data set's folder; made if it is not there.</param>
    /// <param name="options">How to convert; the defaults if null.</param>
    /// <param name="progress">Told from time to time how far the work has come, on any thread.</param>
    /// <param name="cancellationToken">Stops the work; what was published before stays, nothing half-written is left.</param>
    /// <exception cref="InvalidInputException">The input breaks a rule; nothing was published.</exception>
    /// <exception cref="IOException">A file could not be read or written, or another conversion to the folder is running;
    /// nothing was published.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written; nothing was published.</exception>
    /// <exception cref="ArgumentException">A path is empty or an option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled; nothing was published.</exception>
    public static Task<ConversionResult> ConvertAsync(
        string inputPath,
        string outputFolder,
        ConversionOptions? options = null,
        IProgress<ConversionProgress>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Converts what <paramref name="input"/> yields to a data set in <paramref name="outputFolder"/>.</summary>
    /// <param name="input">The JSON text, UTF-8. It is read to its end and completed.</param>
    /// <param name="inputName">What errors call the input.</param>
    /// <param name="contentFolder">Where <c>content_file</c> paths start; null if the input may not name files.</param>
    /// <inheritdoc cref="ConvertAsync(string, string, ConversionOptions?, IProgress{ConversionProgress}?, CancellationToken)"/>
    /// <param name="outputFolder">The data set's folder; made if it is not there.</param>
    /// <param name="options">How to convert; the defaults if null.</param>
    /// <param name="progress">Told from time to time how far the work has come, on any thread.</param>
    /// <param name="cancellationToken">Stops the work; what was published before stays, nothing half-written is left.</param>
    public static Task<ConversionResult> ConvertAsync(
        PipeReader input,
        string inputName,
        string? contentFolder,
        string outputFolder,
        ConversionOptions? options = null,
        IProgress<ConversionProgress>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
