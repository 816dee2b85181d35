using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>What the writer keeps of a layer besides its <see cref="Schema.LayerLink"/>.</summary>
internal struct LayerRecord
{
    /// <summary>The block of a content that stands in the spool; the image offset is then that in the spool.</summary>
    public const uint InSpool = LayerLocation.NoBlock - 1;

    /// <summary>The block of a content that is made when its dimension is packed, since it tells the layer's depth.</summary>
    public const uint ToBeSimulated = LayerLocation.NoBlock - 2;

    /// <summary>The location of a layer of length 0. Spec: LOC-3.</summary>
    public static readonly LayerLocation Empty = new() { ImageOffset = 0, Length = 0, Block = LayerLocation.NoBlock };

    public LayerLocation Location;
    public double Frequency;
    public int NameOffset;
    public int KeywordStart;
    public ushort NameLength;
    public ushort KeywordCount;
    public LayerFlags Flags;
}
