using Lamina.Format.Writing;

namespace Lamina.Format.Conversion;

/// <summary>The dimensions of one conversion, found by their identifiers. Not thread-safe.</summary>
/// <remarks>Two arrays in place of a dictionary: over a number and a class none can be compiled ahead, and each of its methods is
/// compiled before the first layer is read.</remarks>
internal sealed class DimensionSet
{
    private const int PageLog2 = 8;
    private const int PageLength = 1 << PageLog2;

    private readonly DimensionBuilder?[]?[] _pages = new DimensionBuilder?[]?[(ushort.MaxValue + 1) / PageLength];
    private readonly List<DimensionBuilder> _asSeen = [];

    public int Count => _asSeen.Count;

    /// <summary>The dimensions as they were added.</summary>
    public List<DimensionBuilder> AsSeen => _asSeen;

    /// <summary>The dimension with an identifier; null if there is none.</summary>
    public DimensionBuilder? Find(DimensionId id) => _pages[id.Value >> PageLog2]?[id.Value & (PageLength - 1)];

    /// <summary>Adds a dimension that is not there yet.</summary>
    public void Add(DimensionBuilder dimension)
    {
        DimensionBuilder?[] page = _pages[dimension.Id.Value >> PageLog2] ??= new DimensionBuilder?[PageLength];
        page[dimension.Id.Value & (PageLength - 1)] = dimension;
        _asSeen.Add(dimension);
    }

    /// <summary>The dimensions so far, ascending by identifier.</summary>
    public DimensionBuilder[] Ascending()
    {
        DimensionBuilder[] dimensions = new DimensionBuilder[Count];
        int count = 0;
        foreach (DimensionBuilder?[]? page in _pages)
        {
            if (page is null)
                continue;
            foreach (DimensionBuilder? dimension in page)
            {
                if (dimension is not null)
                    dimensions[count++] = dimension;
            }
        }

        return dimensions;
    }
}
