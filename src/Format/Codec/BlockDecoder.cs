using System.Buffers;
using K4os.Compression.LZ4;
using Lamina.Format.Layout;

namespace Lamina.Format.Codec;

/// <summary>Decodes blocks into memory that may have held anything. Spec: BLK-7 to BLK-9.</summary>
internal static class BlockDecoder
{
    /// <summary>Decodes <paramref name="stored"/> into the whole of <paramref name="target"/>.</summary>
    /// <param name="codec">How the block is stored; known to this library.</param>
    /// <param name="stored">The stored bytes.</param>
    /// <param name="dictionary">The region's dictionary, used with <see cref="BlockCodec.Lz4WithDictionary"/>.</param>
    /// <param name="target">As long as the block's decoded length.</param>
    /// <returns>
    /// Whether the block decoded to exactly the target's length. If not, the target holds nothing that it held before,
    /// nor anything of use.
    /// </returns>
    public static bool TryDecode(BlockCodec codec, ReadOnlySpan<byte> stored, ReadOnlySpan<byte> dictionary, Span<byte> target)
    {
        if (codec == BlockCodec.Stored)
        {
            if (stored.Length != target.Length)
                return false;
            stored.CopyTo(target);
            return true;
        }

        if (codec == BlockCodec.Lz4)
            return TryDecodeCleared(stored, default, target);
        if (TryDecodeBehind(dictionary, stored, target))
            return true;
        target.Clear();
        return false;
    }

    /// <summary>
    /// Clears, then decodes: the decoder takes a match offset of zero and then copies what the target held before, which may be
    /// another block's content. Clearing costs a twentieth of the decoding; looking at each sequence first costs half of it.
    /// </summary>
    private static bool TryDecodeCleared(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> dictionary, Span<byte> target)
    {
        target.Clear();
        int written = dictionary.IsEmpty
            ? LZ4Codec.Decode(stored, target)
            : LZ4Codec.Decode(stored, target, dictionary);
        return written == target.Length;
    }

    /// <summary>
    /// Decodes right behind a copy of the dictionary: where both are in one piece the decoder is three times as fast as where
    /// it has to look which of them a match is in.
    /// </summary>
    private static bool TryDecodeBehind(ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(dictionary.Length + target.Length);
        try
        {
            dictionary.CopyTo(scratch);
            Span<byte> decoded = scratch.AsSpan(dictionary.Length, target.Length);
            if (!TryDecodeCleared(stored, scratch.AsSpan(0, dictionary.Length), decoded))
                return false;
            decoded.CopyTo(target);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }
}
