using System.Buffers;
using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>Packs contents, in order of the layers, into the blocks of one region. Not thread-safe. Spec: CAN-1.</summary>
/// <param name="target">Where the blocks go.</param>
/// <param name="pipeline">What encodes and writes them.</param>
/// <param name="blockSize">Decoded bytes of a block.</param>
internal sealed class BlockStream(RegionContent target, BlockPipeline pipeline, int blockSize) : IDisposable
{
    private const int FirstCapacity = 1024;

    // A longer content is not copied to overlap its encoding with reading on; the caller waits instead.
    private const int LongestCopied = 32 * 1024 * 1024;

    private byte[] _buffer = [];
    private int _used;
    private int _firstLayer;
    private long _imageOffset;
    private int _blocks;

    public RegionContent Target { get; } = target;

    /// <summary>Decoded bytes of a block.</summary>
    public int BlockSize { get; } = blockSize;

    /// <summary>Bytes of memory that the unfinished block takes.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>The unfinished block's decoded bytes.</summary>
    public ReadOnlySpan<byte> Unfinished => _buffer.AsSpan(0, _used);

    /// <summary>The index of the first layer in the unfinished block.</summary>
    public int UnfinishedFirstLayer => _firstLayer;

    /// <summary>The index of the unfinished block.</summary>
    public uint UnfinishedBlock => (uint)_blocks;

    /// <summary>Where the image of the unfinished block begins.</summary>
    public long UnfinishedImageOffset => _imageOffset;

    /// <summary>Where the image ends.</summary>
    public long ImageLength { get; private set; }

    /// <summary>Puts a content, not empty, into the unfinished block if it belongs there.</summary>
    public bool TryAppend(int layer, ReadOnlySpan<byte> content, out LayerLocation location)
    {
        if (content.Length > BlockSize)
        {
            location = default;
            return false;
        }

        int start = 0;
        if (_used > 0)
        {
            start = (int)RegionContent.Align(_used, Target.Alignment);
            if (content.Length > BlockSize - start)
            {
                location = default;
                return false;
            }
        }
        else
        {
            _firstLayer = layer;
        }

        Reserve(start + content.Length);
        _buffer.AsSpan(_used, start - _used).Clear();    // LOC-5
        content.CopyTo(_buffer.AsSpan(start));
        _used = start + content.Length;
        location = new LayerLocation { ImageOffset = _imageOffset + start, Length = (uint)content.Length, Block = (uint)_blocks };
        return true;
    }

    /// <summary>Ends the unfinished block if there is one, and begins the next with a content that does not fit in it.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="content">Its content, not empty.</param>
    public LayerLocation AppendToNext(int layer, ReadOnlyMemory<byte> content)
    {
        EndBlock();
        if (TryAppend(layer, content.Span, out LayerLocation location))
            return location;

        location = new LayerLocation { ImageOffset = _imageOffset, Length = (uint)content.Length, Block = (uint)_blocks };
        if (content.Length <= LongestCopied)
        {
            byte[] copy = ArrayPool<byte>.Shared.Rent(content.Length);
            content.CopyTo(copy);
            Submit(copy.AsMemory(0, content.Length), copy, layer);
        }
        else
        {
            Submit(content, null, layer);
            pipeline.Drain();
        }

        return location;
    }

    /// <summary>Ends the unfinished block if there is one.</summary>
    public void EndBlock()
    {
        if (_used == 0)
            return;
        byte[] buffer = _buffer;
        int used = _used;
        _buffer = [];
        _used = 0;
        Submit(buffer.AsMemory(0, used), buffer, _firstLayer);
    }

    /// <summary>Forgets the unfinished block, whose bytes the caller has put elsewhere.</summary>
    public void Park()
    {
        Dispose();
        _used = 0;
    }

    /// <summary>Makes what <see cref="Park"/> forgot the unfinished block again.</summary>
    /// <param name="length">Its decoded length.</param>
    /// <returns>The memory to fill with it.</returns>
    public Span<byte> Restore(int length)
    {
        Reserve(length);
        _used = length;
        return _buffer.AsSpan(0, length);
    }

    /// <summary>Makes the last block that was submitted the unfinished block again.</summary>
    /// <param name="block">What was written of it.</param>
    /// <returns>The memory to fill with its decoded bytes.</returns>
    public Span<byte> RestoreLast(in BlockEntry block)
    {
        _blocks--;
        _firstLayer = (int)block.FirstLayer;
        _imageOffset = block.ImageOffset;
        return Restore((int)block.DecodedLength);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Submit(ReadOnlyMemory<byte> content, byte[]? rented, int firstLayer)
    {
        long imageOffset = _imageOffset;
        ImageLength = _imageOffset + content.Length;
        _imageOffset = RegionContent.Align(ImageLength, Target.Alignment);    // BLK-2
        _blocks++;
        pipeline.Submit(Target, content, rented, imageOffset, firstLayer);
    }

    private void Reserve(int length)
    {
        if (length <= _buffer.Length)
            return;

        // Small at first, so that many small dimensions fit in memory; at once full-sized where a block was full before.
        int capacity = _blocks > 0
            ? BlockSize
            : Math.Min(BlockSize, Math.Max(FirstCapacity, 2 * Math.Max(length, _buffer.Length)));
        byte[] grown = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, length));
        _buffer.AsSpan(0, _used).CopyTo(grown);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = grown;
    }
}
