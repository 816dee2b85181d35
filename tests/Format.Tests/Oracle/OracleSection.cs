namespace Lamina.Format.Tests.Oracle;

/// <summary>A section before it has its place, or where it was found.</summary>
internal sealed class OracleSection
{
    public required uint Kind { get; set; }

    /// <summary>SEC-3.</summary>
    public uint Flags { get; set; } = 1;

    public byte[] Bytes { get; set; } = [];

    /// <summary>Zero bytes before the section that no rule puts there.</summary>
    public ulong Gap { get; set; }

    public ulong Offset { get; set; }
}
