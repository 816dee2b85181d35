using System.Globalization;
using Lamina.Format.Reading;
using Lamina.Format.Verification;

namespace Lamina.Format.Inspection.Html;

/// <summary>Writes what there is to see of one region file.</summary>
internal static class RegionArticle
{
    /// <summary>Writes the article of <paramref name="file"/>; of a damaged file, as much as can be read.</summary>
    /// <param name="html">Takes the article.</param>
    /// <param name="file">The region file.</param>
    /// <param name="verified">What a check found of it.</param>
    /// <param name="mostLayers">The most layers to write.</param>
    public static void Write(HtmlWriter html, RegionFile file, VerifiedFile verified, int mostLayers)
    {
        string id = IdOf(file, verified);
        string? name = file.Entry?.Name;
        try
        {
            using RegionReader reader = file.Open();
            Region region = reader.Open;
            RegionSummary? summary = Summarize(reader, file.Path);
            name ??= summary?.Name;
            WriteHeading(html, id, name, verified);
            WriteFacts(html, file, region, summary);
            long fault = verified.Fault?.Offset ?? -1;
            html.Raw("<h3>Map of the file</h3>\n");
            FileMap.Write(html, region, fault);
            PageParts.WriteLegend(html);
            html.Raw("<h3>Checksums</h3>\n");
            SectionList.Write(html, region, fault);
            if (region.LayerCount > 0)
            {
                html.Raw("<h3>Contents by layer</h3>\n");
                html.Raw("<p class=\"q\">Pale bars are bytes of content, full bars what is stored for them.</p>\n");
                LayerChart.Write(html, region);
            }

            if (summary is null)
            {
                html.Raw("<p>The descriptions of this file are damaged, so keywords and layers cannot be shown.</p>\n");
            }
            else
            {
                html.Raw("<h3>Keywords</h3>\n");
                KeywordList.Write(html, region);
                html.Raw("<h3>Layers</h3>\n");
                LayerTree.Write(html, region, mostLayers);
            }
        }
        catch (LaminaFormatException fault)
        {
            WriteHeading(html, id, name, verified);
            html.Line($"<p>This file cannot be opened. {fault.Fault}: {fault.Message}</p>");
        }

        html.Raw("</section>\n");
    }

    /// <summary>What links call the article.</summary>
    public static string IdOf(RegionFile file, VerifiedFile verified) =>
        file.Entry?.Dimension.ToString() ?? verified.Dimension?.ToString() ?? "region";

    private static RegionSummary? Summarize(RegionReader reader, string path)
    {
        try
        {
            return RegionInspector.Summarize(reader, path);
        }
        catch (LaminaFormatException)
        {
            // Names, keywords and hierarchy are damaged; contents and tables may be whole.
            return null;
        }
    }

    private static void WriteHeading(HtmlWriter html, string id, string? name, VerifiedFile verified)
    {
        html.Line($"<section id=\"{id}\" aria-labelledby=\"h-{id}\"><h2 id=\"h-{id}\"><code>{id}</code> <bdi>{name}</bdi></h2>");
        if (verified.Fault is { } fault)
            html.Line($"<p class=\"state bad\"><strong>{fault.Fault}</strong> {fault.Message}</p>");
    }

    private static void WriteFacts(HtmlWriter html, RegionFile file, Region region, RegionSummary? summary)
    {
        html.Raw("<dl class=\"facts\">\n");
        html.Line($"<div class=\"long\"><dt>File</dt><dd>{Path.GetFileName(file.Path)}</dd></div>");
        Fact("Size", $"{SizeText.Size(region.FileLength)} ({SizeText.Count(region.FileLength)} bytes)");
        Fact("Content", SizeText.Size(region.ContentLength));
        if (summary is not null)
        {
            Fact("Stored", $"{SizeText.Size(summary.StoredBytes)} ({Figures.Ratio(summary.ContentBytes, summary.StoredBytes)})");
            Fact("Layers", Layers(region, summary));
            Fact("Keywords", $"{SizeText.Count(summary.Keywords)} different, {Figures.Count(summary.KeywordUses, "use")}");
            Fact("Format", summary.Version);
        }

        Fact("Blocks", $"{SizeText.Count(region.BlockCount)} of up to {SizeText.Size(region.BlockSize)}");
        Fact("Alignment", SizeText.Size(region.ContentAlignment));
        if (region.SizeBytes is { } size)
            Fact("Reserved", SizeText.Size(size));
        if (region.FrequencyMin is not null || region.FrequencyMax is not null)
            Fact("Frequency", $"{Hertz(region.FrequencyMin)} to {Hertz(region.FrequencyMax)} Hz");
        Fact("XXH128 digest", region.Digest.ToString());
        Fact("Fingerprint", region.Fingerprint.ToString());
        html.Raw("</dl>\n");

        void Fact(string label, string value) => html.Line($"<div><dt>{label}</dt><dd>{value}</dd></div>");
    }

    private static string Layers(Region region, RegionSummary summary)
    {
        if (region.LayerCount == 0)
            return "none";
        uint last = region.NumberOf(region.LayerCount - 1);
        string gaps = region.IsDense ? string.Empty : " with gaps";
        string numbers = string.Create(CultureInfo.InvariantCulture, $"L{region.NumberOf(0)} to L{last}{gaps}");
        string all = $"{SizeText.Count(region.LayerCount)} ({numbers}), {SizeText.Count(summary.NamedLayers)} named";
        if (summary.EmptyLayers > 0)
            all += $", {SizeText.Count(summary.EmptyLayers)} empty";
        return summary.SimulatedLayers > 0 ? $"{all}, {SizeText.Count(summary.SimulatedLayers)} simulated" : all;
    }

    private static string Hertz(double? value) => value is { } hertz ? hertz.ToString(CultureInfo.InvariantCulture) : "any";
}
