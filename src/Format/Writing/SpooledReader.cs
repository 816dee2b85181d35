using System.Buffers;
using Lamina.Format.Codec;
using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>Reads contents back from the spool and from the blocks of a region that is packed anew. Not thread-safe.</summary>
/// <param name="spool">The spool.</param>
/// <param name="region">The region.</param>
internal sealed class SpooledReader(ContentSpool spool, RegionContent region) : IDisposable
{
    private byte[] _content = [];
    private byte[] _block = [];
    private uint _blockHeld = LayerLocation.NoBlock;

    /// <summary>The content at <paramref name="location"/>; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Read(in LayerLocation location)
    {
        int length = (int)location.Length;
        if (location.Block == LayerRecord.InSpool)
        {
            Reserve(ref _content, length);
            spool.Read(location.ImageOffset, _content.AsSpan(0, length));
            return _content.AsMemory(0, length);
        }

        BlockEntry entry = region.Blocks[(int)location.Block];
        if (_blockHeld != location.Block)
            ReadBlock(entry);
        _blockHeld = location.Block;
        return _block.AsMemory((int)(location.ImageOffset - entry.ImageOffset), length);
    }

    public void Dispose()
    {
        Return(ref _content);
        Return(ref _block);
    }

    private static void Reserve(ref byte[] array, int length)
    {
        if (array.Length >= length)
            return;
        Return(ref array);
        array = ArrayPool<byte>.Shared.Rent(length);
    }

    private static void Return(ref byte[] array)
    {
        if (array.Length > 0)
            ArrayPool<byte>.Shared.Return(array);
        array = [];
    }

    private void ReadBlock(in BlockEntry entry)
    {
        Reserve(ref _block, (int)entry.DecodedLength);
        Span<byte> decoded = _block.AsSpan(0, (int)entry.DecodedLength);
        if (entry.Codec == (uint)BlockCodec.Stored)
        {
            region.File.Read(entry.Offset, decoded);
            return;
        }

        Reserve(ref _content, (int)entry.StoredLength);
        Span<byte> stored = _content.AsSpan(0, (int)entry.StoredLength);
        region.File.Read(entry.Offset, stored);
        if (Checksums.Part(stored) != entry.Checksum
            || !BlockDecoder.TryDecode((BlockCodec)entry.Codec, stored, default, decoded))
        {
            throw region.File.Changed();
        }
    }
}
