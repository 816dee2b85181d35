namespace Lamina.Generator.Model;

/// <summary>What a data set's file declares, and what is wrong with it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Options">How its code is to be generated.</param>
/// <param name="Dimensions">Its dimensions, by ascending number; of one with an error, what can be read.</param>
/// <param name="Diagnostics">What is to be reported, in the order of the file.</param>
internal sealed record ParsedDataSet(
    string Path,
    DataSetOptions Options,
    EquatableArray<DimensionModel> Dimensions,
    EquatableArray<DiagnosticInfo> Diagnostics)
{
    /// <summary>Whether the class that lists the dimensions is generated.</summary>
    public bool HasList { get; init; } = Dimensions.Count + Diagnostics.Count > 0;
}
