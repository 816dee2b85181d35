using System.Runtime.CompilerServices;
using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>Which object has which properties, and which property a name is; what the converter says of them too.</summary>
internal static class SourceProperties
{
    private static readonly (string Name, InputProperty Property)[][] ByLength = SortByLength();

    /// <summary>How long the longest name is.</summary>
    public static int MaxLength => ByLength.Length - 1;

    /// <summary>The property whose name is at a place of a text.</summary>
    [MethodImpl(Hot.Method)]
    public static InputProperty Find(char[] text, int start, int length)
    {
        if (length >= ByLength.Length)
            return InputProperty.Unknown;
        foreach ((string name, InputProperty property) in ByLength[length])
        {
            int at = 0;
            while (at < length && text[start + at] == name[at])
                at++;
            if (at == length)
                return property;
        }

        return InputProperty.Unknown;
    }

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

    private static (string, InputProperty)[][] SortByLength()
    {
        List<(string Name, InputProperty Property)> all = new();
        for (InputProperty property = InputProperty.Schema; property <= InputProperty.ContentFile; property++)
            all.Add((InputPropertyNames.NameOf(property), property));
        (string, InputProperty)[][] sorted = new (string, InputProperty)[all.Max(static pair => pair.Name.Length) + 1][];
        for (int length = 0; length < sorted.Length; length++)
            sorted[length] = [.. all.Where(pair => pair.Name.Length == length)];
        return sorted;
    }
}
