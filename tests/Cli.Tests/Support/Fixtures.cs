namespace Lamina.Cli.Tests.Support;

/// <summary>The frozen data sets and sources of the repository.</summary>
internal static class Fixtures
{
    public static string Folder { get; } = Path.Combine(FindRoot(), "fixtures");

    /// <summary>Every source with its options, for a test of each.</summary>
    public static TheoryData<string> Sources()
    {
        TheoryData<string> sources = [];
        foreach (string folder in (IEnumerable<string>)["reference", "edges"])
        {
            foreach (string file in Directory.GetFiles(Path.Combine(Folder, folder), "*.json*").Order(StringComparer.Ordinal))
                sources.Add(Path.GetRelativePath(Folder, file));
        }

        return sources;
    }

    /// <summary>Every frozen data set.</summary>
    public static TheoryData<string> DataSets() =>
        [.. Directory.GetDirectories(Path.Combine(Folder, "valid")).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Format.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
