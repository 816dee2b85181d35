using System.Buffers;
using Lamina.Format.Layout;
using Lamina.Format.Reading;

namespace Lamina.Format.Inspection;

/// <summary>Reads contents one after the other and keeps the block that the last one came from.</summary>
/// <remarks>For one thread. Reading layers by index decodes every block once.</remarks>
internal sealed class ContentCursor(Region region) : IDisposable
{
    private byte[] _decoded = [];
    private int _block = -1;

    /// <summary>A layer's content, in the map or decoded; valid until the next call.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="layer"/> is not an index of a layer.</exception>
    /// <exception cref="LaminaFormatException">The content's block is damaged.</exception>
    public ReadOnlySpan<byte> Read(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, region.LayerCount);
        LayerLocation location = region.Locations[layer];
        if (location.Length == 0)
            return [];

        int block = (int)location.Block;
        BlockEntry entry = region.Blocks[block];
        if (block != _block)
            Load(block, entry);
        ReadOnlySpan<byte> bytes = entry.Codec == (uint)BlockCodec.Stored ? region.StoredBytes(block) : _decoded;
        return bytes.Slice((int)(location.ImageOffset - entry.ImageOffset), (int)location.Length);
    }

    public void Dispose()
    {
        _block = -1;
        byte[] decoded = _decoded;
        _decoded = [];
        ArrayPool<byte>.Shared.Return(decoded);
    }

    private void Load(int block, BlockEntry entry)
    {
        // A failed decode must not leave its rest to pass as the block that was there before.
        _block = -1;
        if (entry.Codec == (uint)BlockCodec.Stored)
        {
            region.CheckBlock(block);
        }
        else
        {
            int length = (int)entry.DecodedLength;
            if (_decoded.Length < length)
            {
                ArrayPool<byte>.Shared.Return(_decoded);
                _decoded = [];
                _decoded = ArrayPool<byte>.Shared.Rent(length);
            }

            region.DecodeBlock(block, _decoded.AsSpan(0, length));
        }

        _block = block;
    }
}
