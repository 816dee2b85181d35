namespace Lamina.Generator.Model;

/// <summary>What a data set's file declares, and what is wrong with it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Options">How its code is to be generated; null if an option is wrong.</param>
/// <param name="Dimensions">Its dimensions, by ascending number; none if it has an error.</param>
/// <param name="Diagnostics">What is to be reported, in the order of the file.</param>
internal sealed record ParsedDataSet(
    string Path,
    DataSetOptions? Options,
    EquatableArray<DimensionModel> Dimensions,
    EquatableArray<DiagnosticInfo> Diagnostics);
