using Lamina.Format.Inspection;

namespace Lamina.Cli.Output;

/// <summary>The layers that have a keyword.</summary>
internal static class FindOutput
{
    /// <summary>Writes a line for each layer.</summary>
    /// <returns>How many.</returns>
    public static long Write(CliHost host, IEnumerable<(LayerDescription Layer, string? Dimension, KeywordMatch Match)> matches)
    {
        long found = 0;
        foreach ((LayerDescription layer, _, KeywordMatch match) in matches)
        {
            host.Out.WriteLine($"{layer.Id}\t{Printable.Of(layer.Name ?? string.Empty)}\t{Printable.Of(string.Join(", ", match.Keywords))}");
            found++;
        }

        return found;
    }

    public static void WriteJson(
        CliHost host, string word, bool prefix, IEnumerable<(LayerDescription Layer, string? Dimension, KeywordMatch Match)> matches) =>
        Report.Write(host, writer =>
        {
            writer.WriteString("word", word);
            writer.WriteBoolean("prefix", prefix);
            writer.WriteStartArray("layers");
            foreach ((LayerDescription layer, string? dimension, KeywordMatch match) in matches)
            {
                writer.WriteStartObject();
                writer.WriteString("id", layer.Id.ToString());
                writer.WriteString("dimension", dimension);
                writer.WriteString("name", layer.Name);
                writer.WriteNumber("bytes", layer.Length);
                writer.WriteStartArray("keywords");
                foreach (string keyword in match.Keywords)
                    writer.WriteStringValue(keyword);
                writer.WriteEndArray();
                writer.WriteEndObject();
                Report.FlushLongList(writer);
            }

            writer.WriteEndArray();
        });
}
