namespace Lamina.Format.Layout;

/// <summary>The header's flags. Spec: HDR-10.</summary>
[Flags]
internal enum RegionFlags : uint
{
    None = 0,
    HasName = 1,
    HasSizeBytes = 2,
    HasFrequencyMin = 4,
    HasFrequencyMax = 8,

    /// <summary>At least one layer's content was made up by simulation.</summary>
    Simulated = 16,

    All = HasName | HasSizeBytes | HasFrequencyMin | HasFrequencyMax | Simulated,
}
