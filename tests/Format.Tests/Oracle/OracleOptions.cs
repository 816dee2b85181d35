namespace Lamina.Format.Tests.Oracle;

/// <summary>What a writer may choose.</summary>
public sealed record OracleOptions
{
    /// <summary>HDR-8.</summary>
    public byte BlockSizeLog2 { get; init; } = 16;

    /// <summary>HDR-9.</summary>
    public byte AlignmentLog2 { get; init; } = 3;

    /// <summary>BLK-7: the codec of the blocks that it shrinks enough.</summary>
    public uint Codec { get; init; }

    /// <summary>DIC-1: for codec 2.</summary>
    public byte[] Dictionary { get; init; } = [];
}
