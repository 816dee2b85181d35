using System.Buffers.Text;
using System.IO.Hashing;
using System.Text.Json;

namespace Lamina.Bench.Data;

/// <summary>Writes sources whose contents are made of their identifiers, and knows the hash of each.</summary>
/// <remarks>A content is a line of hexadecimal digits after the other, half of them the same: LZ4 makes a third of it.</remarks>
internal static class SyntheticSource
{
    private const int LineLength = 64;

    /// <summary>Writes a <c>dimensions.json</c> of dimensions 1 to <paramref name="dimensions"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">How many dimensions.</param>
    /// <param name="layers">Layers of each, numbered from 0.</param>
    /// <param name="length">Bytes of each layer.</param>
    /// <param name="versionOf">Which version of its contents a dimension has.</param>
    /// <returns>XXH3-64 of each content, by dimension (from 0) and layer.</returns>
    public static ulong[][] Write(string path, int dimensions, int layers, Func<int, int> length, Func<int, int> versionOf)
    {
        ulong[][] hashes = new ulong[dimensions][];
        using FileStream stream = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteStartArray("dimensions");
        for (int d = 1; d <= dimensions; d++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", d);
            json.WriteString("name", $"Dimension{d}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("layers");
        byte[] content = new byte[1 << 16];
        for (int d = 1; d <= dimensions; d++)
        {
            hashes[d - 1] = new ulong[layers];
            int version = versionOf(d);
            for (int i = 0; i < layers; i++)
            {
                Span<byte> text = content.AsSpan(0, length(i));
                Fill(text, ((ulong)version << 48) | ((ulong)d << 32) | (uint)i);
                hashes[d - 1][i] = XxHash3.HashToUInt64(text);
                json.WriteStartObject();
                json.WriteNumber("dimension_id", d);
                json.WriteNumber("layer_num", i);
                json.WriteString("content", text);
                json.WriteEndObject();
                if (json.BytesPending > 1 << 20)
                    json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return hashes;
    }

    private static void Fill(Span<byte> text, ulong identity)
    {
        ulong state = identity;
        text.Fill((byte)' ');
        for (int at = 0; at < text.Length; at += LineLength)
        {
            Span<byte> line = text.Slice(at, Math.Min(LineLength, text.Length - at));
            Utf8Formatter.TryFormat(identity, line, out _, new System.Buffers.StandardFormat('x', 16));
            if (line.Length > 32)
                Utf8Formatter.TryFormat(SplitMix.Next(ref state), line[17..], out _, new System.Buffers.StandardFormat('x', 16));
        }
    }
}
