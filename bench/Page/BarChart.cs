using Lamina.Bench.Measuring;

namespace Lamina.Bench.Page;

/// <summary>Horizontal bars, the quartiles as whiskers.</summary>
internal static class BarChart
{
    private const int Width = 760;
    private const int NamesEnd = 220;
    private const int BarsEnd = 680;
    private const int Top = 64;
    private const int Step = 24;
    private const int Thickness = 14;

    public static string Draw(string title, string unit, IReadOnlyList<Bar> bars, bool isLog)
    {
        int bottom = Top + (bars.Count * Step);
        Svg svg = new(title, Width, bottom + 36);
        svg.Text(16, 46, isLog ? unit + ", each line ten times the one before" : unit, "minor");
        Scale scale = new(bars.SelectMany(static bar => (double[])[bar.Value.Median, bar.Value.High, bar.Value.Low]), NamesEnd, BarsEnd, isLog);
        foreach (double tick in scale.Ticks)
        {
            svg.Line(scale[tick], Top - 6, scale[tick], bottom, "grid");
            svg.Text(scale[tick], bottom + 18, Scale.Label(tick), "minor", "middle");
        }

        for (int i = 0; i < bars.Count; i++)
        {
            int y = Top + (i * Step);
            int middle = y + (Thickness / 2);
            Spread value = bars[i].Value;
            svg.Text(NamesEnd - 8, middle + 4, bars[i].Name, anchor: "end");
            svg.Bar(NamesEnd, y, Math.Max(1, scale[value.Median] - NamesEnd), Thickness, bars[i].Style);
            svg.Line(scale[value.Low], middle, scale[value.High], middle, "spread");
            svg.Text(Math.Max(scale[value.Median], scale[value.High]) + 6, middle + 4, Report.Rounded(value.Median), "minor");
        }

        return svg.ToString();
    }
}
