namespace Lamina.Runtime.Tests.Model;

/// <summary>What an exhaustive search found.</summary>
/// <param name="States">States reached.</param>
/// <param name="Ends">Those of them where every thread had ended.</param>
/// <param name="Violation">What must never be and is; null if all is well.</param>
/// <param name="Trace">The steps that lead there.</param>
internal sealed record ModelResult(int States, int Ends, string? Violation, IReadOnlyList<string> Trace)
{
    public override string ToString() => Violation is null
        ? $"{States} states, {Ends} of them ends: nothing is wrong"
        : $"{Violation} after {Trace.Count} steps, {States} states:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", Trace)}";
}
