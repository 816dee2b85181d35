using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>A layer as its author wrote it, but for its content. The reader fills one object again and again.</summary>
internal sealed class LayerInput
{
    private readonly List<(int Start, int Length)> _keywords = [];
    private byte[] _text = new byte[256];
    private int _textLength;

    public LayerId Id { get; set; }

    /// <summary>The name as UTF-8; null if the layer has none.</summary>
    public byte[]? Name { get; set; }

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

    /// <summary>A keyword as UTF-8; keywords are as the author ordered them, each once.</summary>
    public ReadOnlySpan<byte> Keyword(int index) => _text.AsSpan(_keywords[index].Start, _keywords[index].Length);

    /// <summary>Takes a keyword; false if the layer has it already.</summary>
    public bool AddKeyword(ReadOnlySpan<byte> keyword)
    {
        foreach ((int start, int length) in _keywords)
        {
            if (_text.AsSpan(start, length).SequenceEqual(keyword))
                return false;
        }

        if (keyword.Length > _text.Length - _textLength)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + keyword.Length));
        keyword.CopyTo(_text.AsSpan(_textLength));
        _keywords.Add((_textLength, keyword.Length));
        _textLength += keyword.Length;
        return true;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Id = default;
        Name = null;
        Parent = null;
        Depth = null;
        Frequency = null;
        Position = DimensionPosition = ParentPosition = DepthPosition = FrequencyPosition = ContentPosition = default;
        _keywords.Clear();
        _textLength = 0;
    }
}
