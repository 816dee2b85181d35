namespace Lamina.Runtime.Tests.Data;

/// <summary>A layer to write. The parent is an index.</summary>
internal sealed record TestLayer(uint Number, byte[] Content)
{
    public string? Name { get; init; }

    public int Parent { get; init; } = -1;

    public int Depth { get; init; }

    public double? Frequency { get; init; }

    public string[] Keywords { get; init; } = [];
}
