namespace Lamina;

/// <summary>What a manager tells about itself while it works.</summary>
/// <param name="notice">What it is.</param>
/// <param name="dimension">The dimension, if it is about one.</param>
/// <param name="threshold">The percentage reached, if it is about one.</param>
/// <param name="exception">What failed, if something did.</param>
/// <param name="count">How many, if it is about a number.</param>
public sealed class MemoryNoticeEventArgs(
    MemoryNotice notice, DimensionId? dimension = null, int? threshold = null, Exception? exception = null, long? count = null) : EventArgs
{
    /// <summary>What it is.</summary>
    public MemoryNotice Notice { get; } = notice;

    /// <summary>The dimension, if it is about one.</summary>
    public DimensionId? Dimension { get; } = dimension;

    /// <summary>75, 85 or 95 for <see cref="MemoryNotice.ThresholdCrossed"/>.</summary>
    public int? Threshold { get; } = threshold;

    /// <summary>What failed, if something did.</summary>
    public Exception? Exception { get; } = exception;

    /// <summary>How many, where the notice says of what.</summary>
    public long? Count { get; } = count;
}
