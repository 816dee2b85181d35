namespace Lamina;

/// <summary>What describes a dimension as it is now. A value of its own: valid for ever.</summary>
/// <param name="Id">The dimension.</param>
/// <param name="Name">Its name, if it has one.</param>
/// <param name="LayerCount">How many layers it has.</param>
/// <param name="ContentLength">Bytes of all layers' contents.</param>
/// <param name="FileLength">Bytes of its region file.</param>
/// <param name="SizeBytes">Bytes that its author reserved for it, if declared.</param>
/// <param name="FrequencyMin">The lower end of the author's range in hertz, if declared.</param>
/// <param name="FrequencyMax">The upper end of the author's range in hertz, if declared.</param>
/// <param name="Fingerprint">The schema's fingerprint, its first byte the most significant. Spec: FPR-1.</param>
/// <param name="IsSimulated">Whether any of its content was made up by simulation, or stands in for a missing file.</param>
public sealed record DimensionInfo(
    DimensionId Id,
    string? Name,
    int LayerCount,
    long ContentLength,
    long FileLength,
    long? SizeBytes,
    double? FrequencyMin,
    double? FrequencyMax,
    UInt128 Fingerprint,
    bool IsSimulated);
