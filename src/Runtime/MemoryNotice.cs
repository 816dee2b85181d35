namespace Lamina;

/// <summary>What a manager tells about itself while it works.</summary>
public enum MemoryNotice
{
    /// <summary>The use of the budget has reached 75, 85 or 95 percent; told once each time it passes one from below.</summary>
    ThresholdCrossed,

    /// <summary>A dimension's region file is missing, and simulated content stands in for it.</summary>
    DimensionSimulated,

    /// <summary>A dimension whose content was simulated has its real content now.</summary>
    DimensionRestored,

    /// <summary>A newly published manifest has been taken over.</summary>
    Refreshed,

    /// <summary>A newly published manifest could not be taken over; what was there before stays.</summary>
    RefreshFailed,
}
