using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>Links in an array.</summary>
internal readonly struct ArrayOfLinks(LayerLink[] links) : ILayerLinks
{
    public ref readonly LayerLink this[int index] => ref links[index];
}
