using System.Text.Json;
using Lamina.Format.Inspection;

namespace Lamina.Cli.Output;

/// <summary>What two data sets do not agree on.</summary>
internal static class DiffOutput
{
    private static readonly (DifferenceAspects Aspect, string Name)[] Aspects =
    [
        (DifferenceAspects.Content, "content"),
        (DifferenceAspects.Name, "name"),
        (DifferenceAspects.Parent, "parent"),
        (DifferenceAspects.Depth, "depth"),
        (DifferenceAspects.Frequency, "frequency"),
        (DifferenceAspects.Keywords, "keywords"),
        (DifferenceAspects.Simulated, "simulated"),
        (DifferenceAspects.Size, "size"),
    ];

    /// <summary>Writes a line for each difference and a line that counts them.</summary>
    /// <returns>Whether there is none.</returns>
    public static bool Write(CliHost host, IEnumerable<DataSetDifference> differences)
    {
        Counts layers = new();
        Counts dimensions = new();
        foreach (DataSetDifference difference in differences)
        {
            (difference.Layer is null ? dimensions : layers).Add(difference.Kind);
            string line = $"{Sign(difference.Kind)} {IdOf(difference)}\t{Printable.Of(difference.Name ?? string.Empty)}\t{string.Join(", ", NamesOf(difference.Aspects))}";
            host.Out.WriteLine(line.TrimEnd('\t'));
        }

        bool same = layers.Sum + dimensions.Sum == 0;
        host.Out.WriteLine(same
            ? "The data sets are the same."
            : $"Layers: {layers}. Dimensions: {dimensions}.");
        return same;
    }

    /// <summary>Writes the differences as they are found, then how many there are.</summary>
    /// <returns>Whether there is none.</returns>
    public static bool WriteJson(CliHost host, IEnumerable<DataSetDifference> differences)
    {
        Counts layers = new();
        Counts dimensions = new();
        Report.Write(host, writer =>
        {
            writer.WriteStartArray("differences");
            foreach (DataSetDifference difference in differences)
            {
                (difference.Layer is null ? dimensions : layers).Add(difference.Kind);
                writer.WriteStartObject();
                writer.WriteString("kind", NameOf(difference.Kind));
                writer.WriteString("id", IdOf(difference));
                writer.WriteString("name", difference.Name);
                writer.WriteStartArray("aspects");
                foreach (string aspect in NamesOf(difference.Aspects))
                    writer.WriteStringValue(aspect);
                writer.WriteEndArray();
                writer.WriteEndObject();
                Report.FlushLongList(writer);
            }

            writer.WriteEndArray();
            layers.WriteJson(writer, "layers");
            dimensions.WriteJson(writer, "dimensions");
            writer.WriteBoolean("same", layers.Sum + dimensions.Sum == 0);
        });
        return layers.Sum + dimensions.Sum == 0;
    }

    private static string IdOf(DataSetDifference difference) => difference.Layer?.ToString() ?? difference.Dimension.ToString();

    private static char Sign(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Added => '+',
        DifferenceKind.Removed => '-',
        _ => '~',
    };

    private static string NameOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Added => "added",
        DifferenceKind.Removed => "removed",
        _ => "changed",
    };

    private static IEnumerable<string> NamesOf(DifferenceAspects aspects) =>
        Aspects.Where(aspect => aspects.HasFlag(aspect.Aspect)).Select(static aspect => aspect.Name);

    private sealed class Counts
    {
        private long _added;
        private long _removed;
        private long _changed;

        public long Sum => _added + _removed + _changed;

        public void Add(DifferenceKind kind)
        {
            switch (kind)
            {
                case DifferenceKind.Added:
                    _added++;
                    break;
                case DifferenceKind.Removed:
                    _removed++;
                    break;
                default:
                    _changed++;
                    break;
            }
        }

        public override string ToString() =>
            $"{SizeText.Count(_added)} added, {SizeText.Count(_removed)} removed, {SizeText.Count(_changed)} changed";

        public void WriteJson(Utf8JsonWriter writer, string property)
        {
            writer.WriteStartObject(property);
            writer.WriteNumber("added", _added);
            writer.WriteNumber("removed", _removed);
            writer.WriteNumber("changed", _changed);
            writer.WriteEndObject();
        }
    }
}
