namespace Lamina.Format.Tests.Oracle;

/// <summary>A region and the options to write it with.</summary>
public sealed record OracleCase(OracleRegion Region, OracleOptions Options)
{
    public override string ToString() =>
        $"block 2^{Options.BlockSizeLog2}, alignment 2^{Options.AlignmentLog2}, codec {Options.Codec}, dictionary {Options.Dictionary.Length}\n{Region.ToText()}";
}
