using System.Globalization;
using Lamina.Format.Conversion;
using Lamina.Format.Inspection;
using Lamina.Format.Publishing;
using Lamina.Format.Schema;

namespace Lamina.Cli.Output;

/// <summary>What a conversion made, or why it made nothing.</summary>
internal static class ConversionOutput
{
    // Of each severity.
    private const int MostReported = 100;

    /// <summary>Errors and warnings on standard error, a line each, in the form that build tools recognise.</summary>
    public static void WriteDiagnostics(CliHost host, IReadOnlyList<InputDiagnostic> diagnostics)
    {
        foreach (InputDiagnostic diagnostic in diagnostics)
            host.Error.WriteLine(Printable.Of(diagnostic.ToString()));
    }

    /// <summary><c>2 errors, 1 warning</c>.</summary>
    public static string Count(IReadOnlyList<InputDiagnostic> diagnostics)
    {
        int errors = diagnostics.Count(static diagnostic => diagnostic.Severity == InputSeverity.Error);
        int warnings = diagnostics.Count - errors;
        string counted = warnings == 0
            ? Plural.Of(errors, "error")
            : $"{Plural.Of(errors, "error")}, {Plural.Of(warnings, "warning")}";
        return errors >= MostReported || warnings >= MostReported ? $"{counted}, and perhaps more" : counted;
    }

    public static void Write(CliHost host, string output, ConversionResult result)
    {
        double seconds = Math.Max(result.Elapsed.TotalSeconds, 0.001);
        CultureInfo invariant = CultureInfo.InvariantCulture;
        host.Out.WriteLine(
            $"{Plural.Of(result.Manifest.Dimensions.Count, "dimension")}, {Plural.Of(result.Layers, "layer")} in {Printable.Of(output)}");
        host.Out.WriteLine($"  input    {SizeText.Size(result.BytesRead)}");
        host.Out.WriteLine($"  content  {SizeText.Size(result.ContentBytes)}");
        host.Out.WriteLine(string.Create(
            invariant, $"  blocks   {SizeText.Size(result.StoredBytes)} ({Ratio(result):F2}:1)"));
        host.Out.WriteLine($"  files    {SizeText.Size(result.FileBytes)}");
        host.Out.WriteLine(string.Create(
            invariant, $"  time     {result.Elapsed.TotalSeconds:F2} s ({SizeText.Size(result.BytesRead / seconds)}/s)"));
        host.Out.WriteLine(string.Create(
            invariant,
            $"           {result.Times.Reading.TotalSeconds:F2} s reading, {result.Times.Finishing.TotalSeconds:F2} s finishing, {result.Times.Publishing.TotalSeconds:F2} s publishing"));
        int simulated = result.Manifest.Dimensions.Count(static dimension => dimension.Simulated);
        if (simulated > 0)
            host.Out.WriteLine($"  {Plural.Of(simulated, "dimension")} with simulated layers");
    }

    public static void WriteJson(CliHost host, string output, ConversionResult result) => Report.Write(host, writer =>
    {
        writer.WriteBoolean("ok", true);
        writer.WriteString("output", output);
        writer.WriteNumber("layers", result.Layers);
        writer.WriteNumber("input_bytes", result.BytesRead);
        writer.WriteNumber("content_bytes", result.ContentBytes);
        writer.WriteNumber("stored_bytes", result.StoredBytes);
        writer.WriteNumber("file_bytes", result.FileBytes);
        writer.WriteNumber("ratio", Math.Round(Ratio(result), 4));
        writer.WriteNumber("elapsed_seconds", Seconds(result.Elapsed));
        writer.WriteNumber("reading_seconds", Seconds(result.Times.Reading));
        writer.WriteNumber("finishing_seconds", Seconds(result.Times.Finishing));
        writer.WriteNumber("publishing_seconds", Seconds(result.Times.Publishing));
        writer.WriteStartArray("dimensions");
        foreach (ManifestEntry entry in result.Manifest.Dimensions)
        {
            writer.WriteStartObject();
            writer.WriteString("dimension", entry.Dimension.ToString());
            writer.WriteString("name", entry.Name);
            writer.WriteString("file", entry.File);
            writer.WriteNumber("bytes", entry.Length);
            writer.WriteNumber("layers", entry.LayerCount);
            writer.WriteBoolean("simulated", entry.Simulated);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteDiagnostics(result.Warnings);
    });

    public static void WriteFailureJson(CliHost host, IReadOnlyList<InputDiagnostic> diagnostics) => Report.Write(host, writer =>
    {
        writer.WriteBoolean("ok", false);
        writer.WriteDiagnostics(diagnostics);
    });

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 6);

    private static double Ratio(ConversionResult result) =>
        result.StoredBytes == 0 ? 1 : (double)result.ContentBytes / result.StoredBytes;
}
