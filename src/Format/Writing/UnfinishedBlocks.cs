namespace Lamina.Format.Writing;

/// <summary>
/// Bounds the memory of unfinished blocks, of which each dimension may have one: when they pass the limit, those of the
/// dimensions that have had no content for the longest time go to the spool. Not thread-safe.
/// </summary>
/// <param name="limit">Bytes that all unfinished blocks together may take; the one used last may pass it alone.</param>
internal sealed class UnfinishedBlocks(long limit)
{
    private readonly LinkedList<DimensionContent> _recent = new();
    private long _used;

    /// <summary>Counts what <paramref name="content"/> takes, as the one used last.</summary>
    public void Touch(DimensionContent content)
    {
        _used += content.Capacity - content.CountedCapacity;
        content.CountedCapacity = content.Capacity;
        if (_recent.First != content.Place)
        {
            if (content.Place.List is not null)
                _recent.Remove(content.Place);
            _recent.AddFirst(content.Place);
        }

        while (_used > limit && _recent.Last != content.Place)
        {
            DimensionContent oldest = _recent.Last!.Value;
            _recent.RemoveLast();
            oldest.Park();
            _used += oldest.Capacity - oldest.CountedCapacity;
            oldest.CountedCapacity = oldest.Capacity;
        }
    }
}
