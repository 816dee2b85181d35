using Lamina.Bench.Measuring;

namespace Lamina.Bench.Page;

/// <summary>Lines on logarithmic axes.</summary>
internal static class LineChart
{
    private const int Width = 760;
    private const int Height = 360;
    private const int Left = 64;
    private const int Right = 560;
    private const int Top = 64;
    private const int Bottom = 306;
    private const int Colors = 6;
    private const int LineOfText = 20;

    public static string Draw(
        string title, string across, string up, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> series)
    {
        Svg svg = new(title, Width, Height);
        svg.Text(16, 46, up, "minor");
        svg.Text((Left + Right) / 2.0, Height - 14, across, "minor", "middle");
        Scale x = new(series.SelectMany(static line => line.Points).Select(static point => point.X), Left, Right, isLog: true);
        Scale y = new(series.SelectMany(static line => line.Points).Select(static point => point.Y), Bottom, Top, isLog: true);
        foreach (double tick in x.Ticks)
        {
            svg.Line(x[tick], Top, x[tick], Bottom, "grid");
            svg.Text(x[tick], Bottom + 18, Scale.Label(tick), "minor", "middle");
        }

        foreach (double tick in y.Ticks)
        {
            svg.Line(Left, y[tick], Right, y[tick], "grid");
            svg.Text(Left - 8, y[tick] + 4, Scale.Label(tick), "minor", "end");
        }

        // Names stand in the order in which the lines end, so that the eye finds them.
        int color = 0;
        var lines = series.Where(static line => line.Points.Count > 0)
            .Select(line => (line.Name, Points: line.Points.OrderBy(static point => point.X).ToArray(), Color: color++ % Colors))
            .ToArray();
        int row = 0;
        foreach ((string name, (double X, double Y)[] points, int colorOf) in lines.OrderByDescending(static line => line.Points[^1].Y))
        {
            string style = System.FormattableString.Invariant($"s{colorOf}");
            svg.Path(points.Select(point => (x[point.X], y[point.Y])), "line " + style);
            foreach ((double X, double Y) point in points)
                svg.Dot(x[point.X], y[point.Y], "fill " + style);
            int at = Top + 8 + (row++ * LineOfText);
            svg.Dot(Right + 20, at, "fill " + style);
            svg.Text(Right + 30, at + 4, $"{name} {Report.Rounded(points[^1].Y)}", "minor");
        }

        return svg.ToString();
    }
}
