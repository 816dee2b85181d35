using System.Buffers;
using Lamina.Format.Codec;
using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>Decides whether a dictionary pays for the contents of a dimension, and makes it.</summary>
internal static class DictionaryChoice
{
    // Contents that fill blocks by themselves have little in common that a block does not hold already.
    private const int LongestMean = 2048;

    private const int LongestSample = 4 * 1024 * 1024;
    private const int SegmentLength = 64;

    // The dictionary is stored as it is: larger than this part of what it serves, it costs more than it saves.
    private const int Share = 16;

    /// <summary>The dictionary for <paramref name="layers"/>, or none. A function of the contents alone.</summary>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="reader">Reads their contents.</param>
    /// <param name="blockSize">Decoded bytes of a block that uses the dictionary.</param>
    public static byte[] Choose(LayerTable layers, SpooledReader reader, int blockSize)
    {
        long total = 0;
        int contents = 0;
        foreach (ref readonly LayerRecord record in layers.Records)
        {
            if (record.Location.Length == 0)
                continue;
            total += record.Location.Length;
            contents++;
        }

        if (contents == 0 || total / contents > LongestMean)
            return [];

        int stride = (int)((total + LongestSample - 1) / LongestSample);
        byte[] sample = ArrayPool<byte>.Shared.Rent((int)Math.Min(total, LongestSample));
        int length = ReadSample(layers, reader, stride, sample);
        byte[] dictionary = DictionaryTrainer.Train(
            sample.AsSpan(0, length), (int)Math.Min(Limits.MaxDictionaryLength, total / Share), SegmentLength);
        if (dictionary.Length > 0)
        {
            long without = EncodedLength(sample.AsSpan(0, length), [], blockSize);
            long with = EncodedLength(sample.AsSpan(0, length), dictionary, blockSize);
            if ((without - with) * stride <= dictionary.Length)
                dictionary = [];
        }

        ArrayPool<byte>.Shared.Return(sample);
        return dictionary;
    }

    private static int ReadSample(LayerTable layers, SpooledReader reader, int stride, Span<byte> sample)
    {
        int length = 0;
        int next = 0;
        for (int layer = 0; layer < layers.Count; layer++)
        {
            LayerLocation location = layers.Records[layer].Location;
            if (location.Length == 0 || next++ % stride != 0)
                continue;
            if (location.Length > sample.Length - length)
                break;
            reader.Read(location).Span.CopyTo(sample[length..]);
            length += (int)location.Length;
        }

        return length;
    }

    private static long EncodedLength(ReadOnlySpan<byte> sample, byte[] dictionary, int blockSize)
    {
        DictionaryEncoder encoder = new(dictionary);
        byte[] target = ArrayPool<byte>.Shared.Rent(DictionaryEncoder.MaxEncodedLength(blockSize));
        long length = 0;
        for (int start = 0; start < sample.Length; start += blockSize)
            length += encoder.Encode(sample.Slice(start, Math.Min(blockSize, sample.Length - start)), target);
        ArrayPool<byte>.Shared.Return(target);
        return length;
    }
}
