using Lamina.Format.Layout;
using Lamina.Format.Reading;

namespace Lamina.Format.Inspection.Html;

/// <summary>
/// Draws what contents take by layer number: a pale bar for the bytes of content, a full one for the bytes that are stored
/// for it. Where there are many layers, a bar is a run of them.
/// </summary>
internal static class LayerChart
{
    private const int Left = 84;
    private const int Width = 916;
    private const int Height = 140;
    private const int Top = 8;
    private const int Below = Top + Height + 18;
    private const int MostBars = 180;

    /// <summary>Draws the chart of <paramref name="region"/>, which has layers.</summary>
    public static void Write(HtmlWriter html, Region region)
    {
        int bars = Math.Min(MostBars, region.LayerCount);
        double[] content = new double[bars];
        double[] stored = new double[bars];
        ReadOnlySpan<LayerLocation> locations = region.Locations;
        ReadOnlySpan<BlockEntry> blocks = region.Blocks;
        for (int i = 0; i < locations.Length; i++)
        {
            LayerLocation location = locations[i];
            if (location.Length == 0)
                continue;
            int bar = (int)((long)i * bars / locations.Length);
            BlockEntry block = blocks[(int)location.Block];
            content[bar] += location.Length;
            stored[bar] += (double)location.Length * block.StoredLength / block.DecodedLength;
        }

        Draw(html, region, content, stored);
    }

    private static void Draw(HtmlWriter html, Region region, double[] content, double[] stored)
    {
        double most = Math.Max(1, Math.Max(content.Max(), stored.Max()));
        double step = (double)Width / content.Length;
        double bar = Math.Max(1, Math.Min(step - 1, 40));
        string id = $"chart-{region.Dimension}";
        HtmlScroller.Begin(html, $"Contents of {region.Dimension}");
        html.Line($"<svg class=\"chart\" viewBox=\"0 0 1000 {Height + 34}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">");
        html.Line($"<title id=\"{id}-t\">Contents of {region.Dimension} by layer number</title>");
        string sums = $"{SizeText.Size(content.Sum())} of content, stored in {SizeText.Size(stored.Sum())}";
        html.Line($"<desc id=\"{id}-d\">{Figures.Count(content.Length, "bar")}: {sums}.</desc>");
        for (int line = 0; line <= 2; line++)
        {
            double y = Top + (Height * line / 2.0);
            html.Write($"<path class=\"grid\" d=\"M{Left} {y:0.##}h{Width}\"/>");
            html.Line($"<text class=\"at\" x=\"{Left - 8}\" y=\"{y + 4:0.##}\">{SizeText.Size(most * (2 - line) / 2)}</text>");
        }

        for (int i = 0; i < content.Length; i++)
        {
            double x = Left + (i * step) + ((step - bar) / 2);
            double all = content[i] / most * Height;
            double part = stored[i] / most * Height;
            html.Write($"<g><title>{Range(region, i, content.Length)}: {SizeText.Size(content[i])}, stored in ");
            html.Write($"{SizeText.Size(stored[i])} ({Figures.Ratio(content[i], stored[i])})</title>");
            Bar("content", x, all);
            Bar("stored", x, part);
            html.Raw("</g>\n");
        }

        html.Line($"<text class=\"at first\" x=\"{Left}\" y=\"{Below}\">L{region.NumberOf(0)}</text>");
        if (region.LayerCount > 1)
            html.Line($"<text class=\"at\" x=\"{Left + Width}\" y=\"{Below}\">L{region.NumberOf(region.LayerCount - 1)}</text>");
        html.Raw("</svg>");
        HtmlScroller.End(html);

        void Bar(string style, double x, double height)
        {
            html.Write($"<rect class=\"{style}\" x=\"{x:0.##}\" y=\"{Top + Height - height:0.##}\" ");
            html.Write($"width=\"{bar:0.##}\" height=\"{height:0.##}\"/>");
        }
    }

    private static string Range(Region region, int bar, int bars)
    {
        int first = FirstOf(region.LayerCount, bar, bars);
        int last = FirstOf(region.LayerCount, bar + 1, bars) - 1;
        return first == last
            ? FormattableString.Invariant($"L{region.NumberOf(first)}")
            : FormattableString.Invariant($"L{region.NumberOf(first)} to L{region.NumberOf(last)}, {last - first + 1} layers");
    }

    // The least index whose bar it is: the inverse of index * bars / count, rounded up.
    private static int FirstOf(int count, int bar, int bars) => (int)((((long)bar * count) + bars - 1) / bars);
}
