using System.CommandLine;

namespace Lamina.Cli.Commands;

/// <summary>A command that shows in its help how it is called.</summary>
internal sealed class LaminaCommand(string name, string description, IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Whole command lines.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What else the help says.</summary>
    public string? Notes { get; set; }
}
