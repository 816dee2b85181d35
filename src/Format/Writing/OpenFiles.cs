namespace Lamina.Format.Writing;

/// <summary>Keeps few of many region files open: of too many, the one used longest ago is closed. Thread-safe.</summary>
/// <param name="limit">The most files that are open at once, but for those in use on other threads at that moment.</param>
internal sealed class OpenFiles(int limit)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<RegionFile> _recent = new();

    /// <summary>Counts <paramref name="file"/> as used last and closes the one used longest ago if there are too many.</summary>
    public void Touch(RegionFile file)
    {
        RegionFile? victim = null;
        lock (_gate)
        {
            if (_recent.First == file.Place)
                return;
            if (file.Place.List is not null)
                _recent.Remove(file.Place);
            _recent.AddFirst(file.Place);
            if (_recent.Count > limit)
            {
                victim = _recent.Last!.Value;
                _recent.RemoveLast();
            }
        }

        // Outside the lock: closing flushes, and takes the victim's own lock.
        victim?.CloseForNow();
    }

    /// <summary>Forgets <paramref name="file"/>.</summary>
    public void Remove(RegionFile file)
    {
        lock (_gate)
        {
            if (file.Place.List is not null)
                _recent.Remove(file.Place);
        }
    }
}
