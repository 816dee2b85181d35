namespace Lamina.Format.Input;

/// <summary>Takes what <see cref="DimensionsReader"/> reads, in the order of the input, one call at a time.</summary>
internal interface IInputSink
{
    /// <summary>Takes a dimension. The object is the sink's to keep.</summary>
    void Dimension(DimensionInput dimension);

    /// <summary>Takes a layer and its content.</summary>
    /// <param name="layer">Valid, as all it hands out, until the returned task completes; then the reader fills it anew.</param>
    /// <param name="content">The content's bytes, likewise; null if the input gives the layer none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    ValueTask LayerAsync(LayerInput layer, ReadOnlyMemory<byte>? content, CancellationToken cancellationToken);
}
