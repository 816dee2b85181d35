namespace Lamina.Generator.Reading;

/// <summary>What a text with an error names: a dimension or a layer.</summary>
/// <param name="IsLayer">Whether it is a layer.</param>
/// <param name="Dimension">The dimension's number, or that of the layer's dimension; 0 if it cannot be read.</param>
/// <param name="Number">The layer's number; null if it cannot be read, or for a dimension.</param>
/// <param name="Name">Its name; null if there is none.</param>
internal readonly record struct ScannedName(bool IsLayer, ushort Dimension, uint? Number, string? Name);
