namespace Lamina.Generator.Model;

/// <summary>Which layers get a member of their own; the build property <c>LaminaMembers</c>.</summary>
internal enum MemberKinds
{
    /// <summary>The layers that have a name, and in dimensions of at most 1,024 layers the others too.</summary>
    Auto,

    /// <summary>Every layer.</summary>
    All,

    /// <summary>The layers that have a name.</summary>
    Named,

    /// <summary>No layer.</summary>
    None,
}
