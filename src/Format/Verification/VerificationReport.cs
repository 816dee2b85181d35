namespace Lamina.Format.Verification;

/// <summary>What a check found.</summary>
/// <param name="Files">Every file checked, the manifest first, then region files by dimension.</param>
public sealed record VerificationReport(IReadOnlyList<VerifiedFile> Files)
{
    /// <summary>Whether every file is whole.</summary>
    public bool IsValid => Files.All(static file => file.Fault is null);
}
