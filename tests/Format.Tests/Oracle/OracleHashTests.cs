using System.Text;

namespace Lamina.Format.Tests.Oracle;

public class OracleHashTests
{
    [Theory]
    [InlineData("", 0x2D06800538D394C2)]
    [InlineData("a", 0xE6C632B61E964E1F)]
    [InlineData("abc", 0x78AF5F94892F3950)]
    public void Part_PublishedVectors_Match(string text, ulong expected) =>
        Assert.Equal(expected, OracleHash.Part(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void InvalidUtf8_EverySequenceOfUpToThreeBytes_AgreesWithTheRuntime()
    {
        UTF8Encoding strict = new(false, throwOnInvalidBytes: true);
        for (int first = 0; first < 256; first++)
        {
            Agree([(byte)first]);
            for (int second = 0; second < 256; second++)
            {
                Agree([(byte)first, (byte)second]);
                foreach (byte third in (byte[])[0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF])
                {
                    Agree([(byte)first, (byte)second, third]);
                    Agree([(byte)first, (byte)second, third, 0x80]);
                    Agree([(byte)first, (byte)second, third, 0xC0]);
                }
            }
        }

        static void Agree(byte[] text) =>
            Assert.True(
                System.Text.Unicode.Utf8.IsValid(text) == (OracleBytes.InvalidUtf8(text) < 0), Convert.ToHexString(text));
    }
}
