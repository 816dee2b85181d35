namespace Lamina;

/// <summary>The dimensions of a data set, by number and in their order. Immutable, safe to share between threads.</summary>
/// <remarks>Arrays alone: a fresh process would load a dictionary for longer than it reads its first layer.</remarks>
internal sealed class DimensionMap
{
    private readonly DimensionState?[] _byNumber;

    /// <summary>Takes over <paramref name="ascending"/>, at least one dimension.</summary>
    public DimensionMap(DimensionState[] ascending)
    {
        All = ascending;
        _byNumber = new DimensionState?[ascending[^1].Entry.Dimension.Value + 1];
        foreach (DimensionState state in ascending)
            _byNumber[state.Entry.Dimension.Value] = state;
    }

    /// <summary>All dimensions, ascending. Not to be changed.</summary>
    public DimensionState[] All { get; }

    /// <summary>The dimension with this number, or null.</summary>
    public DimensionState? Find(DimensionId dimension) => dimension.Value < _byNumber.Length ? _byNumber[dimension.Value] : null;
}
