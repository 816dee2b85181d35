namespace Lamina.Generator.Model;

/// <summary>Which namespace each data set of a project is generated into.</summary>
/// <remarks>
/// A class, as is all that the pipeline combines: the compiler's own assembly has compiled code for steps of objects, where steps of a
/// structure of ours are compiled while the compiler runs.
/// </remarks>
internal sealed record NamespaceClaims(EquatableArray<NamespaceClaim> All);
