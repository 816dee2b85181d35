namespace Lamina.Format.Schema;

/// <summary>The layers of a dimension where they are; the converter and the source generator keep them in different ways.</summary>
internal interface ILayerLinks
{
    /// <summary>A layer's link.</summary>
    ref readonly LayerLink this[int index] { get; }
}
