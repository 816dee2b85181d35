namespace Lamina.Generator.Model;

/// <summary>How a data set's code is to be generated.</summary>
/// <param name="Namespace">The namespace, as C# writes it.</param>
/// <param name="IsPublic">Whether the classes are public; else internal.</param>
/// <param name="Members">Which layers get a member.</param>
/// <param name="Strict">Whether warnings of the source are errors.</param>
internal sealed record DataSetOptions(string Namespace, bool IsPublic, MemberKinds Members, bool Strict);
