namespace Lamina.Format.Inspection;

/// <summary>The blocks of a region that have the same codec.</summary>
/// <param name="Codec"><c>stored</c>, <c>lz4</c> or <c>lz4-dictionary</c>.</param>
/// <param name="Count">How many blocks.</param>
/// <param name="StoredBytes">Bytes that they take in the file.</param>
/// <param name="DecodedBytes">Bytes that they decode to.</param>
public sealed record BlockSummary(string Codec, int Count, long StoredBytes, long DecodedBytes);
