namespace Lamina.Format.Inspection.Html;

/// <summary>The parts of a page that are the same on every page.</summary>
internal static class PageParts
{
    /// <summary>
    /// The beginning, to the title's text. The policy lets a page fetch nothing and run nothing, whatever a file makes it hold.
    /// </summary>
    public const string BeforeTitle = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>

        """;

    /// <summary>What follows the title.</summary>
    public const string Style = """
        <style>
        :root {
          --paper: #fbfaf7; --raised: #ffffff; --ink: #1d1c1a; --quiet: #65625b; --line: #e2dfd8; --link: #0b5c8a;
          --good: #1c6b3a; --bad: #b3261e; --bad-paper: #fdecea; --pale: #cfe0ea; --full: #2f7ea8; --on: #1d1c1a;
          --header: #d6d3cc; --dictionary: #f2c4d2; --places: #c3d4f2; --words: #dccdf0; --unknown: #c9c9c9;
          --padding: #f0eee8; --stored: #f0d7a8; --r1: #cfe9e3; --r2: #9ad3c8; --r3: #5cb3a5; --r4: #2f8f80;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #171716; --raised: #20201e; --ink: #ecebe6; --quiet: #a5a29a; --line: #393833; --link: #7cc4ee;
            --good: #7fd49b; --bad: #ff8a80; --bad-paper: #3b1d1b; --pale: #2b4453; --full: #4aa3d1; --on: #f4f3ef;
            --header: #4b4a45; --dictionary: #6e3549; --places: #2f4777; --words: #4c3a70; --unknown: #555555;
            --padding: #32312e; --stored: #6d5523; --r1: #1b413b; --r2: #1f5f56; --r3: #268375; --r4: #35ab99;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        body > header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
        body > header { padding-top: 28px; }
        h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
        h2 { font-size: 21px; margin: 0 0 12px; overflow-wrap: anywhere; }
        h3 { font-size: 15px; margin: 28px 0 8px; }
        p { margin: 4px 0 10px; }
        a { color: var(--link); }
        code, .at { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
        code { font-size: 0.92em; overflow-wrap: anywhere; }
        .q, footer { color: var(--quiet); }
        .skip { position: absolute; left: -9999px; }
        .skip:focus { left: 8px; top: 8px; background: var(--raised); padding: 6px 10px; }
        :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        section { background: var(--raised); border: 1px solid var(--line); border-radius: 10px; padding: 20px;
          margin: 20px 0; }
        .state { border-left: 4px solid var(--good); padding: 8px 12px; background: var(--raised);
          border-radius: 0 6px 6px 0; overflow-wrap: anywhere; }
        .state.bad { border-color: var(--bad); background: var(--bad-paper); }
        .state strong { color: var(--good); }
        .state.bad strong { color: var(--bad); }
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 440px), 1fr)); gap: 6px 24px;
          margin: 0; }
        .facts .long { grid-column: 1 / -1; }
        .facts div { display: flex; gap: 10px; border-bottom: 1px solid var(--line); padding: 3px 0; min-width: 0; }
        dt { flex: 0 0 118px; color: var(--quiet); }
        dd { margin: 0; overflow-wrap: anywhere; min-width: 0; font-variant-numeric: tabular-nums; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; margin: 4px 0 8px; font-variant-numeric: tabular-nums; }
        .wide table { width: 100%; }
        .wide > svg { min-width: 640px; }
        .wide code { white-space: nowrap; }
        caption { text-align: left; color: var(--quiet); padding-bottom: 4px; }
        th, td { text-align: left; padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); font-weight: normal;
          vertical-align: top; }
        thead th { color: var(--quiet); white-space: nowrap; }
        .n { text-align: right; white-space: nowrap; }
        td.text { overflow-wrap: anywhere; min-width: 16em; }
        tr.bad { background: var(--bad-paper); }
        td.bar { width: 22%; vertical-align: middle; }
        td.bar span { display: block; height: 9px; min-width: 1px; background: var(--full); border-radius: 2px; }
        svg { display: block; width: 100%; height: auto; }
        svg.key { display: inline-block; width: 11px; height: 11px; margin-right: 7px; }
        .at { font-size: 11px; fill: var(--quiet); text-anchor: end; }
        .at.first { text-anchor: start; }
        .on { font-size: 11px; fill: var(--on); pointer-events: none; }
        .map rect { stroke: var(--raised); stroke-width: 0.5; }
        .grid { stroke: var(--line); fill: none; }
        .content { fill: var(--pale); }
        .stored { fill: var(--full); }
        .fault { fill: none; stroke: var(--bad); stroke-width: 2.5; }
        .s-header { fill: var(--header); } .s-dictionary { fill: var(--dictionary); } .s-places { fill: var(--places);
          } .s-words { fill: var(--words); }
        .s-unknown { fill: var(--unknown); } .s-padding { fill: var(--padding); } .s-content, .s-r2 { fill: var(--r2); }
        .s-stored { fill: var(--stored); } .s-r1 { fill: var(--r1); } .s-r3 { fill: var(--r3); } .s-r4 { fill: var(--r4); }
        .legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 8px 0 0; padding: 0;
          color: var(--quiet); font-size: 13px; }
        .tree, .tree ul { list-style: none; margin: 0; padding-left: 20px; border-left: 1px solid var(--line); }
        .tree { padding-left: 0; border: 0; }
        .tree li { padding: 2px 0; overflow-wrap: anywhere; }
        .leaf, .tree > .more, .tree li.more { padding-left: 16px; }
        summary { cursor: pointer; }
        .more { color: var(--quiet); }
        .k, .tag { display: inline-block; border: 1px solid var(--line); border-radius: 9px; padding: 0 7px;
          font-size: 12px; color: var(--quiet); }
        .tag { border-color: var(--bad); color: var(--bad); }
        @media print { section { break-inside: avoid-page; border: 0; } }
        </style>
        </head>
        <body>

        """;

    /// <summary>The end.</summary>
    public const string End = """
        <footer><p>Made by <code>lamina inspect --html</code>. Nothing on this page is fetched from anywhere.</p></footer>
        </body>
        </html>

        """;

    private static readonly (string Style, string Label)[] Legend =
    [
        ("s-header", "header and section table"), ("s-stored", "block, stored as is"), ("s-r1", "block, below 1.5:1"),
        ("s-r2", "below 2.5:1"),
        ("s-r3", "below 4:1"), ("s-r4", "4:1 and above"), ("s-places", "where contents are"),
        ("s-words", "what describes layers"), ("s-dictionary", "dictionary"), ("s-padding", "padding"),
    ];

    /// <summary>What the colours of a map mean.</summary>
    public static void WriteLegend(HtmlWriter html)
    {
        html.Raw("<ul class=\"legend\">");
        foreach ((string style, string label) in Legend)
        {
            html.Raw("<li>");
            WriteKey(html, style);
            html.Write($"{label}</li>");
        }

        html.Raw("</ul>\n");
    }

    /// <summary>A square of the colour that <paramref name="style"/> has on a map.</summary>
    public static void WriteKey(HtmlWriter html, string style)
    {
        html.Raw("<svg class=\"key\" viewBox=\"0 0 10 10\" aria-hidden=\"true\">");
        html.Write($"<rect class=\"{style}\" width=\"10\" height=\"10\"/></svg>");
    }
}
