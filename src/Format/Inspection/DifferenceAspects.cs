namespace Lamina.Format.Inspection;

/// <summary>What of a dimension or layer differs. A dimension's aspects are name, size and frequency.</summary>
[Flags]
public enum DifferenceAspects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The content's bytes.</summary>
    Content = 1,

    /// <summary>The name.</summary>
    Name = 2,

    /// <summary>The parent's number.</summary>
    Parent = 4,

    /// <summary>The depth.</summary>
    Depth = 8,

    /// <summary>A layer's frequency, or either end of a dimension's range.</summary>
    Frequency = 16,

    /// <summary>The keywords or their order.</summary>
    Keywords = 32,

    /// <summary>Whether the content was made up by simulation.</summary>
    Simulated = 64,

    /// <summary>The size that the author reserved for a dimension.</summary>
    Size = 128,
}
