using System.Text;
using System.Text.Json.Nodes;
using Lamina.Format.Conversion;
using Lamina.Format.Inspection;

namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>Somebody who writes a source and publishes it with the converter, in a temporary folder of their own.</summary>
internal sealed class Author : IDisposable
{
    // Spec: SEC-1, the kind of the section that holds the blocks.
    private const uint ContentSection = 2;

    private readonly string _root = Directory.CreateTempSubdirectory("lamina-story-").FullName;
    private readonly SortedDictionary<int, JsonObject> _dimensions = [];
    private readonly SortedDictionary<(int Dimension, int Number), JsonObject> _layers = [];

    /// <summary>The data set's folder.</summary>
    public string Folder => Path.Combine(_root, "data");

    /// <summary>The source.</summary>
    public string Source => Path.Combine(_root, "dimensions.json");

    /// <summary>An author who has written <paramref name="layers"/> texts of <paramref name="length"/> bytes into each dimension.</summary>
    public static Author OfTexts(int dimensions, int layers, int length = 1000, long? sizeBytes = null)
    {
        Author author = new();
        for (int d = 1; d <= dimensions; d++)
        {
            author.Adds(d, $"Shelf{d}", sizeBytes);
            for (int i = 0; i < layers; i++)
                author.Writes(d, i, Text(d, i, length));
        }

        return author;
    }

    /// <summary>The text that <see cref="OfTexts"/> writes: compressible, and like no other.</summary>
    public static string Text(int dimension, int number, int length = 1000)
    {
        StringBuilder text = new(length + 32);
        while (text.Length < length)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"Shelf {dimension}, text {number}. ");
        return text.ToString(0, length);
    }

    public Author Adds(int dimension, string name, long? sizeBytes = null)
    {
        JsonObject entry = new() { ["id"] = dimension, ["name"] = name };
        if (sizeBytes is not null)
            entry["size_bytes"] = sizeBytes;
        _dimensions[dimension] = entry;
        return this;
    }

    /// <summary>Writes a layer, or another content into it; without one if <paramref name="content"/> is null.</summary>
    public Author Writes(
        int dimension, int number, string? content, string? name = null, int? parent = null, double? frequency = null, params string[] keywords)
    {
        JsonObject layer = new() { ["dimension_id"] = dimension, ["layer_num"] = number };
        if (name is not null)
            layer["name"] = name;
        if (parent is not null)
            layer["parent_layer"] = parent;
        if (frequency is not null)
            layer["frequency"] = frequency;
        if (keywords.Length > 0)
            layer["keywords"] = new JsonArray([.. keywords.Select(static word => (JsonNode?)word)]);
        if (content is not null)
            layer["content"] = content;
        _layers[(dimension, number)] = layer;
        return this;
    }

    /// <summary>Changes a layer's content and nothing else of it.</summary>
    public Author Rewrites(int dimension, int number, string content)
    {
        _layers[(dimension, number)]["content"] = content;
        return this;
    }

    /// <summary>Writes a layer of any bytes.</summary>
    public Author Stores(int dimension, int number, byte[] content)
    {
        _layers[(dimension, number)] = new JsonObject
        {
            ["dimension_id"] = dimension,
            ["layer_num"] = number,
            ["content_base64"] = Convert.ToBase64String(content),
        };
        return this;
    }

    /// <summary>Saves the source and publishes nothing.</summary>
    public Author Saves()
    {
        JsonObject source = new()
        {
            ["dimensions"] = new JsonArray([.. _dimensions.Values.Select(static entry => (JsonNode?)entry.DeepClone())]),
            ["layers"] = new JsonArray([.. _layers.Values.Select(static layer => (JsonNode?)layer.DeepClone())]),
        };
        File.WriteAllText(Source, source.ToJsonString());
        return this;
    }

    /// <summary>Saves the source and has the converter publish it.</summary>
    public Author Publishes(ConversionOptions? options = null)
    {
        Saves();
        DataSetConverter.ConvertAsync(Source, Folder, options ?? new ConversionOptions { BlockSize = 4096 }).GetAwaiter().GetResult();
        return this;
    }

    /// <summary>A dimension's region file; there must be one only.</summary>
    public string FileOf(int dimension) => Directory.GetFiles(Folder, $"D{dimension:00}-*.lamina").Single();

    /// <summary>Puts a dimension's region file out of the way.</summary>
    /// <returns>Puts it back.</returns>
    public Action Loses(int dimension)
    {
        string file = FileOf(dimension);
        string aside = Path.Combine(_root, "aside-" + Path.GetFileName(file));
        File.Move(file, aside);
        return () => File.Move(aside, file, overwrite: true);
    }

    /// <summary>Flips a bit in the last block of a dimension, as a failing disk would.</summary>
    /// <returns>Puts the file back as it was.</returns>
    public Action DamagesContent(int dimension)
    {
        SectionSummary content = RegionInspector.Inspect(FileOf(dimension)).Sections.Single(static section => section.Kind == ContentSection);
        return Damages(dimension, content.Offset + content.Length - 3);
    }

    /// <summary>Flips a bit of a dimension's region file.</summary>
    /// <returns>Puts the file back as it was.</returns>
    public Action Damages(int dimension, long at)
    {
        Action restore = Loses(dimension);
        string file = Directory.GetFiles(_root, $"aside-D{dimension:00}-*").Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[at] ^= 0x10;
        File.WriteAllBytes(Path.Combine(Folder, Path.GetFileName(file)["aside-".Length..]), bytes);
        return restore;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
