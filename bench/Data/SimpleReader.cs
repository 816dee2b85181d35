using System.Buffers;
using System.Text.Json;

namespace Lamina.Bench.Data;

/// <summary>
/// Reads a dimensions.json the usual way: a file stream, <see cref="Utf8JsonReader"/>, one copy of each content. What every
/// peer is built with.
/// </summary>
internal sealed class SimpleReader
{
    private const int FirstBufferSize = 1 << 20;

    private readonly LayerHandler _onLayer;
    private byte[] _content = new byte[1 << 16];
    private int _length = -1;
    private bool _inLayers;
    private Property _property;
    private ushort _dimension;
    private uint _number;

    private SimpleReader(LayerHandler onLayer) => _onLayer = onLayer;

    private enum Property
    {
        Other,
        Dimension,
        Number,
        Content,
    }

    /// <summary>Calls <paramref name="onLayer"/> with each layer, in the order of the source.</summary>
    /// <exception cref="InvalidDataException">A layer has no content, or one that is not a string.</exception>
    public static void Read(string path, LayerHandler onLayer)
    {
        SimpleReader simple = new(onLayer);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBufferSize);
        JsonReaderState state = default;
        int kept = 0;
        while (true)
        {
            // A token that fills the whole buffer needs a larger one.
            if (kept == buffer.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan().CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            int read = file.Read(buffer.AsSpan(kept));
            Utf8JsonReader reader = new(buffer.AsSpan(0, kept + read), isFinalBlock: read == 0, state);
            while (reader.Read())
                simple.Take(ref reader);
            if (read == 0)
                break;
            int consumed = (int)reader.BytesConsumed;
            state = reader.CurrentState;
            kept = kept + read - consumed;
            buffer.AsSpan(consumed, kept).CopyTo(buffer);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                _inLayers = reader.ValueTextEquals("layers"u8);
                break;
            case JsonTokenType.PropertyName when reader.CurrentDepth == 3 && _inLayers:
                _property =
                    reader.ValueTextEquals("content"u8) ? Property.Content
                    : reader.ValueTextEquals("layer_num"u8) ? Property.Number
                    : reader.ValueTextEquals("dimension_id"u8) ? Property.Dimension
                    : Property.Other;
                break;
            case JsonTokenType.Number when _property == Property.Dimension:
                _dimension = reader.GetUInt16();
                break;
            case JsonTokenType.Number when _property == Property.Number:
                _number = reader.GetUInt32();
                break;
            case JsonTokenType.String when _property == Property.Content:
                if (_content.Length < reader.ValueSpan.Length)
                    _content = new byte[reader.ValueSpan.Length * 2];
                _length = reader.CopyString(_content);
                break;
            case JsonTokenType.EndObject when reader.CurrentDepth == 2 && _inLayers:
                Deliver();
                break;
        }

        // A value is of the property just before it.
        if (reader.TokenType != JsonTokenType.PropertyName)
            _property = Property.Other;
    }

    private void Deliver()
    {
        LayerId id = new(_dimension, _number);
        if (_length < 0)
            throw new InvalidDataException($"{id} has no content in the source; the peers need one.");
        _onLayer(id, _content.AsSpan(0, _length));
        _length = -1;
    }
}
