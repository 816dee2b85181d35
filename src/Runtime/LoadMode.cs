namespace Lamina;

/// <summary>When the blocks of a dimension are verified and decoded.</summary>
public enum LoadMode
{
    /// <summary>Each block when it is first read.</summary>
    Lazy,

    /// <summary>
    /// All blocks when the dimension is loaded, into one reservation of the dimension's <c>size_bytes</c> (or of what its
    /// contents need, if that is more or nothing was declared) that is charged to the budget and never evicted.
    /// </summary>
    Eager,
}
