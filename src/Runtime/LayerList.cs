using System.Collections;

namespace Lamina;

/// <summary>The layers of a dimension, by ascending number. Holds nothing in memory and protects nothing.</summary>
/// <remarks>Safe to share between threads. It is of the data set as it was when it was made, and says so once that has changed.</remarks>
public sealed class LayerList : IReadOnlyList<LayerId>
{
    private readonly MmapManager _manager;
    private readonly DimensionId _dimension;
    private readonly Format.Digest128 _digest;
    private readonly uint _firstNumber;
    private readonly bool _isDense;

    internal LayerList(MmapManager manager, Format.Reading.Region region)
    {
        _manager = manager;
        _dimension = region.Dimension;
        _digest = region.Digest;
        _firstNumber = region.FirstNumber;
        _isDense = region.IsDense;
        Count = region.LayerCount;
    }

    /// <summary>How many layers there are.</summary>
    public int Count { get; }

    /// <summary>The layer at <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    /// <exception cref="InvalidOperationException">The dimension has been replaced by another version.</exception>
    /// <inheritdoc cref="MmapManager.Load" path="/exception"/>
    public LayerId this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new LayerId(_dimension, _isDense ? _firstNumber + (uint)index : _manager.NumberOf(_dimension, _digest, index));
        }
    }

    /// <summary>Walks through the layers by ascending number.</summary>
    public IEnumerator<LayerId> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
