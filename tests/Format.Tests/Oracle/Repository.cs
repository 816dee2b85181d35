namespace Lamina.Format.Tests.Oracle;

/// <summary>Where the project's own files are, seen from the tests' output folder.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Fixtures { get; } = Path.Combine(Root, "fixtures");

    /// <summary>Whether this run rewrites frozen files instead of comparing with them.</summary>
    public static bool UpdatesFixtures { get; } = Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1";

    /// <summary>Fails unless the folder holds exactly these files, or makes it so if fixtures are to be updated.</summary>
    public static void CheckFrozen(string folder, IReadOnlyDictionary<string, byte[]> files)
    {
        string root = Path.Combine(Fixtures, folder);
        if (UpdatesFixtures)
        {
            if (Directory.Exists(root))
                Directory.Delete(root, recursive: true);
            foreach ((string name, byte[] bytes) in files)
            {
                string path = Path.Combine(root, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, bytes);
            }
        }

        string[] found = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();
        Assert.Equal(files.Keys.Order(StringComparer.Ordinal), found);
        foreach ((string name, byte[] bytes) in files)
        {
            Assert.True(
                bytes.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(root, name))),
                $"fixtures/{folder}/{name} is not what the builder makes. UPDATE_FIXTURES=1 rewrites it.");
        }
    }

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Format.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has the solution.");
    }
}
