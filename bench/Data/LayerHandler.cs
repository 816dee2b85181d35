namespace Lamina.Bench.Data;

/// <summary>Takes one layer of a source; <paramref name="content"/> ends with the call.</summary>
internal delegate void LayerHandler(LayerId id, ReadOnlySpan<byte> content);
