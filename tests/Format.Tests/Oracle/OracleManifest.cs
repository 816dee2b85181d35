using System.Globalization;
using System.Text;

namespace Lamina.Format.Tests.Oracle;

/// <summary>Chapter 8, plainly.</summary>
internal static class OracleManifest
{
    public const string FileName = "manifest.json";

    private const string ChecksumLine = "  \"checksum\": \"";

    /// <summary>CAN-8: as the example of MAN-2.</summary>
    public static byte[] Encode(IEnumerable<OracleManifestEntry> entries)
    {
        StringBuilder text = new("{\n  \"lamina\": \"1.0\",\n  \"dimensions\": [\n");
        text.AppendJoin(",\n", entries.Select(Line));
        return Seal(text.Append("\n  ],\n").ToString());
    }

    /// <summary>MAN-7: the checksum's line and the end after <paramref name="body"/>.</summary>
    public static byte[] Seal(string body) => Seal(Encoding.UTF8.GetBytes(body));

    public static byte[] Seal(byte[] body)
    {
        string checksum = OracleHash.Part(body).ToString("x16", CultureInfo.InvariantCulture);
        return [.. body, .. Encoding.UTF8.GetBytes($"{ChecksumLine}{checksum}\"\n}}\n")];
    }

    public static IReadOnlyList<OracleManifestEntry> Decode(byte[] utf8)
    {
        OracleJson root;
        try
        {
            root = OracleJson.Parse(utf8);
        }
        catch (FormatException e)
        {
            throw new OracleFaultException("MAN-2", "ManifestSyntax", 0, e.Message);
        }

        Check(root.Properties is { Count: > 0 }, "MAN-2", "ManifestSyntax", "Not an object.");
        Check(
            root.Properties![0].Name == "lamina" && root["lamina"]!.Value is string, "MAN-3", "ManifestSyntax",
            "The version is not first.");
        string version = (string)root["lamina"]!.Value!;
        Check(version.StartsWith("1.", StringComparison.Ordinal), "MAN-3", "ManifestVersion", version);

        string text = Encoding.UTF8.GetString(utf8);
        int line = text.LastIndexOf('\n' + ChecksumLine, StringComparison.Ordinal) + 1;
        Check(
            line > 0 && text.Length == line + ChecksumLine.Length + 16 + "\"\n}\n".Length
                && text.EndsWith("\"\n}\n", StringComparison.Ordinal),
            "MAN-7", "ManifestSyntax", "No checksum line at the end.");
        byte[] body = Encoding.UTF8.GetBytes(text[..line]);
        Check(
            text.AsSpan(line + ChecksumLine.Length, 16).SequenceEqual(
                OracleHash.Part(body).ToString("x16", CultureInfo.InvariantCulture)),
            "MAN-7", "ManifestChecksum", "The checksum is another.");

        List<OracleManifestEntry> entries = [];
        Check(root["dimensions"]?.Items is not null, "MAN-4", "ManifestSyntax", "No dimensions.");
        foreach (OracleJson item in root["dimensions"]!.Items!)
        {
            OracleManifestEntry entry = Entry(item);
            Check(entries.Count == 0 || entries[^1].Id < entry.Id, "MAN-4", "ManifestEntry", "Dimensions do not ascend.");
            entries.Add(entry);
        }

        Check(entries.Count > 0, "MAN-4", "ManifestEntry", "No dimension.");
        return entries;
    }

    private static OracleManifestEntry Entry(OracleJson item)
    {
        Check(item.Properties is not null, "MAN-4", "ManifestSyntax", "An entry that is no object.");
        ulong id = Integer("id");
        Check(id is >= 1 and <= 65535, "MAN-4", "ManifestEntry", "A dimension that is none.");
        OracleJson? name = item["name"];
        Check(name is null or { Value: string }, "MAN-4", "ManifestSyntax", "name");
        Check(name is null or { Value: not "" }, "LIM-7", "ManifestEntry", "An empty name.");
        Check(name is null || Encoding.UTF8.GetByteCount((string)name.Value!) <= 1024, "LIM-7", "LimitExceeded", "name");
        Check(item["file"]?.Value is string, "MAN-4", "ManifestSyntax", "file");
        Check(item["simulated"]?.Value is bool, "MAN-4", "ManifestSyntax", "simulated");
        ulong length = Integer("length");
        ulong layers = Integer("layers");
        Check(length <= 281_474_976_710_656, "LIM-15", "LimitExceeded", "length");
        Check(layers <= 33_554_432, "LIM-2", "LimitExceeded", "layers");
        OracleManifestEntry entry = new()
        {
            Id = (ushort)id,
            Name = (string?)name?.Value,
            File = (string)item["file"]!.Value!,
            Length = (long)length,
            Layers = (int)layers,
            Simulated = (bool)item["simulated"]!.Value!,
        };
        string prefix = new OracleRegion { Dimension = entry.Id }.Id + "-";
        bool named = entry.File.Length == prefix.Length + 32 + ".lamina".Length
            && entry.File.StartsWith(prefix, StringComparison.Ordinal)
            && entry.File.EndsWith(".lamina", StringComparison.Ordinal)
            && entry.File.Substring(prefix.Length, 32).All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
        Check(named, "MAN-5", "ManifestEntry", "A file with another name.");
        return entry;

        ulong Integer(string property)
        {
            ulong? value = (item[property]?.Value as OracleJsonNumber)?.Integer;
            Check(value is not null, "MAN-4", "ManifestSyntax", property);
            return value!.Value;
        }
    }

    private static string Line(OracleManifestEntry entry)
    {
        string name = entry.Name is null ? "" : $"\"name\": {Quote(entry.Name)}, ";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"    {{\"id\": {entry.Id}, {name}\"file\": {Quote(entry.File)}, \"length\": {entry.Length}, \"layers\": {entry.Layers}, \"simulated\": {(entry.Simulated ? "true" : "false")}}}");
    }

    /// <summary>CAN-8: `"`, `\` and control characters are escaped, everything else is as it is.</summary>
    private static string Quote(string text) =>
        "\"" + string.Concat(text.Select(static c => c switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            _ => c.ToString(),
        })) + "\"";

    private static void Check(bool holds, string clause, string fault, string message)
    {
        if (!holds)
            throw new OracleFaultException(clause, fault, 0, message);
    }
}
