namespace Lamina.Format.Tests.Inspection.Html;

/// <summary>A test that needs Chromium; shown as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Unavailable;
}
