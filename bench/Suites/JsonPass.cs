using System.Text.Json;

namespace Lamina.Bench.Suites;

/// <summary>One in-memory <see cref="Utf8JsonReader"/> pass that copies out every string: what merely reading the source costs.</summary>
internal static class JsonPass
{
    public static long Run(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        byte[] copy = new byte[1 << 16];
        long bytes = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.String)
                continue;
            if (copy.Length < reader.ValueSpan.Length)
                copy = new byte[reader.ValueSpan.Length * 2];
            bytes += reader.CopyString(copy);
        }

        return bytes;
    }
}
