using System.Runtime.Intrinsics;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>A layer as its author wrote it, but for its content. The reader fills one object again and again.</summary>
internal sealed class LayerInput
{
    private readonly ByteBuffer _text = new(256);
    private readonly KeywordTable _keywords;
    private int _nameStart;
    private int _nameLength;

    /// <summary>A layer without anything.</summary>
    public LayerInput() => _keywords = new KeywordTable(_text);

    public LayerId Id { get; set; }

    /// <summary>The name as UTF-8; empty if the layer has none, since a name has at least one byte.</summary>
    public ReadOnlySpan<byte> Name => _text.Array.AsSpan(_nameStart, _nameLength);

    public uint? Parent { get; set; }

    public int? Depth { get; set; }

    public double? Frequency { get; set; }

    public int KeywordCount => _keywords.Count;

    /// <summary>Where the value of <c>layer_num</c> stands.</summary>
    public SourcePosition Position { get; set; }

    /// <summary>Where the value of <c>dimension_id</c> stands.</summary>
    public SourcePosition DimensionPosition { get; set; }

    /// <summary>Where the value of <c>parent_layer</c> stands, if it is there.</summary>
    public SourcePosition ParentPosition { get; set; }

    /// <summary>Where the value of <c>depth</c> stands, if it is there.</summary>
    public SourcePosition DepthPosition { get; set; }

    /// <summary>Where the value of <c>frequency</c> stands, if it is there.</summary>
    public SourcePosition FrequencyPosition { get; set; }

    /// <summary>Where the value of the content property stands, if it is there.</summary>
    public SourcePosition ContentPosition { get; set; }

    /// <summary>Takes the bytes of the name and of keywords at its end, before they are made one of them.</summary>
    public ByteBuffer Text => _text;

    /// <summary>A keyword as UTF-8; keywords are as the author ordered them, each once.</summary>
    public ReadOnlySpan<byte> Keyword(int index) => _keywords[index];

    /// <summary>Makes what <see cref="Text"/> holds from <paramref name="start"/> on the name.</summary>
    public void SetName(int start)
    {
        _nameStart = start;
        _nameLength = _text.Length - start;
    }

    /// <summary>Makes what <see cref="Text"/> holds from <paramref name="start"/> on a keyword; false, and the text is
    /// dropped, if the layer has it already.</summary>
    public bool AddKeyword(int start)
    {
        if (_keywords.TryAdd(start))
            return true;
        _text.Length = start;
        return false;
    }

    /// <summary>Takes the keyword that the first <paramref name="length"/> bytes are; false, and nothing is done, if the layer
    /// has it already.</summary>
    /// <param name="bytes">All of them are copied, which is quicker than to copy a few.</param>
    /// <param name="length">How many are meant.</param>
    public bool TryAddKeyword(ReadOnlySpan<byte> bytes, int length)
    {
        int start = _text.Length;
        _text.Reserve(Vector256<byte>.Count);
        Vector256.Create(bytes).CopyTo(_text.Array.AsSpan(start));
        _text.Length = start + length;
        return AddKeyword(start);
    }

    /// <summary>Sets the name to <paramref name="name"/>.</summary>
    public void SetName(ReadOnlySpan<byte> name) => SetName(Append(name));

    /// <summary>Takes a keyword; false if the layer has it already.</summary>
    public bool AddKeyword(ReadOnlySpan<byte> keyword) => AddKeyword(Append(keyword));

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Id = default;
        Parent = null;
        Depth = null;
        Frequency = null;
        Position = DimensionPosition = ParentPosition = DepthPosition = FrequencyPosition = ContentPosition = default;
        _nameStart = _nameLength = 0;
        _keywords.Clear();
        _text.Length = 0;
    }

    private int Append(ReadOnlySpan<byte> bytes)
    {
        int start = _text.Length;
        _text.Reserve(bytes.Length);
        bytes.CopyTo(_text.Array.AsSpan(start));
        _text.Length += bytes.Length;
        return start;
    }
}
