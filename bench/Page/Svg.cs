using System.Globalization;
using System.Net;
using System.Text;

namespace Lamina.Bench.Page;

/// <summary>An SVG picture that is legible on light and on dark pages: it has its own ground, and colours by the reader's scheme.</summary>
internal sealed class Svg
{
    private const string Style = """
        <style>
          .ground { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #1f2328 }
          .title { font-size: 15px; font-weight: 600 } .minor { fill: #59636e; font-size: 12px }
          .grid { stroke: #d1d9e0; stroke-width: 1 } .spread { stroke: #1f2328; stroke-width: 1.5 }
          .s0 { --c: #59636e } .s1 { --c: #0969da } .s2 { --c: #bc4c00 } .s3 { --c: #1a7f37 } .s4 { --c: #8250df } .s5 { --c: #bf3989 }
          .fill { fill: var(--c) } .line { fill: none; stroke: var(--c); stroke-width: 2 }
          @media (prefers-color-scheme: dark) {
            .ground { fill: #0d1117 } text { fill: #f0f6fc } .minor { fill: #9198a1 }
            .grid { stroke: #3d444d } .spread { stroke: #f0f6fc }
            .s0 { --c: #9198a1 } .s1 { --c: #4493f8 } .s2 { --c: #db6d28 } .s3 { --c: #3fb950 } .s4 { --c: #ab7df8 } .s5 { --c: #db61a2 }
          }
        </style>
        """;

    private readonly StringBuilder _body = new();
    private readonly string _title;
    private readonly int _width;
    private readonly int _height;

    public Svg(string title, int width, int height)
    {
        (_title, _width, _height) = (title, width, height);
        Text(16, 26, title, "title");
    }

    public void Text(double x, double y, string text, string style = "", string anchor = "start") => Add(
        $"<text x=\"{Place(x)}\" y=\"{Place(y)}\" class=\"{style}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Add($"<line x1=\"{Place(x1)}\" y1=\"{Place(y1)}\" x2=\"{Place(x2)}\" y2=\"{Place(y2)}\" class=\"{style}\"/>");

    public void Bar(double x, double y, double width, double height, string style) =>
        Add($"<rect x=\"{Place(x)}\" y=\"{Place(y)}\" width=\"{Place(width)}\" height=\"{Place(height)}\" rx=\"2\" class=\"{style}\"/>");

    public void Dot(double x, double y, string style) => Add($"<circle cx=\"{Place(x)}\" cy=\"{Place(y)}\" r=\"3.5\" class=\"{style}\"/>");

    public void Path(IEnumerable<(double X, double Y)> points, string style) =>
        Add($"<polyline points=\"{string.Join(' ', points.Select(static point => $"{Place(point.X)},{Place(point.Y)}"))}\" class=\"{style}\"/>");

    public override string ToString()
    {
        string title = WebUtility.HtmlEncode(_title);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_width} {_height}" width="{_width}" height="{_height}" role="img" aria-label="{title}">
            <title>{title}</title>
            {Style}
            <rect width="{_width}" height="{_height}" class="ground" rx="6"/>
            {_body}</svg>

            """.ReplaceLineEndings("\n");
    }

    private static string Place(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private void Add(string element) => _body.Append(element).Append('\n');
}
