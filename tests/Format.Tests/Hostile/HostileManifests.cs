using System.Text;
using Lamina.Format.Tests.Oracle;
using static Lamina.Format.FormatFault;

namespace Lamina.Format.Tests.Hostile;

/// <summary>Chapter 8.</summary>
internal static class HostileManifests
{
    private static readonly byte[] Region = OracleEncoder.Encode(HostileRegions.Dense);
    private static readonly OracleManifestEntry Entry = OracleManifestEntry.Of(HostileRegions.Dense, Region);
    private static readonly byte[] Whole = OracleManifest.Encode([Entry]);

    /// <summary>MAN-7: bytes from the checksum's line to the end.</summary>
    private const int ChecksumLine = 35;

    private static readonly string Body = Encoding.UTF8.GetString(Whole).Split("  \"checksum\"")[0];

    public static IReadOnlyList<HostileFolder> All { get; } = [.. Manifests(), .. DataSets()];

    private static IEnumerable<HostileFolder> Manifests()
    {
        yield return new HostileFolder(
            "MAN-1-no-manifest", ManifestMissing, -1, true, new Dictionary<string, byte[]> { [Entry.File] = Region });

        yield return Raw("MAN-2-empty", ManifestSyntax, 0, []);
        yield return Raw("MAN-2-not-json", ManifestSyntax, 0, Encoding.UTF8.GetBytes("lamina\n"));
        yield return Raw("MAN-2-array", ManifestSyntax, 0, Encoding.UTF8.GetBytes("[]\n"));
        yield return Raw("MAN-2-byte-order-mark", ManifestSyntax, 0, [0xEF, 0xBB, 0xBF, .. Whole]);
        yield return Raw("MAN-2-truncated", ManifestSyntax, (Whole.Length / 2) - ChecksumLine, Whole[..(Whole.Length / 2)]);
        yield return Raw("MAN-2-not-utf8", ManifestSyntax, At("Dim\""), Sealed(Body, static body => body[At("Dim\"")] = 0xFF));
        yield return Edited("MAN-2-comment", ManifestSyntax, "  \"dimensions\"", "  // all of them\n  \"dimensions\"", "// all");
        yield return Edited("MAN-2-trailing-comma", ManifestSyntax, "}\n  ]", "},\n  ]", "]");
        yield return Edited("MAN-2-control-character", ManifestSyntax, "Dim", "D\u0001im", "\u0001");
        yield return Edited("MAN-2-lone-surrogate", ManifestSyntax, "\"Dim\"", "\"\\ud800\"", "\"\\ud800\"");
        yield return Edited(
            "MAN-2-property-twice", ManifestSyntax, "  \"dimensions\"", "  \"lamina\": \"1.0\",\n  \"dimensions\"",
            "\"lamina\": \"1.0\",\n  \"dim");
        yield return Edited(
            "MAN-2-unknown-property-twice", ManifestSyntax, "  \"dimensions\"", "  \"x\": 1, \"x\": 2,\n  \"dimensions\"",
            "\"x\": 2");
        yield return Edited(
            "MAN-2-property-twice-by-escape", ManifestSyntax, "\"name\"", "\"\\u0069d\": 5, \"name\"", "\"\\u0069d\"");
        yield return Edited(
            "MAN-2-twice-inside-an-unknown-property", ManifestSyntax, "  \"dimensions\"",
            "  \"x\": {\"a\": 1, \"a\": 2},\n  \"dimensions\"", "\"a\": 2");

        yield return Edited(
            "MAN-3-version-not-first", ManifestSyntax, "  \"lamina\": \"1.0\",\n", "  \"x\": 1,\n  \"lamina\": \"1.0\",\n",
            "\"x\"");
        yield return Edited("MAN-3-no-version", ManifestSyntax, "  \"lamina\": \"1.0\",\n", "", "\"dimensions\"");
        yield return Edited("MAN-3-version-is-a-number", ManifestSyntax, "\"1.0\"", "1.0", "1.0");
        yield return Edited("MAN-3-major-2", ManifestVersion, "\"1.0\"", "\"2.0\"", "\"2.0\"");
        yield return Edited("MAN-3-major-0", ManifestVersion, "\"1.0\"", "\"0.9\"", "\"0.9\"");
        yield return Edited("MAN-3-no-minor", ManifestSyntax, "\"1.0\"", "\"1\"", "\"1\"");
        yield return Edited("MAN-3-minor-is-text", ManifestSyntax, "\"1.0\"", "\"1.x\"", "\"1.x\"");
        yield return Edited("MAN-3-three-parts", ManifestSyntax, "\"1.0\"", "\"1.0.0\"", "\"1.0.0\"");
        yield return Raw(
            "MAN-3-major-2-with-another-grammar", ManifestVersion, 11,
            Encoding.UTF8.GetBytes("{\"lamina\": \"2.0\", \"regions\": {}}\n"));

        yield return Edited("MAN-4-no-dimensions", ManifestSyntax, "\"dimensions\"", "\"regions\"", null);
        yield return Edited(
            "MAN-4-dimensions-is-an-object", ManifestSyntax, Body[Body.IndexOf('[', StringComparison.Ordinal)..], "{},\n", "{},");
        yield return Edited(
            "MAN-4-dimensions-is-empty", ManifestEntry, Body[Body.IndexOf('[', StringComparison.Ordinal)..], "[],\n", "[]");
        yield return Edited("MAN-4-entry-is-a-number", ManifestSyntax, "    {\"id\"", "    5, {\"id\"", "5, {");
        foreach (string property in (string[])["id", "file", "length", "layers", "simulated"])
            yield return Edited(
                $"MAN-4-{property}-missing", ManifestSyntax, $"\"{property}\": ", "\"other\": ",
                "{\"" + (property == "id" ? "other" : "id"));
        yield return Value("id", "\"5\"", ManifestSyntax);
        yield return Value("id", "5.5", ManifestSyntax);
        yield return Value("id", "0", ManifestEntry);
        yield return Value("id", "65536", ManifestEntry);
        yield return Value("id", "-1", ManifestEntry);
        yield return Value("id", "18446744073709551621", ManifestEntry);
        yield return Value("name", "null", ManifestSyntax);
        yield return Value("name", "5", ManifestSyntax);
        yield return Value("name", "\"\"", ManifestEntry);
        yield return Value("file", "null", ManifestSyntax);
        yield return Value("length", "\"1\"", ManifestSyntax);
        yield return Value("length", "-1", LimitExceeded);
        yield return Value("length", "281474976710657", LimitExceeded);
        yield return Value("layers", "-1", LimitExceeded);
        yield return Value("layers", "33554433", LimitExceeded);
        yield return Value("simulated", "0", ManifestSyntax);
        yield return Value("simulated", "\"false\"", ManifestSyntax);

        OracleManifestEntry other = Entry with { Id = 6, File = "D06" + Entry.File[3..] };
        yield return Entries("MAN-4-not-ascending", ManifestEntry, [other, Entry], "5, ");
        yield return Entries("MAN-4-twice", ManifestEntry, [Entry, Entry], "5, ", last: true);

        yield return File("leaves-the-folder", "../" + Entry.File);
        yield return File("is-absolute", "/" + Entry.File);
        yield return File("of-another-dimension", "D06" + Entry.File[3..]);
        yield return File("without-leading-zero", "D5" + Entry.File[3..]);
        yield return File("in-upper-case", Entry.File[..4] + Entry.File[4..36].ToUpperInvariant() + Entry.File[36..]);
        yield return File("with-short-digest", Entry.File.Remove(10, 1));
        yield return File("with-long-digest", Entry.File.Insert(10, "0"));
        yield return File("with-bad-digit", Entry.File[..10] + "g" + Entry.File[11..]);
        yield return File("with-another-extension", Entry.File[..^7] + ".region");
        yield return File("is-empty", "");

        yield return Raw("MAN-7-checksum", ManifestChecksum, 0, [.. Whole[..^6], (byte)(Whole[^6] ^ 1), .. Whole[^5..]]);
        yield return Raw(
            "MAN-7-byte-of-the-body", ManifestChecksum, 0,
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Whole).Replace("Dim", "Din", StringComparison.Ordinal)));
        yield return Raw(
            "MAN-7-white-space-of-the-body", ManifestChecksum, 0,
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Whole).Replace("    {", "     {", StringComparison.Ordinal)));
        yield return Tail("MAN-7-no-checksum", "  \"x\": 0\n}\n");
        yield return Tail("MAN-7-checksum-in-upper-case", Seal()[..15] + Seal()[15..31].ToUpperInvariant() + Seal()[31..]);
        yield return Tail("MAN-7-no-final-line-end", Seal()[..^1]);
        yield return Tail("MAN-7-two-final-line-ends", Seal() + "\n");
        yield return Tail("MAN-7-text-after-the-end", Seal() + "{}\n");
        yield return Tail("MAN-7-not-the-last-property", Seal()[..^3] + ",\n  \"x\": 0\n}\n");
        yield return Tail("MAN-7-other-indentation", Seal()[1..]);
        yield return Tail("MAN-7-carriage-return", Seal().Replace("\n", "\r\n", StringComparison.Ordinal));
    }

    private static IEnumerable<HostileFolder> DataSets()
    {
        yield return Set(
            "MAN-5-region-missing", RegionMissing, -1, new Dictionary<string, byte[]> { [OracleManifest.FileName] = Whole });
        yield return Of("MAN-6-length", Entry with { Length = Entry.Length + 1 }, Region, RegionMismatch, -1);

        // An intact file under the name of another.
        byte[] other = OracleEncoder.Encode(HostileRegions.Dense with { FrequencyMax = 41 });
        yield return Of("MAN-6-digest", Entry, other, RegionMismatch, -1);

        OracleRegion six = HostileRegions.Dense with { Dimension = 6 };
        OracleManifestEntry ofSix = OracleManifestEntry.Of(six, OracleEncoder.Encode(six));
        yield return Of(
            "MAN-6-dimension", Entry with { File = "D05" + ofSix.File[3..] }, OracleEncoder.Encode(six), RegionMismatch, -1);
        yield return Of("MAN-6-name", Entry with { Name = "Din" }, Region, RegionMismatch, -1);
        yield return Of("MAN-6-no-name", Entry with { Name = null }, Region, RegionMismatch, -1);
        yield return Of("MAN-6-layers", Entry with { Layers = 3 }, Region, RegionMismatch, -1);
        yield return Of("MAN-6-simulated", Entry with { Simulated = true }, Region, RegionMismatch, -1);
        int locations = new OracleFile(Region).Offset(OracleFields.Kind.Locations);
        yield return Of(
            "MAN-6-region-damaged", Entry, new OracleFile(Region).Copy().Flip(locations + 3).Bytes, SectionChecksum, locations);

        HostileFolder Of(string name, OracleManifestEntry entry, byte[] region, FormatFault fault, long offset) =>
            Set(
                name, fault, offset,
                new Dictionary<string, byte[]>
                {
                    [OracleManifest.FileName] = OracleManifest.Encode([entry]),
                    [entry.File] = region
                });

        HostileFolder Set(string name, FormatFault fault, long offset, Dictionary<string, byte[]> files) =>
            new(name, fault, offset, false, files);
    }

    private static HostileFolder Raw(string name, FormatFault fault, long offset, byte[] manifest) =>
        new(name, fault, offset, true, new Dictionary<string, byte[]> { [OracleManifest.FileName] = manifest });

    /// <summary>Replaces <paramref name="old"/> in the body; the fault is where <paramref name="at"/> then stands, or the end
    /// of the object.</summary>
    private static HostileFolder Edited(string name, FormatFault fault, string old, string with, string? at)
    {
        string body = Body.Replace(old, with, StringComparison.Ordinal);
        byte[] manifest = OracleManifest.Seal(body);
        int offset = at is null ? manifest.Length - 2 : Encoding.UTF8.GetByteCount(
            body[..body.IndexOf(at, StringComparison.Ordinal)]);
        return Raw(name, fault, offset, manifest);
    }

    private static HostileFolder Value(string property, string value, FormatFault fault)
    {
        int start = Body.IndexOf($"\"{property}\": ", StringComparison.Ordinal) + property.Length + 4;
        int end = Body.IndexOfAny([',', '}'], start);
        string what = value switch
        {
            "\"\"" => "empty",
            ['"', ..] => "the-text-" + value.Trim('"'),
            _ => value,
        };
        return Raw($"MAN-4-{property}-is-{what}", fault, start, OracleManifest.Seal(Body[..start] + value + Body[end..]));
    }

    private static HostileFolder File(string what, string file)
    {
        byte[] manifest = OracleManifest.Encode([Entry with { File = file }]);
        return Raw(
            $"MAN-5-file-{what}", ManifestEntry,
            Encoding.UTF8.GetString(manifest).IndexOf($"\"{file}\"", StringComparison.Ordinal), manifest);
    }

    private static HostileFolder Entries(
        string name, FormatFault fault, OracleManifestEntry[] entries, string at, bool last = false)
    {
        byte[] manifest = OracleManifest.Encode(entries);
        string text = Encoding.UTF8.GetString(manifest);
        return Raw(
            name, fault, last ? text.LastIndexOf(at, StringComparison.Ordinal) : text.IndexOf(at, StringComparison.Ordinal),
            manifest);
    }

    /// <summary>Another end after the body whose checksum is right; the fault is where the checksum's line should begin.</summary>
    private static HostileFolder Tail(string name, string tail)
    {
        byte[] manifest = Encoding.UTF8.GetBytes(Body + tail);
        return Raw(name, ManifestSyntax, manifest.Length - ChecksumLine, manifest);
    }

    private static string Seal() => Encoding.UTF8.GetString(Whole)[Body.Length..];

    private static byte[] Sealed(string body, Action<byte[]> change)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        change(bytes);
        return OracleManifest.Seal(bytes);
    }

    private static int At(string text) => Body.IndexOf(text, StringComparison.Ordinal);
}
