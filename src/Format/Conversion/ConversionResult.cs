using Lamina.Format.Publishing;
using Lamina.Format.Schema;

namespace Lamina.Format.Conversion;

/// <summary>What a conversion made.</summary>
/// <param name="Manifest">The manifest that was published.</param>
/// <param name="Layers">Layers in all dimensions.</param>
/// <param name="BytesRead">Bytes of the input.</param>
/// <param name="ContentBytes">Bytes of all layers' contents.</param>
/// <param name="StoredBytes">Bytes of all blocks as they are stored.</param>
/// <param name="FileBytes">Bytes of all region files.</param>
/// <param name="Warnings">What the input's author should look at, in the order of the input; 100 at most.</param>
/// <param name="Elapsed">Time from the call to the published manifest.</param>
/// <param name="Times">The same by stage.</param>
public sealed record ConversionResult(
    DataSetManifest Manifest,
    long Layers,
    long BytesRead,
    long ContentBytes,
    long StoredBytes,
    long FileBytes,
    IReadOnlyList<InputDiagnostic> Warnings,
    TimeSpan Elapsed,
    ConversionTimes Times);
