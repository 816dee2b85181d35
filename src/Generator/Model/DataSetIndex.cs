namespace Lamina.Generator.Model;

/// <summary>What the list of a data set's dimensions is made of: nothing that changes with layers.</summary>
internal sealed record DataSetIndex(DataSetOptions Options, string FileName, EquatableArray<DimensionEntry> Dimensions);
