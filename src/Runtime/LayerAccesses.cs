namespace Lamina;

/// <summary>How often a layer was read.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Count">Reads of its content since its dimension was loaded.</param>
public readonly record struct LayerAccesses(LayerId Layer, long Count);
