using System.Collections.Immutable;

namespace Lamina.Generator.Leases;

/// <summary>
/// What may be in memory of which leases at one point of the code. A place is a symbol, a capture of the control flow graph, or
/// one of <see cref="This"/> and <see cref="Returned"/>.
/// </summary>
internal sealed class LeaseState
{
    /// <summary>The instance that the method is called on.</summary>
    public static readonly object This = new();

    /// <summary>What the method answers.</summary>
    public static readonly object Returned = new();

    /// <summary>Nothing is lent.</summary>
    public static readonly LeaseState Empty = new(ImmutableDictionary<object, ImmutableHashSet<Borrow>>.Empty);

    /// <summary>Of no lease.</summary>
    public static readonly ImmutableHashSet<Borrow> Nothing = ImmutableHashSet<Borrow>.Empty;

    private readonly ImmutableDictionary<object, ImmutableHashSet<Borrow>> _places;

    private LeaseState(ImmutableDictionary<object, ImmutableHashSet<Borrow>> places) => _places = places;

    /// <summary>What the place may be in memory of.</summary>
    public ImmutableHashSet<Borrow> this[object place] =>
        _places.TryGetValue(place, out ImmutableHashSet<Borrow>? borrows) ? borrows : Nothing;

    /// <summary>The place holds this and nothing of before.</summary>
    public LeaseState With(object place, ImmutableHashSet<Borrow> borrows)
    {
        if (borrows.IsEmpty)
            return _places.ContainsKey(place) ? new LeaseState(_places.Remove(place)) : this;
        return borrows.SetEquals(this[place]) ? this : new LeaseState(_places.SetItem(place, borrows));
    }

    /// <summary>The leases were disposed, whoever borrowed of them.</summary>
    public LeaseState End(ImmutableHashSet<Borrow> leases)
    {
        LeaseState state = this;
        foreach (KeyValuePair<object, ImmutableHashSet<Borrow>> place in _places)
        {
            ImmutableHashSet<Borrow> borrows = place.Value;
            foreach (Borrow borrow in place.Value)
            {
                Borrow ended = borrow with { Ended = true };
                if (!borrow.Ended && (leases.Contains(borrow) || leases.Contains(ended)))
                    borrows = borrows.Remove(borrow).Add(ended);
            }

            state = state.With(place.Key, borrows);
        }

        return state;
    }

    /// <summary>What may be so where two ways meet; the same object if <paramref name="other"/> adds nothing.</summary>
    public LeaseState Union(LeaseState other)
    {
        LeaseState state = this;
        foreach (KeyValuePair<object, ImmutableHashSet<Borrow>> place in other._places)
            state = state.With(place.Key, state[place.Key].Union(place.Value));
        return state;
    }
}
