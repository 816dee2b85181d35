using System.Text;

namespace Lamina.Bench.Data;

/// <summary>Unicode's locale data: a package's kind of file is a dimension, each locale's file a layer, its JSON text the content.</summary>
/// <remarks>9,000 layers of 37 KB in the mean, full of quotation marks that the source has to escape.</remarks>
internal sealed class CldrMaker : ISourceMaker
{
    private const string Version = "48.2.0";

    private static readonly string[] Packages =
        ["annotations-full", "core", "dates-full", "localenames-full", "misc-full", "numbers-full", "units-full"];

    private readonly SortedDictionary<string, List<(string Locale, string Path)>> _dimensions = new(StringComparer.Ordinal);

    /// <param name="folder">Where the packages are installed.</param>
    /// <exception cref="MissingDataException">They are not.</exception>
    public CldrMaker(string folder)
    {
        foreach (string package in Packages)
        {
            string root = Path.Combine(folder, "node_modules", "cldr-" + package);
            if (!Directory.Exists(root))
                throw new MissingDataException($"The locale data are not installed: {InstallInto(folder)}");
            foreach (string path in Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories))
            {
                string name = Path.GetFileNameWithoutExtension(path);
                if (name is "package" or "bower")
                    continue;
                (string kind, string locale) = package == "core"
                    ? ("supplemental", name)
                    : (name, Path.GetFileName(Path.GetDirectoryName(path)!));
                string dimension = package + "/" + kind;
                if (!_dimensions.TryGetValue(dimension, out List<(string, string)>? files))
                    _dimensions.Add(dimension, files = []);
                files.Add((locale, path));
            }
        }

        foreach (List<(string Locale, string Path)> files in _dimensions.Values)
        {
            files.Sort(static (left, right) =>
            {
                int order = string.CompareOrdinal(left.Locale, right.Locale);
                return order != 0 ? order : string.CompareOrdinal(left.Path, right.Path);
            });
        }

        Dimensions = [.. _dimensions.Keys];
    }

    public IReadOnlyList<string> Dimensions { get; }

    public long? SizeBytes => null;

    public static string InstallInto(string folder) =>
        $"npm install --ignore-scripts --prefix {folder} {string.Join(' ', Packages.Select(static package => $"cldr-{package}@{Version}"))}";

    public IEnumerable<SourceLayer> Layers()
    {
        ushort dimension = 0;
        foreach ((string name, List<(string Locale, string Path)> files) in _dimensions)
        {
            dimension++;
            string kind = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
            bool hasParents = !name.StartsWith("core/", StringComparison.Ordinal);
            Dictionary<string, uint> numbers = [];
            for (int i = 0; i < files.Count; i++)
                numbers[files[i].Locale] = (uint)i;
            for (int i = 0; i < files.Count; i++)
            {
                string[] parts = files[i].Locale.Split('-');
                List<uint> ancestors = [];
                for (int length = parts.Length - 1; length > 0 && hasParents; length--)
                {
                    if (numbers.TryGetValue(string.Join('-', parts[..length]), out uint number))
                        ancestors.Add(number);
                }

                byte[] content = File.ReadAllBytes(files[i].Path);
                yield return new SourceLayer(
                    dimension,
                    (uint)i,
                    ancestors.Count,
                    ancestors.Count > 0 ? ancestors[0] : null,
                    [files[i].Locale, .. parts.Length > 1 ? [parts[0]] : Array.Empty<string>(), kind],
                    Math.Round(Math.Log2(1 + Encoding.UTF32.GetByteCount(Encoding.UTF8.GetString(content)) / 4.0), 4),
                    content);
            }
        }
    }
}
