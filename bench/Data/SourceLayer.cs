namespace Lamina.Bench.Data;

/// <summary>A layer as it is written to a source.</summary>
/// <param name="Dimension">The dimension.</param>
/// <param name="Number">Its number in the dimension.</param>
/// <param name="Depth">How deep it is.</param>
/// <param name="Parent">Its parent's number; null for a root.</param>
/// <param name="Keywords">Its keywords.</param>
/// <param name="Frequency">Its frequency.</param>
/// <param name="Content">UTF-8; valid until the next layer is asked for.</param>
internal readonly record struct SourceLayer(
    ushort Dimension, uint Number, int Depth, uint? Parent, string[] Keywords, double Frequency, ReadOnlyMemory<byte> Content);
