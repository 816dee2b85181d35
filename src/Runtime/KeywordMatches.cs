using Lamina.Format.Reading;

namespace Lamina;

/// <summary>Keywords that a look-up in a scope found, ascending. Valid until the scope is disposed; nothing is copied.</summary>
public readonly ref struct KeywordMatches
{
    private readonly Region? _region;
    private readonly int _start;

    internal KeywordMatches(Region region, int start, int end)
    {
        _region = region;
        _start = start;
        Count = end - start;
    }

    /// <summary>How many keywords were found.</summary>
    public int Count { get; }

    /// <summary>The keyword at <paramref name="index"/>, in UTF-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public ReadOnlySpan<byte> this[int index] => Checked(index).Descriptions.Keyword(_start + index);

    /// <summary>The layers that have the keyword at <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public LayerMatches LayersOf(int index)
    {
        Region region = Checked(index);
        return new LayerMatches(region, region.Descriptions.PostingsOf(_start + index));
    }

    private Region Checked(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _region!;
    }
}
