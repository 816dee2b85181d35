using Lamina.Format.Verification;

namespace Lamina.Format.Inspection.Html;

/// <summary>Writes a page that shows what is in a data set or region file, and whether it is whole.</summary>
/// <remarks>
/// <para>
/// The page is one HTML file, also well-formed as XML: no script, no network, no fonts or pictures of others, and a policy that
/// forbids them. Text from the files is escaped. It follows the reader's choice of light or dark, and can be used by keyboard.
/// </para>
/// <para>
/// A page stays readable and a few MiB at most, however large the files are: blocks and layers that are too many are drawn
/// together, lists are cut and say so. The same files give the same page.
/// </para>
/// </remarks>
public static class DataSetHtml
{
    // A page of every dimension of a large data set would help nobody; one of a single region file shows any of them.
    private const int MostArticles = 64;

    private const int MostLayers = 4000;
    private const int FewestLayersOfRegion = 60;

    /// <summary>Checks every bit of what is at <paramref name="path"/> and writes the page.</summary>
    /// <param name="path">A data set's folder, its <c>manifest.json</c>, or one region file.</param>
    /// <param name="destination">Takes the page, in UTF-8; stays open. If the work fails, it holds a part of a page.</param>
    /// <param name="progress">Told the bytes checked and the bytes in all, from time to time.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What the check found. A damaged file is on the page, with as much of it as can be read.</returns>
    /// <exception cref="FileNotFoundException">There is nothing at <paramref name="path"/>.</exception>
    /// <exception cref="IOException">A file could not be read, or the page not written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static VerificationReport Write(
        string path,
        Stream destination,
        IProgress<(long Done, long Total)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        VerificationReport report = DataSetVerifier.Verify(path, progress, cancellationToken);
        IReadOnlyList<RegionFile> regions;
        try
        {
            regions = DataSetFiles.Find(path).Regions;
        }
        catch (LaminaFormatException)
        {
            // The report has the fault of the manifest.
            regions = [];
        }

        using HtmlWriter html = new(destination);
        WriteStart(html, path, report);
        Dictionary<string, VerifiedFile> verified = report.Files.ToDictionary(static file => file.Path, StringComparer.Ordinal);
        (RegionFile File, VerifiedFile Verified)[] files = [.. regions.Select(region => (region, Of(verified, region)))];
        if (files.Length > 1)
            WriteOverview(html, files);
        int most = Math.Max(FewestLayersOfRegion, MostLayers / Math.Clamp(files.Length, 1, MostArticles));
        foreach ((RegionFile file, VerifiedFile check) in files.Take(MostArticles))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RegionArticle.Write(html, file, check, most);
        }

        if (files.Length > MostArticles)
        {
            html.Write($"<p>The first {MostArticles} of {SizeText.Count(files.Length)} dimensions are shown. ");
            html.Raw("A page of one region file shows any other.</p>\n");
        }

        html.Raw("</main>\n");
        html.Raw(PageParts.End);
        return report;
    }

    // A file of a manifest that was replaced between the check and this look at it has not been checked.
    private static VerifiedFile Of(Dictionary<string, VerifiedFile> files, RegionFile region)
    {
        if (files.TryGetValue(region.Path, out VerifiedFile? verified))
            return verified;
        LaminaFormatException replaced = new(
            FormatFault.RegionMismatch, "The data set was replaced while it was checked. Inspect it again.", -1, region.Path);
        return new VerifiedFile(region.Path, region.Entry?.Dimension, 0, 0, 0, replaced);
    }

    private static void WriteStart(HtmlWriter html, string path, VerificationReport report)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        int damaged = report.Files.Count(static file => file.Fault is not null);
        long bytes = report.Files.Sum(static file => file.Length);
        long layers = report.Files.Sum(static file => (long)file.Layers);
        long blocks = report.Files.Sum(static file => (long)file.Blocks);
        string files = Figures.Count(report.Files.Count, "file");
        string found = damaged == 0 ? "checked" : "found whole";
        html.Raw(PageParts.BeforeTitle);
        html.Line($"<title>{name}: {(damaged == 0 ? "whole" : "damaged")}</title>");
        html.Raw(PageParts.Style);
        html.Line($"<a class=\"skip\" href=\"#main\">To the content</a><header><h1><bdi>{name}</bdi></h1>");
        html.Write($"<p class=\"q\">{files}, {SizeText.Size(bytes)}; ");
        html.Line($"{Figures.Count(layers, "layer")} in {Figures.Count(blocks, "block")} {found}</p>");
        if (damaged == 0)
            html.Raw("<p class=\"state\"><strong>Whole.</strong> Every bit is as it was written.</p>");
        else
            html.Write($"<p class=\"state bad\"><strong>Damaged.</strong> {damaged} of {files}.</p>");
        html.Raw("</header>\n<main id=\"main\">\n");
        if (damaged > 0)
            WriteFaults(html, report);
    }

    private static void WriteFaults(HtmlWriter html, VerificationReport report)
    {
        html.Raw("<section aria-labelledby=\"h-faults\"><h2 id=\"h-faults\">Faults</h2>\n");
        HtmlTable.Begin(html, "Faults", null, "File", "Fault", ">Byte", "What is wrong");
        foreach (VerifiedFile file in report.Files)
        {
            if (file.Fault is not { } fault)
                continue;
            HtmlTable.BeginRow(html);
            html.Write($"<th scope=\"row\"><code>{Path.GetFileName(file.Path)}</code></th>");
            HtmlTable.Cells(html, fault.Fault.ToString(), fault.Offset < 0 ? ">the whole" : $">{SizeText.Count(fault.Offset)}");
            html.Write($"<td class=\"text\">{fault.Message}</td>");
            HtmlTable.EndRow(html);
        }

        HtmlTable.End(html);
        html.Raw("</section>\n");
    }

    private static void WriteOverview(HtmlWriter html, (RegionFile File, VerifiedFile Verified)[] files)
    {
        long most = Math.Max(1, files.Max(static file => file.Verified.Length));
        html.Raw("<section aria-labelledby=\"h-dimensions\"><h2 id=\"h-dimensions\">Dimensions</h2>\n");
        HtmlTable.Begin(html, "Dimensions", null, "Dimension", "Name", ">Layers", ">File", "", "State");
        for (int i = 0; i < files.Length; i++)
        {
            (RegionFile file, VerifiedFile verified) = files[i];
            string id = RegionArticle.IdOf(file, verified);
            HtmlTable.BeginRow(html, verified.Fault is not null);
            if (i < MostArticles)
                html.Write($"<th scope=\"row\"><a href=\"#{id}\"><code>{id}</code></a></th>");
            else
                html.Write($"<th scope=\"row\"><code>{id}</code></th>");
            html.Write($"<td><bdi>{file.Entry?.Name}</bdi></td>");
            int layers = file.Entry?.LayerCount ?? verified.Layers;
            HtmlTable.Cells(html, $">{SizeText.Count(layers)}", $">{SizeText.Size(verified.Length)}");
            HtmlTable.Bar(html, verified.Length, most);
            string state = verified.Fault?.Fault.ToString() ?? "whole";
            HtmlTable.Cells(html, file.Entry is { Simulated: true } ? $"{state}, simulated" : state);
            HtmlTable.EndRow(html);
        }

        HtmlTable.End(html);
        html.Raw("</section>\n");
    }
}
