namespace Lamina;

/// <summary>What a program knows of a layer when it is compiled.</summary>
/// <remarks>Immutable, safe to share between threads.</remarks>
/// <param name="Id">The layer.</param>
/// <param name="Name">Its name; null if it has none.</param>
/// <param name="Parent">Its parent, a layer of the same dimension; null if it has none.</param>
public readonly record struct LayerSchema(LayerId Id, string? Name, LayerId? Parent = null);
