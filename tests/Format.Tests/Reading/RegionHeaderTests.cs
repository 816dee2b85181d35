using Lamina.Format.Tests.Hostile;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Tests.Properties;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Reading;

public class RegionHeaderTests
{
    [Theory, Trait("Spec", "HDR-1")]
    [InlineData("094C4D", FormatFault.NotARegion)]
    [InlineData("094C4D4E", FormatFault.DamagedInTransfer)]
    [InlineData("894C4D4E0A1A0A", FormatFault.DamagedInTransfer)]
    [InlineData("894C4D4F0D0A1A0A", FormatFault.NotARegion)]
    public void Open_MagicOfAFewBytes_TellsTransferFromOtherFiles(string bytes, FormatFault fault) =>
        Refuses(fault, 0, Convert.FromHexString(bytes));

    [Theory, Trait("Spec", "HDR-2"), Trait("Spec", "HDR-6")]
    [InlineData(4, FormatFault.Truncated, 4)]
    [InlineData(8, FormatFault.Truncated, 8)]
    [InlineData(11, FormatFault.Truncated, 11)]
    [InlineData(12, FormatFault.UnsupportedVersion, 8)]
    [InlineData(191, FormatFault.UnsupportedVersion, 8)]
    public void Open_OtherMajorVersionCutOff_IsTheVersionAsSoonAsItIsThere(int length, FormatFault fault, long offset) =>
        Refuses(fault, offset, HostileRegions.Parts().ToFile().Set(Header.Major, 2, 2).Bytes[..length]);

    [Theory, Trait("Spec", "HDR-6")]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(191)]
    public void Open_CutOffInTheHeader_IsTruncated(int length) =>
        Refuses(FormatFault.Truncated, length, HostileRegions.Parts().ToFile().Bytes[..length]);

    [Theory, Trait("Spec", "HDR-3"), Trait("Spec", "CMP-2")]
    [InlineData(192)]
    [InlineData(256)]
    [InlineData(4096)]
    public void Open_LaterMinorVersion_TakesEveryHeaderLengthOfTheRule(uint length)
    {
        OracleParts parts = HostileRegions.Parts();
        parts.Minor = 1;
        parts.HeaderLength = length;

        using PinnedRegion opened = new(parts.ToFile().Bytes);

        Assert.Equal(HostileRegions.Dense.ToText(), opened.ToOracle().ToText());
    }

    [Fact, Trait("Spec", "HDR-3"), Trait("Spec", "HDR-6")]
    public void Open_HeaderLongerThanTheFile_IsTruncated()
    {
        OracleParts parts = HostileRegions.Parts();
        parts.Minor = 1;
        byte[] file = parts.ToFile().Set(Header.HeaderLength, 4, 4096).Bytes;

        Refuses(FormatFault.Truncated, file.Length, file);
    }

    [Theory, Trait("Spec", "LIM-15")]
    [InlineData(Limits.MaxFileLength, FormatFault.Truncated)]
    [InlineData(Limits.MaxFileLength + 1, FormatFault.LimitExceeded)]
    public void Open_DeclaredFileLength_IsHeldAgainstTheLimitFirst(ulong declared, FormatFault fault)
    {
        OracleFile file = HostileRegions.Parts().ToFile().Set(Header.FileLength, 8, declared).SealHeader();

        Refuses(fault, fault == FormatFault.Truncated ? file.Bytes.Length : Header.FileLength, file.Bytes);
    }

    /// <summary>Numbers of 64 bits that are no lengths are not shown as negative ones.</summary>
    [Theory, Trait("Spec", "LIM-15")]
    [InlineData(Header.FileLength)]
    [InlineData(Header.ImageLength)]
    [InlineData(Header.SizeBytes)]
    public void Open_LengthBeyond63Bits_IsNamedAsTheLargest(int field)
    {
        OracleFile file = HostileRegions.Parts().ToFile().Set(field, 8, ulong.MaxValue).SealHeader();

        LaminaFormatException thrown = Refuses(FormatFault.LimitExceeded, field, file.Bytes);

        Assert.Contains(" 9223372036854775807 ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "HDR-6"), Trait("Spec", "CHK-2")]
    public void Open_FileThatEndsInItsSectionTable_IsTruncated()
    {
        OracleFile file = HostileRegions.Parts().ToFile().Resize(400).Set(Header.FileLength, 8, 400).SealHeader();

        Refuses(FormatFault.Truncated, 400, file.Bytes);
    }

    /// <summary>Twelve entries end where an alignment does, so that nothing is behind them if all sections are empty.</summary>
    [Fact, Trait("Spec", "SEC-4"), Trait("Spec", "SEC-6")]
    public void Open_FileThatEndsWithItsSectionTable_IsRead()
    {
        OracleParts parts = HostileRegions.Parts(HostileRegions.Empty);
        parts.Extra.Add(new OracleSection { Kind = 12, Flags = 0 });
        byte[] file = parts.ToFile().Bytes;

        using PinnedRegion opened = new(file);

        Assert.Equal(HeaderSize + (12 * SectionSize), file.Length);
        Assert.Equal(HostileRegions.Empty.ToText(), opened.ToOracle().ToText());
    }

    private static LaminaFormatException Refuses(FormatFault fault, long offset, byte[] file)
    {
        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => new PinnedRegion(file));
        Assert.Equal((fault, offset), (thrown.Fault, thrown.Offset));
        return thrown;
    }
}
