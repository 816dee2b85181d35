namespace Lamina.Format.Tests.Oracle;

/// <summary>A layer as its author sees it.</summary>
public sealed record OracleLayer
{
    public required uint Number { get; init; }

    public string? Name { get; init; }

    public double? Frequency { get; init; }

    /// <summary>The number of the parent layer.</summary>
    public uint? Parent { get; init; }

    /// <summary>In the author's order, none twice.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    public byte[] Content { get; init; } = [];

    public bool Simulated { get; init; }
}
