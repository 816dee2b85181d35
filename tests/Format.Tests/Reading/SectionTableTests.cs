using Lamina.Format.Reading;
using Lamina.Format.Tests.Hostile;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Tests.Properties;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Reading;

public class SectionTableTests
{
    [Theory]
    [InlineData(Kind.Dictionary, "the Dictionary section is not marked")]
    [InlineData(Kind.Postings, "the Postings section is not marked")]
    [InlineData(Kind.Strings, "the Strings section is not marked")]
    public void Open_KnownSection_IsCalledByItsName(uint kind, string message)
    {
        OracleFile file = HostileRegions.Parts().ToFile();
        file.Set(file.Entry(kind) + OracleFields.Section.Flags, 4, 0).SealRoots();

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => new PinnedRegion(file.Bytes));

        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12u)]
    [InlineData(4_000_000_000u)]
    public void Open_UnknownSection_IsCalledByItsKind(uint kind)
    {
        OracleParts parts = HostileRegions.Parts();
        parts.Extra.Add(new OracleSection { Kind = kind, Flags = 0, Bytes = [1, 2, 3] });
        OracleFile file = parts.ToFile();
        file.Set(file.Entry(kind) + OracleFields.Section.Offset, 8, 64).SealRoots();

        LaminaFormatException thrown = Assert.Throws<LaminaFormatException>(() => new PinnedRegion(file.Bytes));

        Assert.Contains(FormattableString.Invariant($"section {kind} begins at byte 64"), thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>However many spans a section takes, its checksum is that of all its bytes.</summary>
    [Theory, Trait("Spec", "CHK-3")]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(int.MaxValue)]
    public void CheckBytes_SectionOfSeveralSpans_IsCheckedAsOne(int longestSpan)
    {
        byte[] file = new byte[40];
        new Random(longestSpan).NextBytes(file);
        Lamina.Format.Reading.Section section = new(12, 10, 20, Checksums.Part(file.AsSpan(10, 20)));

        Check(file, section, longestSpan);
        for (int i = 0; i < file.Length; i++)
        {
            file[i] ^= 1;
            LaminaFormatException? thrown = Record.Exception(() => Check(file, section, longestSpan)) as LaminaFormatException;
            Assert.Equal(i is >= 10 and < 30, thrown is { Fault: FormatFault.SectionChecksum, Offset: 10 });
            file[i] ^= 1;
        }
    }

    private static unsafe void Check(byte[] file, Lamina.Format.Reading.Section section, int longestSpan)
    {
        fixed (byte* start = file)
            SectionTable.CheckBytes(new FileView(start, file.Length), section, new Fault("test"), longestSpan);
    }
}
