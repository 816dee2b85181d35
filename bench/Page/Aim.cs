namespace Lamina.Bench.Page;

/// <summary>Something that the project wants to reach, and whether it does.</summary>
/// <param name="What">What is wanted.</param>
/// <param name="Wanted">How much of it.</param>
/// <param name="Measured">What was measured; null if nothing was.</param>
/// <param name="IsMet">Whether that is enough.</param>
internal sealed record Aim(string What, string Wanted, string? Measured, bool IsMet);
