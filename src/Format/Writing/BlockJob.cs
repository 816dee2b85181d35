using System.Buffers;
using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>A block on its way through the pipeline. One serves many blocks, one after the other.</summary>
internal sealed class BlockJob
{
    private byte[]? _rented;

    public BlockJob()
    {
    }

    private BlockJob(Action onTurn)
    {
        OnTurn = onTurn;
        Weight = 1;
    }

    public RegionContent Target { get; private set; } = null!;

    /// <summary>What is done in place of writing a block; null for a block.</summary>
    public Action? OnTurn { get; }

    public ReadOnlyMemory<byte> Content { get; private set; }

    public long ImageOffset { get; private set; }

    public int FirstLayer { get; private set; }

    /// <summary>What the job counts for of the bytes that may be on their way: the memory it takes, not only what it fills.</summary>
    public int Weight { get; private set; }

    /// <summary>The bytes to be stored; the content itself until the block is encoded.</summary>
    public ReadOnlyMemory<byte> Stored { get; private set; }

    public BlockCodec Codec { get; private set; }

    public ulong Checksum { get; set; }

    /// <summary>Whether the block is encoded; guarded by the pipeline.</summary>
    public bool IsEncoded { get; set; }

    /// <summary>No block, but a place among them.</summary>
    /// <param name="onTurn">What is done when its turn has come.</param>
    public static BlockJob Mark(Action onTurn) => new(onTurn);

    /// <summary>Makes it the job of another block, not encoded so far.</summary>
    /// <param name="target">Where the block is to stand.</param>
    /// <param name="content">The decoded bytes.</param>
    /// <param name="rented">The pool's array behind <paramref name="content"/>; null if the content is the caller's.</param>
    /// <param name="imageOffset">Where the block begins in the image.</param>
    /// <param name="firstLayer">The index of the first layer with content in it.</param>
    public void Begin(RegionContent target, ReadOnlyMemory<byte> content, byte[]? rented, long imageOffset, int firstLayer)
    {
        Target = target;
        Content = content;
        Stored = content;
        Codec = BlockCodec.Stored;
        ImageOffset = imageOffset;
        FirstLayer = firstLayer;
        Weight = rented?.Length ?? content.Length;
        IsEncoded = false;
        _rented = rented;
    }

    /// <summary>Stores the first <paramref name="length"/> bytes of <paramref name="encoded"/>, fewer than the content, instead. Of
    /// that only the length is left: blocks wait for their turn, and should take no more memory than they need.</summary>
    /// <param name="encoded">An array of the pool's, the job's from now on.</param>
    /// <param name="length">How many of its bytes are meant.</param>
    /// <param name="codec">What encoded them.</param>
    public void Replace(byte[] encoded, int length, BlockCodec codec)
    {
        ReturnRented();
        _rented = encoded;
        Stored = encoded.AsMemory(0, length);
        Codec = codec;
    }

    /// <summary>Gives the block's memory back and forgets it.</summary>
    public void End()
    {
        ReturnRented();
        Content = default;
        Stored = default;
    }

    private void ReturnRented()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }
}
