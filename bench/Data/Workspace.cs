namespace Lamina.Bench.Data;

/// <summary>The folder that data sets and stores are made in; what is there already is used again.</summary>
internal sealed class Workspace(string root)
{
    private const string SourceName = "dimensions.json";
    private const long MixBytes = 2_500_000_000;

    /// <summary>The names of the data sets that can be made.</summary>
    public static IReadOnlyList<string> Names { get; } = ["reference", "wordnet", "cldr", "mix"];

    /// <summary>A data set by its name, or a source by its path; makes what can be made and is not there.</summary>
    /// <exception cref="MissingDataException">What it is made of is not installed; or there is no such data set.</exception>
    public DataSet Open(string nameOrPath)
    {
        if (nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            string name = Path.GetFileNameWithoutExtension(nameOrPath);
            return File.Exists(nameOrPath)
                ? new DataSet(name, Path.GetFullPath(nameOrPath), FolderOf(name))
                : throw new MissingDataException($"There is no file '{nameOrPath}'.");
        }

        return nameOrPath switch
        {
            "reference" => Made(nameOrPath, static () => GeneratedMaker.Reference),
            "wordnet" => Made(nameOrPath, static () => new WordNetMaker()),
            "cldr" => Made(nameOrPath, () => new CldrMaker(FolderOf("cldr"))),
            "mix" => Made(nameOrPath, () => new MixMaker([Open("wordnet").Source, Open("cldr").Source], MixBytes)),
            _ => throw new MissingDataException(
                $"There is no data set '{nameOrPath}': give the path of a .json file, or {string.Join(", ", Names)}."),
        };
    }

    /// <summary>A data set that <paramref name="make"/> makes, unless it is there.</summary>
    public DataSet Made(string name, Func<ISourceMaker> make)
    {
        string folder = FolderOf(name);
        string source = Path.Combine(folder, SourceName);
        if (!File.Exists(source))
        {
            Console.Error.WriteLine($"making {name}");
            SourceWriter.Write(source, make());
        }

        return new DataSet(name, source, folder);
    }

    private string FolderOf(string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;
}
