namespace Lamina;

/// <summary>The pool's blocks of one size.</summary>
/// <param name="BlockSize">Bytes of a block.</param>
/// <param name="UsedBlocks">Blocks that hold decoded content, or held it and may still be read.</param>
/// <param name="FreeBlocks">Blocks that are charged and hold nothing.</param>
/// <param name="ChargedBytes">Bytes charged to the budget for both.</param>
/// <param name="PeakBlocks">The most blocks that were used at once.</param>
/// <param name="ContentBytes">Bytes that the used blocks were taken for.</param>
/// <param name="Failures">
/// How often the budget had no room for another block. Most of them are followed by an eviction and another try, which works.
/// </param>
public readonly record struct PoolStats(
    int BlockSize, long UsedBlocks, long FreeBlocks, long ChargedBytes, long PeakBlocks, long ContentBytes, long Failures)
{
    /// <summary>The part of the charged bytes, 0 to 1, that holds no content: free blocks, and the ends of used ones.</summary>
    public double Fragmentation => ChargedBytes == 0 ? 0 : 1 - ((double)ContentBytes / ChargedBytes);
}
