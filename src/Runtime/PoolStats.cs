namespace Lamina;

/// <summary>The pool's blocks of one size.</summary>
/// <param name="BlockSize">Bytes of a block.</param>
/// <param name="UsedBlocks">Blocks that hold decoded content, or held it and may still be read.</param>
/// <param name="FreeBlocks">Blocks that are charged and hold nothing.</param>
/// <param name="ChargedBytes">Bytes charged to the budget for both.</param>
public readonly record struct PoolStats(int BlockSize, long UsedBlocks, long FreeBlocks, long ChargedBytes);
