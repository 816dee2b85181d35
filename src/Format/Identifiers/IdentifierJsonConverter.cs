using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lamina;

/// <summary>Writes an identifier as its text form, as a value and as a property name, without a string in between.</summary>
internal abstract class IdentifierJsonConverter<T> : JsonConverter<T>
    where T : struct, IUtf8SpanFormattable, ISpanParsable<T>
{
    // Escapes (\u0044 for D) make an identifier six times as long at most.
    private const int MaxTokenLength = 6 * LayerId.MaxTextLength;

    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryRead(ref reader, out T value) ? value : throw NotAnIdentifier();

    public sealed override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryRead(ref reader, out T value) ? value : throw NotAnIdentifier();

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[LayerId.MaxTextLength];
        value.TryFormat(text, out int written, default, null);
        writer.WriteStringValue(text[..written]);
    }

    public sealed override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[LayerId.MaxTextLength];
        value.TryFormat(text, out int written, default, null);
        writer.WritePropertyName(text[..written]);
    }

    private static bool TryRead(ref Utf8JsonReader reader, out T value)
    {
        value = default;
        if ((reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) > MaxTokenLength)
            return false;

        Span<char> text = stackalloc char[MaxTokenLength];
        return T.TryParse(text[..reader.CopyString(text)], null, out value);
    }

    private static JsonException NotAnIdentifier() =>
        new($"The JSON value is not a {typeof(T).Name}; write a string such as {(typeof(T) == typeof(LayerId) ? "D01:L3" : "D01")}.");
}
