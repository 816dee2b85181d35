namespace Lamina.Format.Verification;

/// <summary>What a check found of one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Dimension">The dimension of a region file; null for a manifest or where it could not be read.</param>
/// <param name="Length">Bytes of the file; 0 if it is not there.</param>
/// <param name="Blocks">Blocks decoded and checked.</param>
/// <param name="Layers">Layers whose place in their block was checked.</param>
/// <param name="Fault">The first fault found, or null.</param>
public sealed record VerifiedFile(
    string Path, DimensionId? Dimension, long Length, int Blocks, int Layers, LaminaFormatException? Fault);
