using FsCheck.Xunit;

namespace Lamina.Format.Tests.Oracle;

public class OracleTests
{
    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 300)]
    public void Decode_WhatEncodeMade_IsTheSameRegion(OracleCase @case)
    {
        byte[] file = OracleEncoder.Encode(@case.Region, @case.Options);

        OracleReading reading = OracleDecoder.Decode(file);

        Assert.Equal(@case.Region.ToText(), reading.Region.ToText());
        Assert.Equal(@case.Options.BlockSizeLog2, reading.Parts.BlockSizeLog2);
        Assert.Equal(@case.Options.AlignmentLog2, reading.Parts.AlignmentLog2);
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 50)]
    public void Decode_OneBitFlipped_Faults(OracleCase @case, uint place)
    {
        OracleFile file = OracleEncoder.ToFile(@case.Region, @case.Options);
        file.Flip((int)(place / 8 % (uint)file.Bytes.Length), (int)(place % 8));

        Assert.Throws<OracleFaultException>(() => OracleDecoder.Decode(file.Bytes));
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 200)]
    public void Decode_OneBitFlippedAndSealed_FaultsOrReads(OracleCase @case, uint place)
    {
        OracleFile file = OracleEncoder.ToFile(@case.Region, @case.Options);
        int offset = (int)(place / 8 % (uint)file.Bytes.Length);
        if (offset is >= 12 and < 16 or >= 48 and < 52)
            return; // the lengths that sealing itself needs
        file.Flip(offset, (int)(place % 8)).Seal();

        Exception? thrown = Record.Exception(() => OracleDecoder.Decode(file.Bytes));

        Assert.True(thrown is null or OracleFaultException, thrown?.ToString());
    }

    [Fact]
    public void Decode_EveryShorterLength_FaultsAsTruncated()
    {
        byte[] file = OracleEncoder.Encode(OracleArbitraries.Build(new Random(1), 8).Region);

        for (int length = 8; length < file.Length; length++)
            Assert.Equal("Truncated", Assert.Throws<OracleFaultException>(() => OracleDecoder.Decode(file[..length])).Fault);
    }
}
