using Lamina.Format.Conversion;

namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>
/// The folder that a reader of a page would have: the sources that the pages show, the data sets <c>data</c> and
/// <c>dimensions</c> of the page's <c>dimensions.json</c>, and <c>new</c>, which has another content in one layer.
/// While it is there, it is the working folder and the program's own; so tests that use it do not run beside others.
/// </summary>
internal sealed class PageFolder : IDisposable
{
    public const string Source = "dimensions.json";

    private const string BaseDirectory = "APP_CONTEXT_BASE_DIRECTORY";

    private readonly string _path = Directory.CreateTempSubdirectory("lamina-docs-").FullName;
    private readonly string _workingFolder = Environment.CurrentDirectory;
    private readonly object? _programFolder = AppContext.GetData(BaseDirectory);

    private PageFolder(string page)
    {
        // A page's own source goes before one of the same name on another.
        foreach (CodeBlock source in RepositoryPages.ForUsers.OrderBy(other => other.Path == page)
            .SelectMany(static other => other.Blocks).Where(static block => block.IsSource))
        {
            File.WriteAllText(Path.Combine(_path, source.SourceName), source.Text);
        }

        string texts = Path.Combine(RepositoryPages.Root, "fixtures", "edges", "texts");
        Directory.CreateDirectory(Path.Combine(_path, "texts"));
        foreach (string file in Directory.GetFiles(texts))
            File.Copy(file, Path.Combine(_path, "texts", Path.GetFileName(file)));

        Environment.CurrentDirectory = _path;
        AppContext.SetData(BaseDirectory, _path + Path.DirectorySeparatorChar);
    }

    public static async Task<PageFolder> CreateAsync(string page)
    {
        PageFolder folder = new(page);
        try
        {
            string text = await File.ReadAllTextAsync(Source);
            text = text.Replace("Love that has lost", "What has lost", StringComparison.Ordinal);
            await File.WriteAllTextAsync("changed.json", text);
            await DataSetConverter.ConvertAsync(Source, "data");
            await DataSetConverter.ConvertAsync(Source, "dimensions");
            await DataSetConverter.ConvertAsync("changed.json", "new");
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        AppContext.SetData(BaseDirectory, _programFolder);
        Environment.CurrentDirectory = _workingFolder;
        Directory.Delete(_path, recursive: true);
    }
}
