namespace Lamina.Generator.Model;

/// <summary>What the list of a data set's dimensions says of one.</summary>
internal readonly record struct DimensionEntry(ushort Id, string? Name, string ClassName);
