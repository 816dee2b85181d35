namespace Lamina;

internal sealed class DimensionIdJsonConverter : IdentifierJsonConverter<DimensionId>;
