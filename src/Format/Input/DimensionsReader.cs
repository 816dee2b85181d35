using System.IO.Pipelines;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>Reads a <c>dimensions.json</c>, or its JSON Lines form, as a stream.</summary>
internal static class DimensionsReader
{
    /// <summary>Reads <paramref name="input"/> to its end and hands what it holds to <paramref name="sink"/>.</summary>
    /// <param name="input">UTF-8 text, with or without a byte order mark. Completed by this call.</param>
    /// <param name="file">What diagnostics call the input.</param>
    /// <param name="contentFolder">Where <c>content_file</c> paths start; null if the input may not name files.</param>
    /// <param name="syntax">How the input is written.</param>
    /// <param name="sink">Takes dimensions and layers. Not called for an object that has an error of its own.</param>
    /// <param name="diagnostics">Takes what is wrong with the text and the values; the rules between objects are the sink's.</param>
    /// <param name="bytesRead">Told, after each buffer, how many bytes have been read so far; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="IOException">The input could not be read.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static Task ReadAsync(
        PipeReader input,
        string file,
        string? contentFolder,
        InputSyntax syntax,
        IInputSink sink,
        DiagnosticBag diagnostics,
        Action<long>? bytesRead,
        CancellationToken cancellationToken) => throw new NotImplementedException();
}
