using System.Buffers.Binary;
using Lamina.Format.Layout;

namespace Lamina.Format.Codec;

/// <summary>The dictionary as it stands in the file: its length, then its bytes, LZ4 if that is shorter. Spec: DIC-3, DIC-4.</summary>
internal static class DictionarySection
{
    /// <summary>The section that holds <paramref name="dictionary"/>; empty for an empty one.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> dictionary)
    {
        if (dictionary.IsEmpty)
            return [];

        byte[] section = new byte[DictionaryLayout.Stored + DictionaryEncoder.MaxEncodedLength(dictionary.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(section.AsSpan(DictionaryLayout.DecodedLength), dictionary.Length);
        Span<byte> stored = section.AsSpan(DictionaryLayout.Stored);
        int length = new DictionaryEncoder([]).Encode(dictionary, stored);
        if (length >= dictionary.Length)
        {
            length = dictionary.Length;
            dictionary.CopyTo(stored);
        }

        return section[..(DictionaryLayout.Stored + length)];
    }

    /// <summary>Decodes <paramref name="section"/> into the whole of <paramref name="target"/>.</summary>
    /// <param name="section">Not empty.</param>
    /// <param name="target">As long as the section declares; may have held anything.</param>
    /// <returns>Whether it decoded to exactly that length; if not, the target holds nothing that it held before.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> section, Span<byte> target)
    {
        ReadOnlySpan<byte> stored = section[DictionaryLayout.Stored..];
        return stored.Length == target.Length
            ? BlockDecoder.TryDecode(BlockCodec.Stored, stored, default, target)
            : BlockDecoder.TryDecode(BlockCodec.Lz4, stored, default, target);
    }
}
