using System.Collections;

namespace Lamina.Generator.Model;

/// <summary>An immutable array, equal to another with equal items, so that the compiler's cache can compare models.</summary>
internal readonly struct EquatableArray<T>(T[] items) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : IEquatable<T>
{
    private readonly T[]? _items = items;

    public int Count => Items.Length;

    private T[] Items => _items ?? [];

    public T this[int index] => Items[index];

    public bool Equals(EquatableArray<T> other)
    {
        T[] mine = Items;
        T[] others = other.Items;
        if (ReferenceEquals(mine, others))
            return true;
        if (mine.Length != others.Length)
            return false;
        for (int i = 0; i < mine.Length; i++)
        {
            if (!EqualityComparer<T>.Default.Equals(mine[i], others[i]))
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        // The compiler compares models far more often than it hashes them: the ends are enough to tell most apart.
        T[] mine = Items;
        return mine.Length == 0
            ? 0
            : unchecked((mine.Length * 31 + mine[0].GetHashCode()) * 31 + mine[mine.Length - 1].GetHashCode());
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
