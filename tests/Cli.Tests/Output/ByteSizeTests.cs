using Lamina.Cli.Output;
using Lamina.Format.Inspection;

namespace Lamina.Cli.Tests.Output;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(15 * 1024, "15.0 KiB")]
    [InlineData(293601280, "280 MiB")]
    [InlineData(1L << 60, "1.00 EiB")]
    [InlineData(long.MaxValue, "8.00 EiB")]
    public void Format_Bytes_HasThreeDigitsAndAUnit(long bytes, string text) => Assert.Equal(text, SizeText.Size(bytes));

    [Theory]
    [InlineData("1", 1)]
    [InlineData("65536", 65536)]
    [InlineData("64K", 65536)]
    [InlineData("64k", 65536)]
    [InlineData("64KB", 65536)]
    [InlineData("64KiB", 65536)]
    [InlineData("1M", 1048576)]
    [InlineData("2047M", 2146435072)]
    public void TryParse_NumberAndUnit_IsThatManyBytes(string text, int bytes)
    {
        Assert.True(ByteSize.TryParse(text, out int parsed));
        Assert.Equal(bytes, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("-1")]
    [InlineData("1 K")]
    [InlineData("1G")]
    [InlineData("1.5K")]
    [InlineData("2048M")]
    [InlineData("2147483648")]
    [InlineData("１K")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    [InlineData(3 << 20)]
    public void Short_AnySize_ParsesBack(int bytes)
    {
        Assert.True(ByteSize.TryParse(ByteSize.Short(bytes), out int parsed));
        Assert.Equal(bytes, parsed);
    }
}
