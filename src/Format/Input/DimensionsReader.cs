using System.Buffers;
using System.IO.Pipelines;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>Reads a <c>dimensions.json</c>, or its JSON Lines form, as a stream.</summary>
/// <remarks>
/// Each byte is looked at once, whatever the size of the buffers it comes in. Memory is bounded by the longest content, not
/// by the input. Layers that the sink takes at once cost no allocation.
/// </remarks>
internal static class DimensionsReader
{
    private const int LongestMark = 4;

    /// <summary>Reads <paramref name="input"/> to its end, or to where nothing more can be understood, or to the hundredth
    /// error, and hands what it holds to <paramref name="sink"/>.</summary>
    /// <param name="input">UTF-8 text, with or without a byte order mark. Completed by this call.</param>
    /// <param name="file">What diagnostics call the input.</param>
    /// <param name="contentFolder">Where <c>content_file</c> paths start; null if the input may not name files.</param>
    /// <param name="syntax">How the input is written.</param>
    /// <param name="sink">Takes dimensions and layers. An object that has an error of its own is only named to it.</param>
    /// <param name="diagnostics">Takes what is wrong with the text and the values; the rules between objects are the sink's.</param>
    /// <param name="bytesRead">Told, after each buffer, how many bytes have been read so far; may be null.</param>
    /// <param name="cancellationToken">Stops the work, between two buffers or two layers.</param>
    /// <returns>Whether the sink knows of every object of the input. If not, errors are in <paramref name="diagnostics"/>, and
    /// that an object is missing proves nothing.</returns>
    /// <exception cref="IOException">The input could not be read.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static Task<bool> ReadAsync(
        PipeReader input,
        string file,
        string? contentFolder,
        InputSyntax syntax,
        IInputSink sink,
        DiagnosticBag diagnostics,
        Action<long>? bytesRead,
        CancellationToken cancellationToken) =>
        ReadAsync(input, file, contentFolder, syntax, sink, diagnostics, bytesRead, Limits.MaxLayerLength, cancellationToken);

    // With a limit of its own for contents, so that a test need not reach the format's.
    internal static async Task<bool> ReadAsync(
        PipeReader input,
        string file,
        string? contentFolder,
        InputSyntax syntax,
        IInputSink sink,
        DiagnosticBag diagnostics,
        Action<long>? bytesRead,
        int maxContentLength,
        CancellationToken cancellationToken)
    {
        DimensionsParser parser = new(file, syntax, sink, diagnostics, maxContentLength);
        ContentFileResolver? files = contentFolder is null ? null : new ContentFileResolver(Path.GetFullPath(contentFolder));
        long total = 0;
        try
        {
            ReadResult result = await input.ReadAtLeastAsync(LongestMark, cancellationToken).ConfigureAwait(false);
            int start = SkipMark(result.Buffer, parser);
            bool goesOn = start >= 0;
            while (goesOn)
            {
                if (result.IsCanceled)
                    throw new OperationCanceledException("The reading of the input was cancelled.");
                foreach (ReadOnlyMemory<byte> segment in result.Buffer.Slice(start))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    goesOn = goesOn && await ReadSegmentAsync(parser, files, sink, segment, cancellationToken).ConfigureAwait(false);
                }

                total += result.Buffer.Length;
                input.AdvanceTo(result.Buffer.End);
                bytesRead?.Invoke(total);
                if (result.IsCompleted)
                    break;

                start = 0;
                result = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            }

            if (goesOn)
                parser.End();
            return parser.IsComplete;
        }
        finally
        {
            await input.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static async ValueTask<bool> ReadSegmentAsync(
        DimensionsParser parser, ContentFileResolver? files, IInputSink sink, ReadOnlyMemory<byte> segment, CancellationToken cancellationToken)
    {
        int position = 0;
        while (true)
        {
            switch (parser.Read(segment.Span, ref position))
            {
                case ParserStep.NeedMore:
                    return true;
                case ParserStep.Stop:
                    return false;
                case ParserStep.ContentFile:
                    string? error = await ReadContentFileAsync(parser, files, cancellationToken).ConfigureAwait(false);
                    if (!parser.EndContentFile(error))
                        continue;
                    break;
            }

            ValueTask taken = sink.LayerAsync(parser.Layer, parser.LayerContent, cancellationToken);
            if (taken.IsCompletedSuccessfully)
                taken.GetAwaiter().GetResult();
            else
                await taken.ConfigureAwait(false);
        }
    }

    private static async ValueTask<string?> ReadContentFileAsync(
        DimensionsParser parser, ContentFileResolver? files, CancellationToken cancellationToken)
    {
        string path = parser.ContentPath;
        if (files is null)
            return InputMessages.ContentFileNotAllowed();
        if (!ContentFileResolver.IsInside(path))
            return InputMessages.ContentFileEscapes(path);
        string? reason = await files.ReadAsync(path, parser.ContentTarget, parser.MaxContentLength, cancellationToken).ConfigureAwait(false);
        return reason is null ? null : InputMessages.ContentFileUnreadable(path, reason);
    }

    /// <summary>Looks for a byte order mark.</summary>
    /// <returns>Where the text begins; -1 if it is not UTF-8, which is reported.</returns>
    private static int SkipMark(in ReadOnlySequence<byte> buffer, DimensionsParser parser)
    {
        Span<byte> mark = stackalloc byte[LongestMark];
        int length = (int)Math.Min(buffer.Length, LongestMark);
        mark = mark[..length];
        buffer.Slice(0, length).CopyTo(mark);

        if (mark.StartsWith("\uFEFF"u8))
            return 3;

        // JSON begins with ASCII, so a zero byte tells the wider encodings even without a mark.
        string? encoding = mark switch
        {
            [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] or [_, 0, 0, 0] or [0, 0, 0, _] => "UTF-32",
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, not 0, ..] or [not 0, 0, ..] => "UTF-16",
            _ => null,
        };
        if (encoding is null)
            return 0;
        parser.Refuse(InputFault.InvalidUtf8, InputMessages.NotUtf8Encoding(encoding));
        return -1;
    }
}
