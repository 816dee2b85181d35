namespace Lamina.Format.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Dimensions">Dimensions.</param>
/// <param name="Layers">Layers.</param>
/// <param name="Base64Layers">Layers whose content is not UTF-8 and was written as <c>content_base64</c>.</param>
/// <param name="SimulatedLayers">Layers whose content was made up by simulation and was left out; they convert to the same
/// again where simulation is asked for.</param>
/// <param name="Bytes">Bytes written.</param>
public sealed record ExportResult(int Dimensions, long Layers, long Base64Layers, long SimulatedLayers, long Bytes);
