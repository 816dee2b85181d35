namespace Lamina.Format.Inspection;

/// <summary>How a dimension or layer of two data sets differs.</summary>
public enum DifferenceKind
{
    /// <summary>It is in the second alone.</summary>
    Added,

    /// <summary>It is in the first alone.</summary>
    Removed,

    /// <summary>It is in both, and not the same.</summary>
    Changed,
}
