using System.CommandLine;

namespace Lamina.Cli.Commands;

/// <summary>What several commands take.</summary>
internal static class Common
{
    /// <summary>A path that stands for standard input or output.</summary>
    public const string Standard = "-";

    public static Argument<string> DataSet(string name) => new(name)
    {
        Description = "A data set's folder, its manifest.json, or one region file.",
    };

    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON." };

    /// <summary>Makes sure that there is something at <paramref name="path"/>.</summary>
    /// <exception cref="WrongCallException">There is not.</exception>
    public static string RequireDataSet(string path)
    {
        if (path.Length == 0)
            throw new WrongCallException("The path of the data set is empty.");
        if (!Directory.Exists(path) && !File.Exists(path))
            throw new WrongCallException($"There is no data set or region file at '{path}'. Check the path, or make the data set with 'lamina convert'.");
        return path;
    }
}
