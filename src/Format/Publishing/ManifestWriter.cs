using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lamina.Format.Publishing;

/// <summary>Writes a manifest in its canonical form. Spec: CAN-8.</summary>
internal static class ManifestWriter
{
    public static byte[] Write(IReadOnlyList<ManifestEntry> dimensions)
    {
        StringBuilder text = new("{\n  \"lamina\": \"1.0\",\n  \"dimensions\": [\n");
        for (int i = 0; i < dimensions.Count; i++)
        {
            ManifestEntry entry = dimensions[i];
            text.Append(CultureInfo.InvariantCulture, $"    {{\"id\": {entry.Dimension.Value}, ");
            if (entry.Name is not null)
                AppendString(text.Append("\"name\": "), entry.Name).Append(", ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"\"file\": \"{entry.File}\", \"length\": {entry.Length}, \"layers\": {entry.LayerCount}, ");
            text.Append("\"simulated\": ").Append(entry.Simulated ? "true}" : "false}");
            text.Append(i < dimensions.Count - 1 ? ",\n" : "\n");
        }

        text.Append("  ],\n");
        byte[] body = Encoding.UTF8.GetBytes(text.ToString());
        ArrayBufferWriter<byte> manifest = new(body.Length + ManifestLayout.TailLength);
        manifest.Write(body);
        manifest.Write(Encoding.UTF8.GetBytes(ManifestLayout.BeforeDigits));
        manifest.Write(Encoding.ASCII.GetBytes(Checksums.Part(body).ToString("x16", CultureInfo.InvariantCulture)));
        manifest.Write(Encoding.UTF8.GetBytes(ManifestLayout.AfterDigits));
        return manifest.WrittenSpan.ToArray();
    }

    private static StringBuilder AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char character in value)
        {
            if (character is '"' or '\\')
                text.Append('\\').Append(character);
            else if (character < ' ')
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                text.Append(character);
        }

        return text.Append('"');
    }
}
