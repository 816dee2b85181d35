namespace Lamina.Format.Inspection;

/// <summary>One dimension or layer that two data sets do not agree on.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="Layer">The layer; null if it is the dimension that differs.</param>
/// <param name="Name">Its name, if it has one: the second data set's, or the first's if it was removed.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Aspects">What differs; <see cref="DifferenceAspects.None"/> unless it changed.</param>
public sealed record DataSetDifference(
    DimensionId Dimension, LayerId? Layer, string? Name, DifferenceKind Kind, DifferenceAspects Aspects);
