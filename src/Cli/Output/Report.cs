using System.Text.Encodings.Web;
using System.Text.Json;
using Lamina.Format.Schema;

namespace Lamina.Cli.Output;

/// <summary>Results as one JSON object, for programs.</summary>
internal static class Report
{
    // The relaxed encoder still escapes control characters, quotes and backslashes.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the object whose properties <paramref name="writeProperties"/> writes.</summary>
    public static void Write(CliHost host, Action<Utf8JsonWriter> writeProperties)
    {
        using Utf8JsonWriter writer = new(host.Output, Options);
        try
        {
            writer.WriteStartObject();
            writeProperties(writer);
            writer.WriteEndObject();
        }
        catch
        {
            // Disposing would write what is there as if it were a result.
            writer.Reset();
            throw;
        }

        writer.Flush();
        host.Output.Write("\n"u8);
        host.Output.Flush();
    }

    /// <summary>Hands a part of a long list to the stream, so that memory does not grow with it.</summary>
    public static void FlushLongList(Utf8JsonWriter writer)
    {
        if (writer.BytesPending > 32 * 1024)
            writer.Flush();
    }

    /// <summary>Writes <paramref name="value"/>, or null.</summary>
    public static void WriteNumber(this Utf8JsonWriter writer, string property, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(property, number);
        else
            writer.WriteNull(property);
    }

    /// <summary>Writes <paramref name="value"/>, or null.</summary>
    public static void WriteNumber(this Utf8JsonWriter writer, string property, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(property, number);
        else
            writer.WriteNull(property);
    }

    /// <summary>Writes what is wrong with a source.</summary>
    public static void WriteDiagnostics(this Utf8JsonWriter writer, IReadOnlyList<InputDiagnostic> diagnostics)
    {
        writer.WriteStartArray("diagnostics");
        foreach (InputDiagnostic diagnostic in diagnostics)
        {
            writer.WriteStartObject();
            writer.WriteString("severity", diagnostic.Severity == InputSeverity.Error ? "error" : "warning");
            writer.WriteString("code", diagnostic.Code);
            writer.WriteString("file", diagnostic.File);
            writer.WriteNumber("line", diagnostic.Position.Line);
            writer.WriteNumber("column", diagnostic.Position.Column);
            writer.WriteString("message", diagnostic.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
