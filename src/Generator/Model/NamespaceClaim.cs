namespace Lamina.Generator.Model;

/// <summary>Which namespace a data set's file is generated into.</summary>
internal sealed record NamespaceClaim(string Path, string Namespace);
