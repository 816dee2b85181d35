using Lamina.Format.Schema;

namespace Lamina.Format.Writing;

/// <summary>What is left to be checked of a layer that came before its dimension was declared.</summary>
internal readonly record struct UndeclaredLayer(
    uint Number, SourcePosition DimensionPosition, double? Frequency, SourcePosition FrequencyPosition);
