namespace Lamina.Format.Inspection;

/// <summary>A layer that has a keyword that was looked for.</summary>
/// <param name="LayerIndex">The layer's index in its region.</param>
/// <param name="Keywords">The keywords that matched, at least one, in the order of code points.</param>
public sealed record KeywordMatch(int LayerIndex, IReadOnlyList<string> Keywords);
