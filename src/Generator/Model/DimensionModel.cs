namespace Lamina.Generator.Model;

/// <summary>What a dimension's generated code is made of.</summary>
/// <param name="Options">How it is to be generated.</param>
/// <param name="FileName">The name of the data set's file, without its folder.</param>
/// <param name="IsWhole">
/// False if the source has an error. Members that depend on what may be missing are then there in any case.
/// </param>
/// <param name="Id">The dimension's number.</param>
/// <param name="Name">Its name; null if it has none.</param>
/// <param name="ClassName">The class for it.</param>
/// <param name="FrequencyMin">Its declared lowest frequency in Hz, or null.</param>
/// <param name="FrequencyMax">Its declared highest frequency in Hz, or null.</param>
/// <param name="Layers">Its layers, by ascending number.</param>
internal sealed record DimensionModel(
    DataSetOptions Options,
    string FileName,
    bool IsWhole,
    ushort Id,
    string? Name,
    string ClassName,
    double? FrequencyMin,
    double? FrequencyMax,
    EquatableArray<LayerModel> Layers);
