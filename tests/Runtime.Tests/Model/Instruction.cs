namespace Lamina.Runtime.Tests.Model;

/// <summary>One step of a modelled thread.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Name">The code that it stands for.</param>
internal sealed record Instruction(Operation Operation, string Name)
{
    /// <summary>The register that gets what is loaded.</summary>
    public int Register { get; init; }

    /// <summary>The variable, the memory or the thread that it is about.</summary>
    public Expression Location { get; init; } = static _ => 0;

    /// <summary>What is stored, or the condition of a branch.</summary>
    public Expression Value { get; init; } = static _ => 0;

    /// <summary>What an interlocked operation makes of the old value and <see cref="Value"/>.</summary>
    public Func<int, int, int> Combine { get; init; } = static (_, value) => value;

    /// <summary>What a local step does.</summary>
    public LocalWork Work { get; init; } = static (_, _) => { };

    /// <summary>Where a branch goes.</summary>
    public int Target { get; set; }
}
