namespace Lamina.Format.Inspection.Html;

/// <summary>
/// Writes what scrolls by itself where the window is too narrow for it. It takes the focus, to be scrolled by keyboard.
/// </summary>
internal static class HtmlScroller
{
    /// <summary>Begins it.</summary>
    /// <param name="html">Takes it.</param>
    /// <param name="label">What is in it.</param>
    public static void Begin(HtmlWriter html, string label) =>
        html.Line($"<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">");

    /// <summary>Ends it.</summary>
    public static void End(HtmlWriter html) => html.Raw("</div>\n");
}
