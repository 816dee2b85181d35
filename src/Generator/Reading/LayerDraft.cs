using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>What a layer declares beside its place in the hierarchy, until its dimension is whole.</summary>
internal struct LayerDraft
{
    public string? Name;
    public string? Keywords;
    public string? FirstLine;
    public double? Frequency;
    public SourcePosition NamePosition;
    public SourcePosition FrequencyPosition;
    public SourcePosition DimensionPosition;
}
