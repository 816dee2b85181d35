using System.Globalization;
using Lamina.Format.Inspection;

namespace Lamina.Cli.Commands;

/// <summary>Finds the layer that a text such as <c>D01:L3</c>, <c>D01:Joy</c> or <c>Emotion:Joy</c> means.</summary>
/// <remarks>
/// Names may hold colons, so each colon may be the one between dimension and layer. A number goes before a name: <c>D01</c>
/// is dimension 1 although another one may be called so, and <c>L3</c> the layer with number 3 if there is one.
/// </remarks>
internal static class LayerFinder
{
    private const int ListedAtMost = 8;
    private const string Form = "Write a layer as D01:L3, D01:Joy or Emotion:Joy.";

    /// <summary>Finds the layer; the caller disposes what is found.</summary>
    /// <exception cref="WrongCallException">No layer is meant, or several may be.</exception>
    public static FoundLayer Find(DataSetFiles files, string text)
    {
        List<(RegionFile File, DimensionId Dimension, string? Name)> dimensions = ListDimensions(files);
        List<(RegionFile File, string Layer)> tried = [];
        List<(RegionFile File, LayerId Id)> found = [];
        for (int colon = text.IndexOf(':'); colon >= 0; colon = text.IndexOf(':', colon + 1))
        {
            string layer = text[(colon + 1)..];
            foreach (RegionFile file in Match(dimensions, text[..colon]))
            {
                tried.Add((file, layer));
                FindIn(file, layer, found);
            }
        }

        return found switch
        {
            [(RegionFile file, LayerId id)] => Open(file, id),
            [] when !text.Contains(':', StringComparison.Ordinal) => throw new WrongCallException($"'{text}' names no dimension. {Form}"),
            [] when tried.Count == 0 => throw new WrongCallException(NoDimension(dimensions, text)),
            [] => throw new WrongCallException(NoLayer(tried[0].File, tried[0].Layer)),
            _ => throw new WrongCallException(Several(text, found)),
        };
    }

    private static List<(RegionFile File, DimensionId Dimension, string? Name)> ListDimensions(DataSetFiles files)
    {
        List<(RegionFile, DimensionId, string?)> dimensions = new(files.Regions.Count);
        foreach (RegionFile file in files.Regions)
        {
            if (file.Entry is { } entry)
            {
                dimensions.Add((file, entry.Dimension, entry.Name));
                continue;
            }

            using RegionReader region = file.Open();
            dimensions.Add((file, region.Dimension, region.Name));
        }

        return dimensions;
    }

    private static IEnumerable<RegionFile> Match(List<(RegionFile File, DimensionId Dimension, string? Name)> dimensions, string text)
    {
        if (DimensionId.TryParse(text, CultureInfo.InvariantCulture, out DimensionId id))
        {
            foreach ((RegionFile file, DimensionId dimension, _) in dimensions)
            {
                if (dimension == id)
                    return [file];
            }
        }

        return dimensions.Where(dimension => string.Equals(dimension.Name, text, StringComparison.Ordinal)).Select(static dimension => dimension.File);
    }

    private static void FindIn(RegionFile file, string layer, List<(RegionFile File, LayerId Id)> found)
    {
        using RegionReader region = file.Open();
        if (NumberOf(layer) is { } number && region.IndexOf(number) >= 0)
        {
            Add(new LayerId(region.Dimension, number));
            return;
        }

        foreach (int index in region.FindName(layer))
            Add(region.Describe(index).Id);

        void Add(LayerId id)
        {
            if (!found.Exists(other => other.Id == id))
                found.Add((file, id));
        }
    }

    private static uint? NumberOf(string layer) =>
        layer is ['L' or 'l', _, ..] && uint.TryParse(layer.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : null;

    private static FoundLayer Open(RegionFile file, LayerId id)
    {
        RegionReader region = file.Open();
        return new FoundLayer(region, region.IndexOf(id.Number));
    }

    private static string NoDimension(List<(RegionFile File, DimensionId Dimension, string? Name)> dimensions, string text)
    {
        string wanted = text[..text.IndexOf(':')];
        string known = List([.. dimensions.Select(static dimension => Label(dimension.Dimension, dimension.Name))]);
        string? closest = Closest.To(wanted, dimensions.Select(static dimension => dimension.Name).OfType<string>());
        return $"There is no dimension '{wanted}'.{(closest is null ? string.Empty : $" Did you mean '{closest}'?")} There are {known}.";
    }

    private static string NoLayer(RegionFile file, string layer)
    {
        using RegionReader region = file.Open();
        string dimension = Label(region.Dimension, region.Name);
        if (region.LayerCount == 0)
            return $"Dimension {dimension} has no layers.";
        if (NumberOf(layer) is not null)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Dimension {dimension} has no layer {layer}. Its numbers go from L{region.Describe(0).Id.Number} to L{region.Describe(region.LayerCount - 1).Id.Number}.");
        }

        string? closest = Closest.To(layer, Names(region));
        return closest is null
            ? $"Dimension {dimension} has no layer '{layer}'. Names are compared as they are written; 'lamina find' looks for keywords."
            : $"Dimension {dimension} has no layer '{layer}'. Did you mean '{closest}'?";
    }

    private static IEnumerable<string> Names(RegionReader region)
    {
        for (int i = 0; i < region.LayerCount; i++)
        {
            if (region.Describe(i).Name is { } name)
                yield return name;
        }
    }

    private static string Several(string text, List<(RegionFile File, LayerId Id)> found) =>
        $"'{text}' may be any of {found.Count.ToString(CultureInfo.InvariantCulture)} layers: {List([.. found.Select(static layer => layer.Id.ToString())])}. Name one by its number.";

    private static string Label(DimensionId dimension, string? name) => name is null ? dimension.ToString() : $"{dimension} {name}";

    private static string List(IReadOnlyList<string> items) => items.Count <= ListedAtMost
        ? string.Join(", ", items)
        : $"{string.Join(", ", items.Take(ListedAtMost))} and {(items.Count - ListedAtMost).ToString(CultureInfo.InvariantCulture)} more";
}
