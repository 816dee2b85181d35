using System.Globalization;

namespace Lamina.Bench.Data;

/// <summary>
/// Several gigabytes of real text: each content is put together of slices from random places of the other sets, so that a
/// slice's next occurrence is far outside of what LZ4 looks back at.
/// </summary>
/// <param name="sources">The sources whose contents are mixed.</param>
/// <param name="bytes">About how much content to make.</param>
internal sealed class MixMaker(IReadOnlyList<string> sources, long bytes) : ISourceMaker
{
    private const int DimensionCount = 32;
    private const int MedianLength = 12 * 1024;
    private const int MostLength = 1_000_000;
    private const int MeanOfSizes = 31_000;

    private readonly Lazy<byte[]> _corpus = new(() => ReadContents(sources));

    public IReadOnlyList<string> Dimensions { get; } =
        [.. Enumerable.Range(1, DimensionCount).Select(static i => string.Create(CultureInfo.InvariantCulture, $"mix{i:D2}"))];

    public long? SizeBytes => null;

    public IEnumerable<SourceLayer> Layers()
    {
        byte[] content = new byte[MostLength];
        int each = (int)(bytes / MeanOfSizes / DimensionCount) + 1;
        for (int dimension = 1; dimension <= DimensionCount; dimension++)
        {
            TextMaker random = new(dimension);
            for (int number = 0; number < each; number++)
            {
                int length = Fill(content, random.Size(MedianLength, 1.4, 1024, MostLength), random);
                yield return new SourceLayer(
                    (ushort)dimension,
                    (uint)number,
                    number == 0 ? 0 : 1,
                    number == 0 ? null : 0,
                    [Dimensions[dimension - 1], random.Word()],
                    Math.Round(Math.Log2(length), 4),
                    content.AsMemory(0, length));
            }
        }
    }

    /// <summary>Slices that begin and end between characters; the length, a little less than wanted at most.</summary>
    private int Fill(byte[] content, int wanted, TextMaker random)
    {
        byte[] corpus = _corpus.Value;
        int length = 0;
        while (true)
        {
            int start = random.Next(corpus.Length - (1 << 14));
            int end = start + Math.Min(512 + random.Next(7680), wanted - length);
            while (IsContinuation(corpus[start]))
                start++;
            while (end > start && IsContinuation(corpus[end]))
                end--;
            if (end <= start)
                return length;
            corpus.AsSpan(start, end - start).CopyTo(content.AsSpan(length));
            length += end - start;
        }
    }

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;

    private static byte[] ReadContents(IReadOnlyList<string> sources)
    {
        using MemoryStream corpus = new();
        foreach (string source in sources)
            SimpleReader.Read(source, (_, content) => corpus.Write(content));
        return corpus.ToArray();
    }
}
