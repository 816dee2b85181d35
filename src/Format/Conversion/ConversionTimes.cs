namespace Lamina.Format.Conversion;

/// <summary>How long each stage of a conversion took.</summary>
/// <param name="Reading">Reading and checking the input, while contents are packed, compressed and written, and files of
/// dimensions that the input has gone on from are completed.</param>
/// <param name="Finishing">Writing the last blocks and tables of all other dimensions, and flushing every file to the disk.</param>
/// <param name="Publishing">Giving the files their names, writing the manifest and putting it in its place.</param>
public readonly record struct ConversionTimes(TimeSpan Reading, TimeSpan Finishing, TimeSpan Publishing);
