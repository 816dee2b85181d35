using Lamina.Format.Inspection;
using Lamina.Format.Verification;
using Spectre.Console;

namespace Lamina.Cli.Output;

/// <summary>What a check found.</summary>
internal static class VerificationOutput
{
    public static void Write(CliHost host, VerificationReport report)
    {
        Table table = Tables.Create("State", "Dimension", ">Size", ">Layers", ">Blocks", "File");
        foreach (VerifiedFile file in report.Files)
        {
            bool whole = file.Fault is null;
            bool isRegion = file.Dimension is not null;
            table.AddRow(
                Tables.Mark(whole ? "whole" : "damaged", whole),
                new Text(file.Dimension?.ToString() ?? string.Empty),
                new Text(SizeText.Size(file.Length)),
                new Text(isRegion && whole ? SizeText.Count(file.Layers) : string.Empty),
                new Text(isRegion && whole ? SizeText.Count(file.Blocks) : string.Empty),
                new Text(Printable.Of(Path.GetFileName(file.Path))));
        }

        Tables.Write(host, table);
        int damaged = 0;
        foreach (VerifiedFile file in report.Files)
        {
            if (file.Fault is null)
                continue;
            damaged++;
            host.Out.WriteLine($"{file.Fault.Fault}: {Printable.Of(file.Fault.Message)}");
        }

        string size = SizeText.Size(report.Files.Sum(static file => file.Length));
        host.Out.WriteLine(damaged == 0
            ? $"{Plural.Of(report.Files.Count, "file")} checked ({size}); every bit is as it was written."
            : $"{damaged} of {Plural.Of(report.Files.Count, "file")} checked ({size}) {(damaged == 1 ? "is" : "are")} damaged.");
    }

    public static void WriteJson(CliHost host, VerificationReport report) => Report.Write(host, writer =>
    {
        writer.WriteBoolean("ok", report.IsValid);
        writer.WriteStartArray("files");
        foreach (VerifiedFile file in report.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("path", file.Path);
            writer.WriteString("dimension", file.Dimension?.ToString());
            writer.WriteNumber("bytes", file.Length);
            writer.WriteNumber("layers", file.Layers);
            writer.WriteNumber("blocks", file.Blocks);
            if (file.Fault is { } fault)
            {
                writer.WriteStartObject("fault");
                writer.WriteString("kind", fault.Fault.ToString());
                writer.WriteNumber("offset", fault.Offset);
                writer.WriteString("message", fault.Message);
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteNull("fault");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
