using System.Buffers;
using K4os.Compression.LZ4;
using Lamina.Format.Codec;
using Lamina.Format.Conversion;
using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>Turns a block's decoded bytes into the stored ones. Thread-safe. Spec: CAN-2.</summary>
/// <param name="level">How hard to compress.</param>
internal sealed class BlockEncoder(CompressionLevel level)
{
    private readonly LZ4Level _level = level == CompressionLevel.Max ? LZ4Level.L12_MAX : LZ4Level.L09_HC;

    public void Encode(BlockJob job)
    {
        if (!job.Target.Dictionary.IsEmpty)
            CompressWithDictionary(job);
        else if (level != CompressionLevel.None)
            Compress(job);
        job.Checksum = Checksums.Part(job.Stored.Span);
    }

    private static void CompressWithDictionary(BlockJob job)
    {
        ReadOnlySpan<byte> content = job.Content.Span;
        byte[] encoded = ArrayPool<byte>.Shared.Rent(DictionaryEncoder.MaxEncodedLength(content.Length));
        int length = job.Target.EncodeWithDictionary(content, encoded);
        if (length <= LongestWorthwhile(content.Length))
            job.Replace(encoded, length, BlockCodec.Lz4WithDictionary);
        else
            ArrayPool<byte>.Shared.Return(encoded);
    }

    // The most that saves a sixteenth: what passes it is stored as it is, so there is no use in encoding further.
    private static int LongestWorthwhile(int length) => length - (int)((length + 15L) / 16);

    private void Compress(BlockJob job)
    {
        ReadOnlySpan<byte> content = job.Content.Span;

        int most = LongestWorthwhile(content.Length);
        if (most == 0)
            return;
        byte[] encoded = ArrayPool<byte>.Shared.Rent(most + Lz4Encoder.Margin);
        int length = level == CompressionLevel.Fast
            ? Lz4Encoder.Encode(content, encoded, most)
            : LZ4Codec.Encode(content, encoded.AsSpan(0, most), _level);
        if (length > 0)
            job.Replace(encoded, length, BlockCodec.Lz4);
        else
            ArrayPool<byte>.Shared.Return(encoded);
    }
}
