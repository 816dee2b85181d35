namespace Lamina.Generator.Leases;

/// <summary>The codes of what is wrong with the use of a lease; a release ledger lists them.</summary>
internal static class LeaseDiagnosticIds
{
    /// <summary>A span is returned whose lease ends with the method.</summary>
    public const string Returned = "LAM101";

    /// <summary>A span whose lease ends with the method is left in what the caller has.</summary>
    public const string Kept = "LAM102";

    /// <summary>A span, or the lease itself, is used after the lease was disposed.</summary>
    public const string UsedAfterEnd = "LAM103";

    /// <summary>A lease is never disposed.</summary>
    public const string NeverDisposed = "LAM104";
}
