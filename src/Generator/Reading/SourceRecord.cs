using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>A dimension or layer as its author wrote it. The reader fills one object again and again.</summary>
internal sealed class SourceRecord
{
    public RecordKind Kind { get; set; }

    /// <summary>The dimension: <c>id</c> or <c>dimension_id</c>; 0 if it is wrong or missing.</summary>
    public ushort Dimension { get; set; }

    public SourcePosition DimensionPosition { get; set; }

    /// <summary>The layer's number; null if it is wrong or missing.</summary>
    public uint? Number { get; set; }

    public SourcePosition NumberPosition { get; set; }

    public string? Name { get; set; }

    public SourcePosition NamePosition { get; set; }

    public double? FrequencyMin { get; set; }

    public SourcePosition FrequencyMinPosition { get; set; }

    public double? FrequencyMax { get; set; }

    public double? Frequency { get; set; }

    public SourcePosition FrequencyPosition { get; set; }

    public int? Depth { get; set; }

    public SourcePosition DepthPosition { get; set; }

    public uint? Parent { get; set; }

    public SourcePosition ParentPosition { get; set; }

    /// <summary>Whether <c>parent_layer</c> is there, and wrong.</summary>
    public bool HasBrokenParent { get; set; }

    /// <summary>The first keywords, joined; null without any.</summary>
    public string? Keywords { get; set; }

    /// <summary>The content's first line; null without any.</summary>
    public string? FirstLine { get; set; }

    /// <summary>How many of the content properties have a value.</summary>
    public int Contents { get; set; }

    /// <summary>What errors call the layer: its text form, if its number and dimension are known.</summary>
    public string LayerText => Dimension != 0 && Number is uint number
        ? FormattableString.Invariant($"D{Dimension:D2}:L{number}")
        : "The layer";

    /// <summary>Forgets everything.</summary>
    public void Clear(RecordKind kind)
    {
        Kind = kind;
        Dimension = 0;
        Number = null;
        Name = null;
        FrequencyMin = FrequencyMax = Frequency = null;
        Depth = null;
        Parent = null;
        HasBrokenParent = false;
        Keywords = null;
        FirstLine = null;
        Contents = 0;
    }
}
