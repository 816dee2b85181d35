using System.Buffers;
using Lamina.Format.Codec;
using Lamina.Format.Conversion;
using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>Decides whether a dictionary pays for the contents of a dimension, and makes it.</summary>
internal static class DictionaryChoice
{
    // Contents that fill blocks by themselves have little in common that a block does not hold already.
    private const int LongestMean = 2048;

    private const int LongestSample = 4 * 1024 * 1024;

    // What stands in the dictionary is stored compressed, and a block that holds it as well refers to it: so a dictionary of
    // as much as half of the content costs next to nothing. It takes memory where the content is read, though.
    private const int Share = 4;

    /// <summary>The dictionary for <paramref name="layers"/>, or none. A function of the contents alone.</summary>
    /// <param name="layers">The layers, in order.</param>
    /// <param name="reader">Reads their contents.</param>
    /// <param name="options">The block sizes with and without a dictionary.</param>
    public static byte[] Choose(LayerTable layers, SpooledReader reader, ConversionOptions options)
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
        int wanted = (int)Math.Min(Limits.MaxDictionaryLength, total / Share);
        byte[] dictionary = DictionaryTrainer.Train(sample.AsSpan(0, length), wanted, SegmentLength(total, wanted));
        if (dictionary.Length > 0)
        {
            long without = EncodedLength(sample.AsSpan(0, length), [], options.BlockSize);
            long with = EncodedLength(sample.AsSpan(0, length), dictionary, options.BlockSizeWith(dictionary.Length));
            if ((without - with) * stride <= DictionarySection.Encode(dictionary).Length)
                dictionary = [];
        }

        ArrayPool<byte>.Shared.Return(sample);
        return dictionary;
    }

    // Where there is room for much of the content, longer segments: they compress better, and blocks refer to more at once.
    private static int SegmentLength(long total, int dictionaryLength) => (total / Math.Max(1, dictionaryLength)) switch
    {
        < 8 => 256,
        < 32 => 128,
        _ => 64,
    };

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
