using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lamina.Bench.Data;

/// <summary>Writes a dimensions.json, a layer a line, escaping what must be escaped and nothing else.</summary>
internal sealed class SourceWriter : IDisposable
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static value => (byte)value), (byte)'"', (byte)'\\']);

    private readonly FileStream _file;

    private SourceWriter(string path) => _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);

    /// <summary>Writes what <paramref name="maker"/> makes; the file has its name when it is whole.</summary>
    public static void Write(string path, ISourceMaker maker)
    {
        string unfinished = path + ".tmp";
        using (SourceWriter writer = new(unfinished))
            writer.Write(maker);
        File.Move(unfinished, path, overwrite: true);
    }

    public void Dispose() => _file.Dispose();

    private void Write(ISourceMaker maker)
    {
        int count = maker.Dimensions.Count;
        long[] sizes = new long[count + 1];
        double[] lowest = new double[count + 1];
        double[] highest = new double[count + 1];
        Array.Fill(lowest, double.MaxValue);
        foreach (SourceLayer layer in maker.Layers())
        {
            sizes[layer.Dimension] += layer.Content.Length;
            lowest[layer.Dimension] = Math.Min(lowest[layer.Dimension], layer.Frequency);
            highest[layer.Dimension] = Math.Max(highest[layer.Dimension], layer.Frequency);
        }

        Text("{\"dimensions\":[");
        for (int i = 1; i <= count; i++)
        {
            Text(string.Create(CultureInfo.InvariantCulture, $"{(i > 1 ? "," : "")}\n{{\"id\":{i},\"name\":"));
            String(Encoding.UTF8.GetBytes(maker.Dimensions[i - 1]));
            Text($",\"frequency_min\":{Number(Math.Min(lowest[i], highest[i]))},\"frequency_max\":{Number(highest[i])}");
            Text(string.Create(CultureInfo.InvariantCulture, $",\"size_bytes\":{maker.SizeBytes ?? sizes[i]}}}"));
        }

        Text("\n],\"layers\":[");
        long[] offsets = new long[count + 1];
        string separator = "\n";
        foreach (SourceLayer layer in maker.Layers())
        {
            Text(separator);
            Write(layer, offsets[layer.Dimension]);
            offsets[layer.Dimension] += layer.Content.Length;
            separator = ",\n";
        }

        Text("\n]}\n");
    }

    private void Write(in SourceLayer layer, long offset)
    {
        string parent = layer.Parent?.ToString(CultureInfo.InvariantCulture) ?? "null";
        Text(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"dimension_id\":{layer.Dimension},\"layer_num\":{layer.Number},\"depth\":{layer.Depth},\"parent_layer\":{parent},\"keywords\":["));
        for (int i = 0; i < layer.Keywords.Length; i++)
        {
            if (i > 0)
                Text(",");
            String(Encoding.UTF8.GetBytes(layer.Keywords[i]));
        }

        Text(string.Create(CultureInfo.InvariantCulture, $"],\"frequency\":{Number(layer.Frequency)},\"mmap_offset\":{offset},\"content\":"));
        String(layer.Content.Span);
        Text("}");
    }

    private static string Number(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private void String(ReadOnlySpan<byte> utf8)
    {
        _file.WriteByte((byte)'"');
        while (true)
        {
            int at = utf8.IndexOfAny(Escaped);
            if (at < 0)
                break;
            _file.Write(utf8[..at]);
            Text(utf8[at] switch
            {
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                (byte)'\n' => "\\n",
                (byte)'\r' => "\\r",
                (byte)'\t' => "\\t",
                (byte)'\b' => "\\b",
                (byte)'\f' => "\\f",
                byte other => string.Create(CultureInfo.InvariantCulture, $"\\u{other:x4}"),
            });
            utf8 = utf8[(at + 1)..];
        }

        _file.Write(utf8);
        _file.WriteByte((byte)'"');
    }

    private void Text(string ascii)
    {
        Span<byte> bytes = stackalloc byte[ascii.Length];
        Encoding.ASCII.GetBytes(ascii, bytes);
        _file.Write(bytes);
    }
}
