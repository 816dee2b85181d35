namespace Lamina.Format.Writing;

/// <summary>A string in an arena of UTF-8.</summary>
internal readonly record struct TextSpan(int Offset, int Length);
