using System.Globalization;

namespace Lamina.Bench.Data;

/// <summary>Generated text in dimensions of one size.</summary>
/// <param name="dimensions">How many dimensions.</param>
/// <param name="sizeBytes">What each reserves, and holds unless <paramref name="layersEach"/> is given.</param>
/// <param name="layersEach">Layers of each dimension; null for as many as fill it.</param>
/// <param name="contentLength">Bytes of each content; null for sizes as texts have.</param>
internal sealed class GeneratedMaker(int dimensions, long? sizeBytes, int? layersEach = null, int? contentLength = null) : ISourceMaker
{
    private const int Alignment = 8;
    private const int MedianLength = 2048;
    private const int Children = 4;
    private const int WordsToChoose = 3;

    /// <summary>The reference configuration: fourteen dimensions of 20 MiB, full to the byte.</summary>
    public static GeneratedMaker Reference { get; } = new(14, 20 << 20);

    public IReadOnlyList<string> Dimensions { get; } =
        [.. Enumerable.Range(1, dimensions).Select(static i => string.Create(CultureInfo.InvariantCulture, $"Dimension{i:D2}"))];

    public long? SizeBytes => sizeBytes;

    public IEnumerable<SourceLayer> Layers()
    {
        byte[] content = new byte[contentLength ?? (1 << 18)];
        for (int dimension = 1; dimension <= Dimensions.Count; dimension++)
        {
            TextMaker text = new(dimension);
            long left = sizeBytes ?? long.MaxValue;
            for (int number = 0; layersEach is { } layers ? number < layers : left > 0; number++)
            {
                // Multiples of eight, so that stored contents, which are aligned, fill a dimension to the byte as well.
                int length = contentLength
                    ?? (int)Math.Min(left, text.Size(MedianLength, 1.2, 64, content.Length) / Alignment * Alignment);
                text.Fill(content.AsSpan(0, length));
                string[] keywords = [.. Enumerable.Range(0, WordsToChoose).Select(_ => text.Word()).Distinct()];
                yield return new SourceLayer(
                    (ushort)dimension,
                    (uint)number,
                    DepthOf(number),
                    number == 0 ? null : (uint)((number - 1) / Children),
                    keywords,
                    Math.Round(text.Next(10_000) / 100.0, 2),
                    content.AsMemory(0, length));
                left -= length;
            }
        }
    }

    private static int DepthOf(int number)
    {
        int depth = 0;
        for (; number > 0; number = (number - 1) / Children)
            depth++;
        return depth;
    }
}
