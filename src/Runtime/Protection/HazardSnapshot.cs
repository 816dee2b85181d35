namespace Lamina.Protection;

/// <summary>The hazards that were published when it was taken, sorted. Used again and again; not thread-safe.</summary>
internal sealed unsafe class HazardSnapshot
{
    private nint[] _tokens = new nint[64];
    private nint[] _flags = new nint[64];
    private int _count;

    /// <summary>
    /// Makes every thread pass a fence, then looks: a reader whose token is not seen finds no link that was removed before. Steps
    /// W2 and W3 of the protocol.
    /// </summary>
    public void TakeFenced()
    {
        Interlocked.MemoryBarrierProcessWide();
        Take();
    }

    /// <summary>Looks at every hazard of the process. Good for choosing, not for freeing.</summary>
    public void Take()
    {
        _count = 0;
        Hazards.Collect(this);
        Array.Sort(_tokens, _flags, 0, _count);
    }

    /// <summary>Adds a hazard; called by what <see cref="Hazards.Collect(HazardSnapshot)"/> walks through.</summary>
    public void Add(nint token, uint* flags)
    {
        if (_count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _count * 2);
            Array.Resize(ref _flags, _count * 2);
        }

        _tokens[_count] = token;
        _flags[_count++] = (nint)flags;
    }

    /// <summary>Whether a hazard names a token from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public bool Names(nint low, nint high)
    {
        int at = LowerBound(low);
        return at < _count && _tokens[at] <= high;
    }

    /// <summary>Asks whoever protects a token from <paramref name="low"/> to <paramref name="high"/> to reclaim when done.</summary>
    /// <returns>Whether one of them had not been asked before.</returns>
    public bool Want(nint low, nint high)
    {
        bool isNew = false;
        for (int at = LowerBound(low); at < _count && _tokens[at] <= high; at++)
        {
            // SAFETY: points into a slot or table, which are never freed.
            isNew |= (Interlocked.Or(ref *(uint*)_flags[at], Slot.WantedFlag) & Slot.WantedFlag) == 0;
        }

        return isNew;
    }

    private int LowerBound(nint token)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_tokens[middle] < token)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
