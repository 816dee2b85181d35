using FsCheck.Xunit;
using K4os.Compression.LZ4;

namespace Lamina.Format.Tests.Oracle;

/// <summary>The oracle's LZ4 against itself and against an implementation that is not ours.</summary>
public class OracleLz4Tests
{
    [Property(Arbitrary = [typeof(OracleArbitraries)])]
    public void Encode_AnyBytes_DecodesToThemByBothDecoders(OracleCase @case)
    {
        foreach (OracleLayer layer in @case.Region.Layers.Where(static layer => layer.Content.Length > 0))
        {
            byte[] stored = OracleLz4.Encode(layer.Content, []);
            byte[] target = new byte[layer.Content.Length];

            Assert.Equal(layer.Content, OracleLz4.Decode(stored, layer.Content.Length, []));
            Assert.Equal(layer.Content.Length, LZ4Codec.Decode(stored, target));
            Assert.Equal(layer.Content, target);
        }
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)])]
    public void Encode_WithADictionary_DecodesWithIt(OracleCase @case)
    {
        foreach (OracleLayer layer in @case.Region.Layers.Where(static layer => layer.Content.Length > 0))
        {
            byte[] stored = OracleLz4.Encode(layer.Content, @case.Options.Dictionary);
            byte[] target = new byte[layer.Content.Length];

            Assert.Equal(layer.Content, OracleLz4.Decode(stored, layer.Content.Length, @case.Options.Dictionary));
            Assert.Equal(layer.Content.Length, LZ4Codec.Decode(stored, target, @case.Options.Dictionary));
            Assert.Equal(layer.Content, target);
        }
    }

    [Fact]
    public void Decode_WhatAnotherEncoderMade_IsTheSame()
    {
        byte[] plain = new byte[5000];
        for (int i = 0; i < plain.Length; i++)
            plain[i] = (byte)(i * i / 300);
        byte[] stored = new byte[LZ4Codec.MaximumOutputSize(plain.Length)];
        int length = LZ4Codec.Encode(plain, stored, LZ4Level.L09_HC);

        Assert.Equal(plain, OracleLz4.Decode(stored[..length], plain.Length, []));
    }

    [Theory]
    [InlineData("1061", 2)] // one byte instead of two
    [InlineData("206162", 1)] // two instead of one
    [InlineData("10", 1)] // ends before its literal
    [InlineData("f0", 20)] // ends in a length
    [InlineData("10610000", 5)] // offset zero
    [InlineData("10610200", 5)] // offset before the start
    [InlineData("10610100", 5)] // a match is the last sequence
    [InlineData("1161", 5)] // a match that is not there
    [InlineData("10610000f0", 5)]
    public void Decode_BrokenBlock_Throws(string stored, int decodedLength) =>
        Assert.Throws<FormatException>(() => OracleLz4.Decode(Convert.FromHexString(stored), decodedLength, []));
}
