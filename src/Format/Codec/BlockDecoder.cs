using Lamina.Format.Layout;

namespace Lamina.Format.Codec;

/// <summary>Decodes blocks into memory that may have held anything. Spec: BLK-7 to BLK-9.</summary>
internal static class BlockDecoder
{
    /// <summary>Decodes <paramref name="stored"/> into the whole of <paramref name="target"/>.</summary>
    /// <param name="codec">How the block is stored; known to this library.</param>
    /// <param name="stored">The stored bytes.</param>
    /// <param name="dictionary">The region's dictionary, decoded, used with <see cref="BlockCodec.Lz4WithDictionary"/>.</param>
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

        bool decoded = codec == BlockCodec.Lz4
            ? Lz4Decoder.TryDecode(stored, target)
            : DictionaryDecoder.TryDecode(stored, dictionary, target);
        if (!decoded)
            target.Clear();
        return decoded;
    }
}
