using System.IO.Hashing;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Format.Publishing;
using Lamina.Format.Tests.Conversion;

namespace Lamina.Format.Tests.Publishing;

public sealed class ManifestTests
{
    private const string File1 = "D01-00112233445566778899aabbccddeeff.lamina";

    private const string Entry =
        "{\"id\": 1, \"file\": \"" + File1 + "\", \"length\": 4711, \"layers\": 4, \"simulated\": false}";

    [Fact, Trait("Spec", "MAN-2"), Trait("Spec", "CAN-8")]
    public void ToUtf8_ExampleOfTheSpecification_IsExactlyThat()
    {
        DataSetManifest manifest = new([new ManifestEntry(
            new DimensionId(1), "Emotion", File1, 4711, UInt128.Parse("00112233445566778899aabbccddeeff", System.Globalization.NumberStyles.HexNumber, null), 4, false)]);
        string body =
            """
            {
              "lamina": "1.0",
              "dimensions": [
                {"id": 1, "name": "Emotion", "file": "D01-00112233445566778899aabbccddeeff.lamina", "length": 4711, "layers": 4, "simulated": false}
              ],

            """;

        Assert.Equal(Sealed(body), Encoding.UTF8.GetString(manifest.ToUtf8()));
    }

    [Fact, Trait("Spec", "CAN-8")]
    public void ToUtf8_NameWithSpecialCharacters_EscapesOnlyWhatItMust()
    {
        string text = Encoding.UTF8.GetString(new DataSetManifest([Named(1, "\u0000\u001f\"\\/\u007fé🙂\u2028")]).ToUtf8());

        Assert.Contains("\"name\": \"\\u0000\\u001f\\\"\\\\/\u007fé🙂\u2028\", ", text, StringComparison.Ordinal);
    }

    [Property, Trait("Spec", "MAN-4")]
    public Property Parse_WhatWasWritten_GivesTheSame() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyString[]>(),
        static names =>
        {
            ManifestEntry[] entries = [.. names.Where(static name => IsText(name.Get)).Take(9)
                .Select(static (name, i) => Named(3 * i + 1, i % 3 == 0 ? null : name.Get))];
            return entries.Length == 0
                || DataSetManifest.Parse(new DataSetManifest(entries).ToUtf8()).Dimensions.SequenceEqual(entries);
        });

    [Property(MaxTest = 500), Trait("Spec", "MAN-7")]
    public Property Parse_AnyBitFlipped_IsRefused() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        static seed =>
        {
            byte[] bytes = new DataSetManifest([Named(1, "Emotion"), Named(300, null)]).ToUtf8();
            int bit = new System.Random(seed).Next(8 * bytes.Length);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<LaminaFormatException>(() => DataSetManifest.Parse(bytes));
        });

    [Theory]
    // MAN-2: JSON, one object, each name once.
    [InlineData("[]", FormatFault.ManifestSyntax, 0)]
    [InlineData("", FormatFault.ManifestSyntax, 0)]
    [InlineData("\u00ef\u00bb\u00bf{", FormatFault.ManifestSyntax, 0)]
    [InlineData("{", FormatFault.ManifestSyntax, 1)]
    // MAN-3: the version comes first.
    [InlineData("{}", FormatFault.ManifestSyntax, 1)]
    [InlineData("{\"x\": 1, \"lamina\": \"1.0\"}", FormatFault.ManifestSyntax, 1)]
    [InlineData("{\"lamina\": 1}", FormatFault.ManifestSyntax, 11)]
    [InlineData("{\"lamina\": \"1\"}", FormatFault.ManifestSyntax, 11)]
    [InlineData("{\"lamina\": \"01.0\"}", FormatFault.ManifestSyntax, 11)]
    [InlineData("{\"lamina\": \"1.-1\"}", FormatFault.ManifestSyntax, 11)]
    [InlineData("{\"lamina\": \"\\ud800\"}", FormatFault.ManifestSyntax, 11)]
    [InlineData("{\"lamina\": \"2.0\", and whatever that version says", FormatFault.ManifestVersion, 11)]
    [InlineData("{\"lamina\": \"0.9\"}", FormatFault.ManifestVersion, 11)]
    // MAN-7: then the checksum.
    [InlineData("{\"lamina\": \"1.0\"}", FormatFault.ManifestSyntax, 0)]
    public void Parse_Unsealed_NamesFaultAndOffset(string text, FormatFault fault, int offset) =>
        Refuses(Encoding.Latin1.GetBytes(text), fault, offset);

    [Theory]
    [InlineData("", FormatFault.ManifestSyntax)]                                     // no dimensions at all
    [InlineData("^{,", FormatFault.ManifestSyntax)]
    [InlineData("\"a\": \"^\u00ff\",", FormatFault.ManifestSyntax)]                  // not UTF-8
    [InlineData("\"a\": 1, ^\"a\": 1,", FormatFault.ManifestSyntax)]                 // MAN-2
    [InlineData("\"a\": {\"b\": [{\"c\": 1, ^\"c\": 1}]},", FormatFault.ManifestSyntax)]
    [InlineData("^\"lamina\": \"1.0\",", FormatFault.ManifestSyntax)]
    [InlineData("\"dimensions\": ^{},", FormatFault.ManifestSyntax)]                 // MAN-4
    [InlineData("\"dimensions\": [^1],", FormatFault.ManifestSyntax)]
    [InlineData("\"dimensions\": ^[],", FormatFault.ManifestEntry)]
    [InlineData("\"dimensions\": [^{}],", FormatFault.ManifestSyntax)]
    public void Parse_BrokenAtTheMark_NamesFaultAndOffset(string properties, FormatFault fault)
    {
        string text = "{\n  \"lamina\": \"1.0\",\n  " + properties + "\n";
        int offset = text.IndexOf('^', StringComparison.Ordinal);
        byte[] bytes = Seal(Encoding.Latin1.GetBytes(text.Replace("^", "", StringComparison.Ordinal)));

        Refuses(bytes, fault, offset < 0 ? bytes.Length - 2 : offset);
    }

    [Theory, Trait("Spec", "MAN-4")]
    [InlineData("1", "0", FormatFault.ManifestEntry)]
    [InlineData("1", "65536", FormatFault.ManifestEntry)]
    [InlineData("1", "99999999999999999999", FormatFault.ManifestEntry)]
    [InlineData("1", "1.0", FormatFault.ManifestSyntax)]
    [InlineData("1", "\"1\"", FormatFault.ManifestSyntax)]
    [InlineData("4711", "-1", FormatFault.LimitExceeded)]
    [InlineData("4711", "281474976710657", FormatFault.LimitExceeded)]
    [InlineData("4711", "null", FormatFault.ManifestSyntax)]
    [InlineData("4", "33554433", FormatFault.LimitExceeded)]
    [InlineData("4", "1e1", FormatFault.ManifestSyntax)]
    [InlineData("false", "0", FormatFault.ManifestSyntax)]
    [InlineData("\"" + File1 + "\"", "7", FormatFault.ManifestSyntax)]
    [InlineData("\"" + File1 + "\"", "\"D02-00112233445566778899aabbccddeeff.lamina\"", FormatFault.ManifestEntry)]
    [InlineData("\"" + File1 + "\"", "\"D1-00112233445566778899aabbccddeeff.lamina\"", FormatFault.ManifestEntry)]
    [InlineData("\"" + File1 + "\"", "\"D01-00112233445566778899AABBCCDDEEFF.lamina\"", FormatFault.ManifestEntry)]
    [InlineData("\"" + File1 + "\"", "\"../D01-00112233445566778899aabbccddeeff.lamina\"", FormatFault.ManifestEntry)]
    [InlineData("\"" + File1 + "\"", "\"D01-00112233445566778899aabbccddeeff.lamina/\"", FormatFault.ManifestEntry)]
    [InlineData("\"" + File1 + "\"", "\"\"", FormatFault.ManifestEntry)]
    public void Parse_ValueOfEntry_IsCheckedWhereItStands(string value, string replaced, FormatFault fault)
    {
        string text = "{\n  \"lamina\": \"1.0\",\n  \"dimensions\": [" + Entry + "],\n";
        int offset = text.IndexOf(": " + value + (value == "false" ? "}" : ","), StringComparison.Ordinal) + 2;

        Refuses(Seal(Encoding.UTF8.GetBytes(text.Remove(offset, value.Length).Insert(offset, replaced))), fault, offset);
    }

    [Theory, Trait("Spec", "MAN-4")]
    [InlineData("id")]
    [InlineData("file")]
    [InlineData("length")]
    [InlineData("layers")]
    [InlineData("simulated")]
    public void Parse_PropertyMissing_PointsAtTheEntry(string property)
    {
        string text = "{\n  \"lamina\": \"1.0\",\n  \"dimensions\": [" + Entry + "],\n";

        Refuses(
            Seal(Encoding.UTF8.GetBytes(text.Replace($"\"{property}\"", "\"else\"", StringComparison.Ordinal))),
            FormatFault.ManifestSyntax,
            text.IndexOf('[', StringComparison.Ordinal) + 1);
    }

    [Theory, Trait("Spec", "MAN-4"), Trait("Spec", "LIM-7")]
    [InlineData(0, FormatFault.ManifestEntry)]
    [InlineData(1, FormatFault.None)]
    [InlineData(1024, FormatFault.None)]
    [InlineData(1025, FormatFault.LimitExceeded)]
    public void Parse_LengthOfName_IsHeldAgainstTheLimit(int length, FormatFault fault)
    {
        string text = "{\n  \"lamina\": \"1.0\",\n  \"dimensions\": [{\"name\": \"" + new string('n', length) + "\", " + Entry[1..] + "],\n";
        byte[] bytes = Seal(Encoding.UTF8.GetBytes(text));

        if (fault == FormatFault.None)
            Assert.Equal(length, DataSetManifest.Parse(bytes).Dimensions[0].Name!.Length);
        else
            Refuses(bytes, fault, text.IndexOf("\"name\": ", StringComparison.Ordinal) + 8);
    }

    [Theory, Trait("Spec", "MAN-4")]
    [InlineData(5, 5)]
    [InlineData(5, 4)]
    public void Parse_DimensionsNotAscending_PointsAtTheSecond(int first, int second)
    {
        byte[] bytes = new DataSetManifest([Named(first, null), Named(second, null)]).ToUtf8();

        Refuses(bytes, FormatFault.ManifestEntry, Encoding.UTF8.GetString(bytes).LastIndexOf("\"id\"", StringComparison.Ordinal) + 6);
    }

    [Fact, Trait("Spec", "MAN-2")]
    public void Parse_UnknownPropertiesAndOtherWhiteSpace_AreTaken()
    {
        string text = "{ \"lamina\" : \"1.7\", \"new\": {\"a\": [null, {\"a\": 1.5e3}]}, \"dimensions\":[" + Entry[..^1] + ", \"new\": []}],\n";

        Assert.Equal(4711, DataSetManifest.Parse(Seal(Encoding.UTF8.GetBytes(text))).Dimensions[0].Length);
    }

    [Theory, Trait("Spec", "MAN-7")]
    [InlineData("\n}\n", "\n}\n\n")]
    [InlineData("\n}\n", "\r\n}\r\n")]
    [InlineData("\n}\n", "\n}")]
    [InlineData("  \"checksum\"", " \"checksum\"")]
    [InlineData("\n  \"checksum\"", "  \"checksum\"")]
    public void Parse_LastLinesOtherwise_AreRefused(string part, string replaced)
    {
        string text = Encoding.UTF8.GetString(new DataSetManifest([Named(1, null)]).ToUtf8());
        int at = text.LastIndexOf(part, StringComparison.Ordinal);
        string changed = text[..at] + replaced + text[(at + part.Length)..];

        Refuses(Encoding.UTF8.GetBytes(changed), FormatFault.ManifestSyntax, changed.Length - 35);
    }

    [Theory, Trait("Spec", "MAN-2"), Trait("Spec", "MAN-3")]
    [InlineData("\\uD83D\\u0041")]
    [InlineData("\\uDE00")]
    public void Parse_FirstNameIsHalfASurrogatePair_IsRefused(string name) =>
        Refuses(Encoding.UTF8.GetBytes("{\"" + name + "\": \"1.0\"}"), FormatFault.ManifestSyntax, 1);

    [Fact, Trait("Spec", "MAN-7")]
    public void Parse_OtherByteChanged_IsAChecksumFaultAtTheFirstByte()
    {
        byte[] bytes = new DataSetManifest([Named(1, "Emotion")]).ToUtf8();
        bytes[Encoding.UTF8.GetString(bytes).IndexOf("Emotion", StringComparison.Ordinal)]++;

        Refuses(bytes, FormatFault.ManifestChecksum, 0);
    }

    [Fact, Trait("Spec", "MAN-1")]
    public void Load_NoManifest_SaysSo()
    {
        using TemporaryFolder folder = new();

        Assert.Equal(FormatFault.ManifestMissing, Assert.Throws<LaminaFormatException>(() => DataSetManifest.Load(folder.Path)).Fault);
        Assert.Equal(
            FormatFault.ManifestMissing,
            Assert.Throws<LaminaFormatException>(() => DataSetManifest.Load(folder.Under("none"))).Fault);
    }

    [Fact, Trait("Spec", "LIM-17")]
    public void Load_ManifestOverTheLimit_IsRefusedUnread()
    {
        using TemporaryFolder folder = new();
        using (FileStream stream = File.Create(folder.Under("manifest.json")))
            stream.SetLength(Limits.MaxManifestLength + 1L);

        LaminaFormatException refused = Assert.Throws<LaminaFormatException>(() => DataSetManifest.Load(folder.Path));

        Assert.Equal((FormatFault.LimitExceeded, Limits.MaxManifestLength), (refused.Fault, refused.Offset));
    }

    private static bool IsText(string text) =>
        Encoding.UTF8.GetByteCount(text) <= Limits.MaxNameLength && !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private static ManifestEntry Named(int id, string? name)
    {
        DimensionId dimension = new((ushort)id);
        UInt128 digest = new((ulong)id << 60, 77);
        return new ManifestEntry(dimension, name, $"{dimension}-{digest:x32}.lamina", id * 1000L, digest, id, id % 2 == 0);
    }

    private static string Sealed(string body) => Encoding.UTF8.GetString(Seal(Encoding.UTF8.GetBytes(body)));

    private static byte[] Seal(byte[] body) =>
        [.. body, .. Encoding.UTF8.GetBytes($"  \"checksum\": \"{XxHash3.HashToUInt64(body):x16}\"\n}}\n")];

    private static void Refuses(byte[] bytes, FormatFault fault, long offset)
    {
        LaminaFormatException refused = Assert.Throws<LaminaFormatException>(() => DataSetManifest.Parse(bytes, "m.json"));
        Assert.Equal((fault, offset, "m.json"), (refused.Fault, refused.Offset, refused.File));
    }
}
