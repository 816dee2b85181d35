using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lamina.Generator.Leases;

/// <summary>The types that lend memory, as a compilation knows them.</summary>
internal sealed class LeaseTypes
{
    private readonly INamedTypeSymbol _lease;
    private readonly INamedTypeSymbol _scope;

    private LeaseTypes(INamedTypeSymbol lease, INamedTypeSymbol scope)
    {
        _lease = lease;
        _scope = scope;
    }

    /// <summary>Null if the compilation does not know the types.</summary>
    public static LeaseTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Lamina.LayerLease") is { } lease
        && compilation.GetTypeByMetadataName("Lamina.ReadScope") is { } scope
            ? new LeaseTypes(lease, scope)
            : null;

    /// <summary>Whether values of the type lend memory until they are disposed.</summary>
    public bool IsLease(ITypeSymbol? type) =>
        SymbolEqualityComparer.Default.Equals(type, _lease) || SymbolEqualityComparer.Default.Equals(type, _scope);

    /// <summary>What messages call a value of the type.</summary>
    public string NameOf(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, _scope) ? "scope" : "lease";

    /// <summary>Whether the call takes a new lease; one that is given a lease and answers one hands it through.</summary>
    public bool IsTaken(IInvocationOperation invocation) =>
        IsLease(invocation.Type) && !invocation.Arguments.Any(argument => IsLease(argument.Value.Type));

    /// <summary>Whether the call ends a lease.</summary>
    public bool IsDispose(IMethodSymbol method, ITypeSymbol? receiver) =>
        method is { Name: nameof(IDisposable.Dispose), Parameters.Length: 0 } && IsLease(receiver);

    /// <summary>Whether values of the type can hold a reference to memory that is not theirs.</summary>
    public static bool CanHold(ITypeSymbol? type) => type is { IsRefLikeType: true };
}
