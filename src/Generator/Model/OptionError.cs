namespace Lamina.Generator.Model;

/// <summary>An option with a value that it does not take.</summary>
internal sealed record OptionError(string Option, string Value, string Expected);
