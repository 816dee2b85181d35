namespace Lamina.Generator.Leases;

/// <summary>That a value may be in memory of a lease.</summary>
/// <param name="Lease">The number of the place in the code where the lease is taken.</param>
/// <param name="Ended">Whether that lease was disposed since.</param>
internal readonly record struct Borrow(int Lease, bool Ended);
