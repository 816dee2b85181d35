namespace Lamina;

/// <summary>Why a memory operation failed.</summary>
public enum MemoryError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The data set has no such dimension.</summary>
    DimensionNotFound,

    /// <summary>The dimension has no such layer.</summary>
    LayerNotFound,

    /// <summary>The memory budget has no room for what was asked for, and nothing more could be evicted.</summary>
    LimitExceeded,

    /// <summary>The dimension is loaded already.</summary>
    AlreadyLoaded,

    /// <summary>The dimension is not loaded.</summary>
    NotLoaded,

    /// <summary>The operating system refused: a file could not be opened, mapped or read, or it has no more memory.</summary>
    SystemError,

    /// <summary>The layer's content is not UTF-8.</summary>
    InvalidText,

    /// <summary>The dimension is not the one that the program was compiled against.</summary>
    SchemaMismatch,

    /// <summary>Content that is missing could not be simulated: the source is missing or breaks a rule.</summary>
    SimulationFailed,

    /// <summary>
    /// The dimension was replaced by a newer one after the scope had begun and before the scope read it, and its file is gone.
    /// </summary>
    Superseded,
}
