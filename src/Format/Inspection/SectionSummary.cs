namespace Lamina.Format.Inspection;

/// <summary>A section of a region file. Spec: SEC-1.</summary>
/// <param name="Kind">The kind's number.</param>
/// <param name="Name">The kind's name in the specification; <c>unknown</c> for a kind of a later version.</param>
/// <param name="Offset">Where it begins, in bytes from the start of the file.</param>
/// <param name="Length">Its bytes, without padding.</param>
public sealed record SectionSummary(uint Kind, string Name, long Offset, long Length);
