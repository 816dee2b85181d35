using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>Which object has which properties, and which property a name is; what the converter says of them too.</summary>
internal static class SourceProperties
{
    private static readonly Dictionary<string, InputProperty> ByName = MapNames();

    /// <summary>The property called <paramref name="name"/>.</summary>
    public static InputProperty Find(string name) =>
        ByName.TryGetValue(name, out InputProperty property) ? property : InputProperty.Unknown;

    /// <summary>Whether an object of <paramref name="kind"/> has <paramref name="property"/>.</summary>
    public static bool Has(RecordKind kind, InputProperty property) => kind switch
    {
        RecordKind.Dimension => property is >= InputProperty.Id and <= InputProperty.FrequencyMax,
        RecordKind.Layer => property is InputProperty.Name or >= InputProperty.DimensionId,
        RecordKind.Line => property is InputProperty.Schema or >= InputProperty.Id,
        _ => property is InputProperty.Schema or InputProperty.Dimensions or InputProperty.Layers,
    };

    /// <summary>What a message calls an object of <paramref name="kind"/>.</summary>
    public static string ArticleAndName(RecordKind kind) => kind switch
    {
        RecordKind.Dimension => "a dimension",
        RecordKind.Layer => "a layer",
        RecordKind.Line => "a dimension or a layer",
        _ => "the top level",
    };

    /// <summary>The properties that an object of <paramref name="kind"/> has, as a sentence lists them.</summary>
    public static string ListOf(RecordKind kind)
    {
        List<string> names = new();
        for (InputProperty property = InputProperty.Schema; property <= InputProperty.ContentFile; property++)
        {
            if (Has(kind, property))
                names.Add("'" + InputPropertyNames.NameOf(property) + "'");
        }

        return string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];
    }

    private static Dictionary<string, InputProperty> MapNames()
    {
        Dictionary<string, InputProperty> map = new(StringComparer.Ordinal);
        for (InputProperty property = InputProperty.Schema; property <= InputProperty.ContentFile; property++)
            map.Add(InputPropertyNames.NameOf(property), property);
        return map;
    }
}
