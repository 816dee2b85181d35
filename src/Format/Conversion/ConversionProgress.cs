namespace Lamina.Format.Conversion;

/// <summary>How far a conversion has come.</summary>
/// <param name="BytesRead">Bytes of the input read.</param>
/// <param name="BytesTotal">Bytes of the input in all, or null if it has no known length, as standard input.</param>
/// <param name="Layers">Layers read.</param>
/// <param name="DimensionsDone">Region files finished.</param>
/// <param name="DimensionsTotal">Region files begun.</param>
public readonly record struct ConversionProgress(
    long BytesRead, long? BytesTotal, long Layers, int DimensionsDone, int DimensionsTotal);
