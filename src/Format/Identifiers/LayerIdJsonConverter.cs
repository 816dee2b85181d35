namespace Lamina;

internal sealed class LayerIdJsonConverter : IdentifierJsonConverter<LayerId>;
