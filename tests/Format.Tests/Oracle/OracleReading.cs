namespace Lamina.Format.Tests.Oracle;

/// <summary>What the oracle found in a file that keeps every rule.</summary>
internal sealed class OracleReading
{
    public required OracleParts Parts { get; init; }

    public required OracleRegion Region { get; init; }

    /// <summary>Each block's bytes, decoded.</summary>
    public required IReadOnlyList<byte[]> Blocks { get; init; }

    /// <summary>CHK-5.</summary>
    public required string Digest { get; init; }

    public required long FileLength { get; init; }
}
