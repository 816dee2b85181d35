using System.Buffers;
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

        if (codec == BlockCodec.Lz4 ? Lz4Decoder.TryDecode(stored, target, 0) : TryDecodeBehind(dictionary, stored, target))
            return true;
        target.Clear();
        return false;
    }

    /// <summary>
    /// Decodes right behind a copy of the dictionary: where both are in one piece the decoder is nearly twice as fast as where
    /// it has to look which of them a match is in.
    /// </summary>
    private static bool TryDecodeBehind(ReadOnlySpan<byte> dictionary, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(dictionary.Length + target.Length);
        try
        {
            dictionary.CopyTo(scratch);
            Span<byte> both = scratch.AsSpan(0, dictionary.Length + target.Length);
            if (!Lz4Decoder.TryDecode(stored, both, dictionary.Length))
                return false;
            both[dictionary.Length..].CopyTo(target);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }
}
