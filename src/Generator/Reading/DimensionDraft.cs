using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>A dimension and its layers as far as they have been read; layers may come before their dimension.</summary>
internal sealed class DimensionDraft(ushort id)
{
    public ushort Id { get; } = id;

    public bool IsDeclared { get; set; }

    /// <summary>Whether it was found to have more layers than it may.</summary>
    public bool IsFull { get; set; }

    public string? Name { get; set; }

    public SourcePosition NamePosition { get; set; }

    public double? FrequencyMin { get; set; }

    public SourcePosition FrequencyMinPosition { get; set; }

    public double? FrequencyMax { get; set; }

    /// <summary>The layers' places, beside <see cref="Layers"/>.</summary>
    public List<LayerLink> Links { get; } = new();

    public List<LayerDraft> Layers { get; } = new();

    /// <summary>The text form.</summary>
    public string Text => FormattableString.Invariant($"D{Id:D2}");
}
