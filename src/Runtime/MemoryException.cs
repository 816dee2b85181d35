namespace Lamina;

/// <summary>A memory operation failed. The operation has left state as it was: what was readable stays so.</summary>
/// <remarks>
/// Damage is not among the reasons: a data set whose files are missing, damaged or of another version makes every operation that meets
/// it throw <see cref="Format.LaminaFormatException"/>, which names the file, the place and the fault. And a manager that has been
/// disposed throws <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class MemoryException : Exception
{
    /// <summary>Reports that an operation on <paramref name="dimension"/> failed.</summary>
    /// <param name="error">Why.</param>
    /// <param name="message">What was tried, what is so, and what would mend it.</param>
    /// <param name="dimension">The dimension, if it is about one.</param>
    /// <param name="layer">The layer, if it is about one.</param>
    /// <param name="inner">What the operating system reported, if it is about that.</param>
    /// <param name="stats">The state of memory, if it is about a limit.</param>
    public MemoryException(
        MemoryError error,
        string message,
        DimensionId? dimension = null,
        LayerId? layer = null,
        Exception? inner = null,
        MemoryStats? stats = null)
        : base(message, inner)
    {
        Error = error;
        Dimension = dimension ?? layer?.Dimension;
        Layer = layer;
        Stats = stats;
        SystemErrorCode = inner?.HResult;
    }

    /// <summary>Why the operation failed.</summary>
    public MemoryError Error { get; }

    /// <summary>The dimension that it is about, if it is about one.</summary>
    public DimensionId? Dimension { get; }

    /// <summary>The layer that it is about, if it is about one.</summary>
    public LayerId? Layer { get; }

    /// <summary>The state of memory when a limit was met; null for other errors.</summary>
    public MemoryStats? Stats { get; }

    /// <summary>The operating system's code for a <see cref="MemoryError.SystemError"/>, as the runtime gives it; null for other errors.</summary>
    public int? SystemErrorCode { get; }
}
