namespace Lamina.Format.Inspection;

/// <summary>What a region file says of a layer, but for its content. Immutable.</summary>
public sealed record LayerDescription
{
    /// <summary>The layer.</summary>
    public required LayerId Id { get; init; }

    /// <summary>The name, if it has one.</summary>
    public string? Name { get; init; }

    /// <summary>The number of the parent in the same dimension, if it has one.</summary>
    public uint? Parent { get; init; }

    /// <summary>0 without a parent, else the parent's depth plus one.</summary>
    public int Depth { get; init; }

    /// <summary>The frequency in hertz, if it has one.</summary>
    public double? Frequency { get; init; }

    /// <summary>The keywords, in the order of the author.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    /// <summary>Bytes of the content.</summary>
    public long Length { get; init; }

    /// <summary>Whether the content was made up by simulation.</summary>
    public bool IsSimulated { get; init; }
}
