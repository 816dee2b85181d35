namespace Lamina.Protection;

/// <summary>Which use of a slot or table somebody has looked at, and when first. One number, so that no half of it is ever seen.</summary>
internal struct Sighting
{
    private ulong _versionAndTime;

    /// <summary>Looks at a use that lasts.</summary>
    /// <param name="version">Which use it is.</param>
    /// <param name="now">Milliseconds of a clock that may overflow.</param>
    /// <returns>Milliseconds since this use was first looked at; right up to 49 days.</returns>
    public uint Look(uint version, uint now)
    {
        ulong seen = Volatile.Read(ref _versionAndTime);
        if (seen != 0 && (uint)(seen >> 32) == version)
            return now - (uint)seen;

        // Zero says that nobody has looked, so a use that looks the same is put a millisecond back.
        ulong first = ((ulong)version << 32) | now;
        Volatile.Write(ref _versionAndTime, first == 0 ? uint.MaxValue : first);
        return 0;
    }

    /// <summary>Nothing is in use.</summary>
    public void Forget()
    {
        if (Volatile.Read(ref _versionAndTime) != 0)
            Volatile.Write(ref _versionAndTime, 0);
    }
}
