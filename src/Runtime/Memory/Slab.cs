using System.Numerics;
using Lamina.Protection;

namespace Lamina.Memory;

/// <summary>Memory cut into blocks of one size, and which of them are free. Not thread-safe.</summary>
internal sealed class Slab
{
    private readonly int _blockSize;
    private readonly int _count;
    private readonly ulong[] _free;
    private readonly int[] _lengths;

    /// <summary>Cuts <paramref name="pages"/> into blocks of <paramref name="blockSize"/> bytes, all free.</summary>
    public unsafe Slab(NativePages pages, int sizeIndex, int blockSize)
    {
        Pages = pages;
        _blockSize = blockSize;
        _count = (int)(pages.Length / blockSize);
        _free = new ulong[(_count + 63) / 64];
        for (int i = 0; i < _count; i++)
            _free[i / 64] |= 1UL << (i % 64);
        _lengths = new int[_count];
        Start = (nint)pages.Start;
        SizeIndex = sizeIndex;
        FreeCount = _count;
    }

    /// <summary>The memory that was cut.</summary>
    public NativePages Pages { get; }

    /// <summary>The address of the first block.</summary>
    public nint Start { get; }

    /// <summary>Bytes of the slab.</summary>
    public long Length => Pages.Length;

    /// <summary>The slab after this one on the pool's list, and that before it.</summary>
    public Slab? Next { get; set; }

    /// <inheritdoc cref="Next"/>
    public Slab? Previous { get; set; }

    /// <summary>Which of the pool's sizes the blocks have.</summary>
    public int SizeIndex { get; }

    /// <summary>Blocks that are free.</summary>
    public int FreeCount { get; private set; }

    /// <summary>Whether no block is in use.</summary>
    public bool IsEmpty => FreeCount == _count;

    /// <summary>Takes a free block for <paramref name="length"/> bytes; there must be one.</summary>
    public nint Allocate(int length)
    {
        for (int i = 0; i < _free.Length; i++)
        {
            if (_free[i] == 0)
                continue;
            int bit = BitOperations.TrailingZeroCount(_free[i]);
            _free[i] &= _free[i] - 1;
            FreeCount--;
            _lengths[(i * 64) + bit] = length;
            return Start + ((nint)((i * 64) + bit) * _blockSize);
        }

        throw new InvalidOperationException("The slab has no free block.");
    }

    /// <summary>Takes back a block.</summary>
    /// <returns>The bytes that were asked for.</returns>
    /// <exception cref="InvalidOperationException">No block begins there, or it is free already.</exception>
    public int Release(nint address)
    {
        (nint index, nint rest) = Math.DivRem(address - Start, _blockSize);
        ulong bit = 1UL << (int)(index % 64);
        if (rest != 0 || index >= _count || (_free[index / 64] & bit) != 0)
            throw new InvalidOperationException("No block begins there, or it was returned before.");
        Overwrite(address);
        _free[index / 64] |= bit;
        FreeCount++;
        return _lengths[index];
    }

    // SAFETY: a block of the slab that is being taken back; nobody else has it, and it is as long as every other.
    private unsafe void Overwrite(nint address) => TestHooks.Overwrite((void*)address, _blockSize);
}
