using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>A dimension or layer as its author wrote it. The reader fills one object again and again.</summary>
internal sealed class SourceRecord
{
    public RecordKind Kind { get; set; }

    /// <summary>The dimension's <c>id</c>; 0 if it is wrong or missing.</summary>
    public ushort Id { get; set; }

    public SourcePosition IdPosition { get; set; }

    /// <summary>The layer's <c>dimension_id</c>; 0 if it is wrong or missing.</summary>
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

    /// <summary>The first keywords, joined; null without any.</summary>
    public string? Keywords { get; set; }

    /// <summary>The content's first line; null without any.</summary>
    public string? FirstLine { get; set; }

    /// <summary>Whether it is a dimension or layer that can be named, if only as one that failed.</summary>
    public bool IsNamed => Kind == RecordKind.Dimension
        ? Id != 0
        : Kind == RecordKind.Layer && Dimension != 0 && Number is not null;

    /// <summary>What messages call it; empty if it cannot be named.</summary>
    public string Text => !IsNamed ? ""
        : Kind == RecordKind.Dimension ? FormattableString.Invariant($"Dimension D{Id:D2}")
        : FormattableString.Invariant($"Layer D{Dimension:D2}:L{Number}");

    /// <summary>Forgets everything.</summary>
    public void Clear(RecordKind kind)
    {
        Kind = kind;
        Id = Dimension = 0;
        Number = null;
        Name = null;
        FrequencyMin = FrequencyMax = Frequency = null;
        Depth = null;
        Parent = null;
        Keywords = null;
        FirstLine = null;
    }
}
