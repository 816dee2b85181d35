using Lamina.Format.Reading;

namespace Lamina;

/// <summary>Layers that a look-up in a scope found, by ascending number. Valid until the scope is disposed; nothing is copied.</summary>
public readonly ref struct LayerMatches
{
    private readonly Region? _region;
    private readonly ReadOnlySpan<uint> _indexes;

    internal LayerMatches(Region region, ReadOnlySpan<uint> indexes)
    {
        _region = region;
        _indexes = indexes;
    }

    /// <summary>How many layers were found.</summary>
    public int Count => _indexes.Length;

    /// <summary>The layer at <paramref name="index"/>.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public LayerId this[int index] => new(_region?.Dimension ?? default, _region?.NumberOf((int)_indexes[index]) ?? default);

    /// <summary>Walks through the layers.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks through layers found.</summary>
    public ref struct Enumerator
    {
        private readonly LayerMatches _matches;
        private int _index;

        internal Enumerator(LayerMatches matches)
        {
            _matches = matches;
            _index = -1;
        }

        /// <summary>The layer that the walk has come to.</summary>
        public readonly LayerId Current => _matches[_index];

        /// <summary>Goes to the next layer; false if there is none.</summary>
        public bool MoveNext() => ++_index < _matches.Count;
    }
}
