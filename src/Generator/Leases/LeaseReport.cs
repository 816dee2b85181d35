using Microsoft.CodeAnalysis;

namespace Lamina.Generator.Leases;

/// <summary>Takes what is found.</summary>
/// <param name="rule">The rule that is broken.</param>
/// <param name="place">Where.</param>
/// <param name="origins">Where what is used there was taken, for what mends it.</param>
/// <param name="messageArgs">What the rule's message names.</param>
internal delegate void LeaseReport(
    DiagnosticDescriptor rule, SyntaxNode place, IEnumerable<Location> origins, params object[] messageArgs);
