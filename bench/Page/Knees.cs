namespace Lamina.Bench.Page;

/// <summary>Why the curves bend where they do.</summary>
internal static class Knees
{
    public const string Text = "";
}
