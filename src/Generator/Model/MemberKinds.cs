namespace Lamina.Generator.Model;

/// <summary>Which layers get a member of their own; the build property <c>LaminaMembers</c>.</summary>
internal enum MemberKinds
{
    /// <summary>Every layer.</summary>
    All,

    /// <summary>The layers that have a name.</summary>
    Named,

    /// <summary>No layer.</summary>
    None,
}
