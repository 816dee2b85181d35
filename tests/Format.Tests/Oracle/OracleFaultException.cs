using System.Diagnostics.CodeAnalysis;

namespace Lamina.Format.Tests.Oracle;

/// <summary>A file breaks a rule of the specification.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Always names clause, fault and offset.")]
public sealed class OracleFaultException(string clause, string fault, long offset, string message)
    : Exception($"{clause} [{fault}] at {offset}: {message}")
{
    public string Clause { get; } = clause;

    /// <summary>The fault that the clause names in brackets.</summary>
    public string Fault { get; } = fault;

    public long Offset { get; } = offset;
}
