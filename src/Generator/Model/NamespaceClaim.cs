namespace Lamina.Generator.Model;

/// <summary>Which classes of which namespace a data set's file is generated into.</summary>
internal sealed record NamespaceClaim(string Path, string Namespace, EquatableArray<string> Classes);
