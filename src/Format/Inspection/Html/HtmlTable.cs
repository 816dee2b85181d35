namespace Lamina.Format.Inspection.Html;

/// <summary>Writes a table that scrolls by itself where it is too wide, and that says what its columns are.</summary>
internal static class HtmlTable
{
    /// <summary>Begins a table.</summary>
    /// <param name="html">Takes the table.</param>
    /// <param name="label">What it is a table of.</param>
    /// <param name="caption">What stands above it, if anything does.</param>
    /// <param name="columns">The columns' titles; of one with figures, after a <c>&gt;</c>.</param>
    public static void Begin(HtmlWriter html, string label, string? caption, params ReadOnlySpan<string> columns)
    {
        HtmlScroller.Begin(html, label);
        html.Raw("<table>\n");
        if (caption is not null)
            html.Line($"<caption>{caption}</caption>");
        html.Raw("<thead><tr>");
        foreach (string column in columns)
        {
            if (column.StartsWith('>'))
                html.Write($"<th scope=\"col\" class=\"n\">{column[1..]}</th>");
            else
                html.Write($"<th scope=\"col\">{column}</th>");
        }

        html.Raw("</tr></thead>\n<tbody>\n");
    }

    /// <summary>Begins a row.</summary>
    public static void BeginRow(HtmlWriter html, bool isBad = false) => html.Raw(isBad ? "<tr class=\"bad\">" : "<tr>");

    /// <summary>Writes cells: text, or figures after a <c>&gt;</c>.</summary>
    public static void Cells(HtmlWriter html, params ReadOnlySpan<string> cells)
    {
        foreach (string cell in cells)
        {
            if (cell.StartsWith('>'))
                html.Write($"<td class=\"n\">{cell[1..]}</td>");
            else
                html.Write($"<td>{cell}</td>");
        }
    }

    /// <summary>Writes a cell with a bar as long as <paramref name="part"/> is of <paramref name="whole"/>.</summary>
    public static void Bar(HtmlWriter html, double part, double whole) =>
        html.Write($"<td class=\"bar\"><span style=\"width:{100 * part / whole:0.#}%\"></span></td>");

    /// <summary>Ends a row.</summary>
    public static void EndRow(HtmlWriter html) => html.Raw("</tr>\n");

    /// <summary>Ends the table.</summary>
    public static void End(HtmlWriter html)
    {
        html.Raw("</tbody></table>");
        HtmlScroller.End(html);
    }
}
