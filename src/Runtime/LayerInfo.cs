namespace Lamina;

/// <summary>What describes a layer, but for its name and keywords. A value of its own: valid for ever.</summary>
/// <param name="Id">The layer.</param>
/// <param name="Length">Bytes of its content.</param>
/// <param name="Depth">0 without a parent, else one more than the parent's.</param>
/// <param name="Parent">The parent, if it has one.</param>
/// <param name="Frequency">In hertz, if it was declared.</param>
/// <param name="KeywordCount">How many keywords it has.</param>
/// <param name="IsSimulated">Whether its content was made up by simulation.</param>
public readonly record struct LayerInfo(
    LayerId Id, int Length, int Depth, LayerId? Parent, double? Frequency, int KeywordCount, bool IsSimulated);
