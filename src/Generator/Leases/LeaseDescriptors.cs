using Microsoft.CodeAnalysis;

namespace Lamina.Generator.Leases;

/// <summary>What <see cref="LeaseAnalyzer"/> reports.</summary>
internal static class LeaseDescriptors
{
    private const string Category = "Lamina";

    private const string Why =
        "A span of a lease or a scope is valid until that is disposed. After that its memory may hold something else, or be gone.";

    public static readonly DiagnosticDescriptor Returned = new(
        LeaseDiagnosticIds.Returned,
        "A returned span outlives its lease",
        "What is returned is of a lease that this method ends. Copy it with ToArray(), or let the caller take the lease.",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Why);

    public static readonly DiagnosticDescriptor Kept = new(
        LeaseDiagnosticIds.Kept,
        "A span left to the caller outlives its lease",
        "What is left in '{0}' is of a lease that this method ends. Copy it with ToArray(), or let the caller take the lease.",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Why);

    public static readonly DiagnosticDescriptor UsedAfterEnd = new(
        LeaseDiagnosticIds.UsedAfterEnd,
        "A span is used after its lease was disposed",
        "'{0}' is used after its lease was disposed. Use it while the lease lasts, or copy it with ToArray() before.",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Why);

    public static readonly DiagnosticDescriptor NeverDisposed = new(
        LeaseDiagnosticIds.NeverDisposed,
        "A lease is never disposed",
        "The {0} is never disposed, and holds its memory back until this thread ends. Take it with using.",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "What a lease or a scope protects cannot be unmapped or used again before it is disposed.");
}
