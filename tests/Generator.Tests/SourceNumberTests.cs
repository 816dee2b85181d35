using System.Globalization;
using FsCheck;
using FsCheck.Xunit;
using Lamina.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace Lamina.Generator.Tests;

/// <summary>Numbers are read as the standard library reads them, however they are written and wherever they stand.</summary>
public sealed class SourceNumberTests
{
    [Property(MaxTest = 2000)]
    public bool Divide_UpToFifteenDigits_IsWhatParsingGives(long number, byte point)
    {
        long digits = (long)((ulong)number % 1_000_000_000_000_000);
        int decimals = point % 16;
        string text = digits.ToString("D16", CultureInfo.InvariantCulture).Insert(16 - decimals, ".");

        return SourceNumber.Divide(digits, decimals) == double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("0", "0.0")]
    [InlineData("0.5", "0.5")]
    [InlineData("5.2627", "5.2627")]
    [InlineData("123456789012345", "123456789012345.0")] // the most digits that are read plainly
    [InlineData("1234567890.12345", "1234567890.12345")]
    [InlineData("9007199254740993", "9007199254740992.0")] // more, which not every double holds
    [InlineData("0.1234567890123456789", "0.12345678901234568")]
    [InlineData("1e3", "1000.0")]
    [InlineData("25E-1", "2.5")]
    [InlineData("-0", "0.0")]
    public void Generate_Frequency_IsTheNearest(string written, string constant) =>
        Assert.Contains($"FrequencyMin = {constant};", Run.Generate(Json(written)).Source("A"), StringComparison.Ordinal);

    [Theory]
    [InlineData("00")]
    [InlineData("01.5")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1.5.2")]
    [InlineData("1e")]
    [InlineData("1+1")]
    [InlineData("0x1")]
    public void Generate_NotANumberOfJson_IsReported(string written) =>
        Assert.Equal("LAM001", Assert.Single(Run.Generate(Json(written)).Diagnostics).Id);

    [Theory]
    [InlineData("65535", true)]
    [InlineData("65535.0", true)]
    [InlineData("6.5535e4", true)]
    [InlineData("65535.00000000000000000", true)]
    [InlineData("65536", false)]
    [InlineData("65534.5", false)]
    [InlineData("65534.00000000001", false)]
    public void Generate_WholeNumber_MayBeWrittenWithAFraction(string written, bool isTaken)
    {
        GeneratorRunResult result = Run.Generate($$"""{ "dimensions": [ { "id": {{written}} } ] }""");

        Assert.Equal(isTaken ? [] : ["LAM008"], result.Diagnostics.Select(static diagnostic => diagnostic.Id));
    }

    /// <summary>The text is read in pieces of 16 Ki characters: names and numbers lie across an end of one.</summary>
    [Fact]
    public void Generate_WhereverAPieceEnds_IsTheSame()
    {
        const string Source = """
            { "dimensions": [ { "id": 1, "name": "A", "frequency_min": 1.25 } ],
              "layers": [ { "dimension_id": 1, "layer_num": 10, "name": "\u0042\"C\\", "content": "one \"two\" \\ \u0033" } ] }
            """;
        string expected = Run.Generate(Source).Source("A");

        for (int before = 1; before <= Source.Length; before++)
        {
            GeneratorRunResult result = Run.Generate(new string(' ', 16 * 1024 - before) + Source);
            Assert.Empty(result.Diagnostics);
            Assert.Equal(expected, result.Source("A"));
        }
    }

    private static string Json(string frequency) => $$"""{ "dimensions": [ { "id": 1, "name": "A", "frequency_min": {{frequency}} } ] }""";
}
