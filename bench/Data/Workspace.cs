namespace Lamina.Bench.Data;

/// <summary>The folder that data sets and stores are made in; what is there already is used again.</summary>
internal sealed class Workspace(string root)
{
    /// <summary>A data set by its name, or a source by its path; makes what can be made and is not there.</summary>
    public DataSet Open(string nameOrPath)
    {
        if (nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return new DataSet(Path.GetFileNameWithoutExtension(nameOrPath), Path.GetFullPath(nameOrPath), FolderOf(Path.GetFileNameWithoutExtension(nameOrPath)));
        throw new ArgumentException($"There is no data set '{nameOrPath}'.");
    }

    private string FolderOf(string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;
}
