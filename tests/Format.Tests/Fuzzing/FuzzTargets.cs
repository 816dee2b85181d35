using System.Runtime.CompilerServices;

// The program that runs under a coverage-guided fuzzer.
[assembly: InternalsVisibleTo("Lamina.Fuzz")]

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Everything that is fuzzed.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } =
        [new RegionTarget(), new BlockTarget(), new ManifestTarget(), new InputTarget(isLines: false), new InputTarget(isLines: true)];

    /// <summary>The target with <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IFuzzTarget Find(string name) =>
        All.FirstOrDefault(target => target.Name == name)
        ?? throw new ArgumentException($"No target is called '{name}'; there are {string.Join(", ", All.Select(static target => target.Name))}.", nameof(name));
}
