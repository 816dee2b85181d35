using Lamina.Format.Schema;

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

    /// <summary>Tells of a dimension that is not handed over because of an error of its own, already reported, so that its
    /// layers are not said to be of an unknown one.</summary>
    /// <param name="id">The dimension.</param>
    /// <param name="position">Where the value of <c>id</c> stands.</param>
    void DimensionFailed(DimensionId id, SourcePosition position)
    {
    }

    /// <summary>Tells of a layer that is not handed over because of an error of its own, already reported, so that layers
    /// below it are not said to miss their parent.</summary>
    /// <param name="id">The layer.</param>
    /// <param name="position">Where the value of <c>layer_num</c> stands.</param>
    void LayerFailed(LayerId id, SourcePosition position)
    {
    }
}
