namespace Lamina.Runtime.Tests.Model;

/// <summary>What the programs of one model have in common.</summary>
/// <param name="Breakage">What the protocol lacks.</param>
/// <param name="Slots">How many slots there are.</param>
/// <param name="HasScope">Whether there is a scope's table.</param>
internal sealed record Protocol(Breakage Breakage, int Slots, bool HasScope = false)
{
    /// <summary>Whether the protocol lacks something.</summary>
    public bool Lacks(Breakage breakage) => Breakage == breakage;
}
