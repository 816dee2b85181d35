using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Lamina.Bench.Checks;

/// <summary>Compares each layer that the runtime reads with what System.Text.Json reads from the source.</summary>
internal static class ReadBack
{
    /// <summary>Compares all layers; 0 if every byte is the same.</summary>
    public static int Run(string json, string folder)
    {
        byte[] source = File.ReadAllBytes(json);
        using MmapManager manager = MmapManager.Open(folder);
        Stopwatch watch = Stopwatch.StartNew();
        Utf8JsonReader reader = new(source);
        byte[] content = new byte[1 << 16];
        long layers = 0;
        long bytes = 0;
        long different = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("layers"u8))
                continue;
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                LayerId id = ReadLayer(ref reader, ref content, out int length);
                using LayerLease lease = manager.Acquire(id);
                layers++;
                bytes += length;
                if (lease.Span.SequenceEqual(content.AsSpan(0, length)))
                    continue;
                if (different++ < 10)
                    Console.Error.WriteLine($"{id} differs: {lease.Span.Length} bytes read, {length} in the source.");
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{layers} layers, {bytes} bytes, {different} different, {watch.Elapsed.TotalSeconds:F2} s with parsing"));
        return layers > 0 && different == 0 ? 0 : 1;
    }

    private static LayerId ReadLayer(ref Utf8JsonReader reader, ref byte[] content, out int length)
    {
        ushort dimension = 0;
        uint number = 0;
        length = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dimension_id"u8))
            {
                reader.Read();
                dimension = reader.GetUInt16();
            }
            else if (reader.ValueTextEquals("layer_num"u8))
            {
                reader.Read();
                number = reader.GetUInt32();
            }
            else if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                int most = (int)(reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length);
                if (content.Length < most)
                    content = new byte[most * 2];
                length = reader.CopyString(content);
            }
            else
            {
                reader.Skip();
            }
        }

        return new LayerId(dimension, number);
    }
}
