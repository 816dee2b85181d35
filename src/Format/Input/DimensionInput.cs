using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>A dimension as its author wrote it.</summary>
internal sealed class DimensionInput
{
    public required DimensionId Id { get; init; }

    public string? Name { get; init; }

    public long? SizeBytes { get; init; }

    public double? FrequencyMin { get; init; }

    public double? FrequencyMax { get; init; }

    /// <summary>Where the value of <c>id</c> stands.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Where the value of <c>size_bytes</c> stands, if it is there.</summary>
    public SourcePosition SizePosition { get; init; }

    /// <summary>Where the value of <c>frequency_min</c> stands, if it is there.</summary>
    public SourcePosition FrequencyMinPosition { get; init; }
}
