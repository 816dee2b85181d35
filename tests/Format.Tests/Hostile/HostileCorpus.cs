using System.Text;

namespace Lamina.Format.Tests.Hostile;

/// <summary>The corpus under <c>fixtures/invalid/</c>: files that a reader must refuse, each for one reason, with right
/// checksums wherever the fault is behind them.</summary>
internal static class HostileCorpus
{
    public const string Folder = "invalid";

    public static IReadOnlyList<HostileFile> Files { get; } = Build();

    /// <summary>Every file of the folder, by its path in it.</summary>
    public static IReadOnlyDictionary<string, byte[]> ToFolder()
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        SortedDictionary<string, string> expected = new(StringComparer.Ordinal);
        foreach (HostileFile file in Files)
        {
            files.Add(file.Name + ".lamina", file.Bytes);
            expected.Add(file.Name, FormattableString.Invariant(
                $"  {{ \"file\": \"{file.Name}.lamina\", \"fault\": \"{file.Fault}\", \"offset\": {file.Offset}, \"refused_by\": \"{file.Stage}\" }}"));
        }

        foreach (HostileFolder folder in HostileManifests.All)
        {
            foreach ((string name, byte[] bytes) in folder.Files)
                files.Add($"{folder.Name}/{name}", bytes);
            expected.Add(folder.Name, FormattableString.Invariant(
                $"  {{ \"folder\": \"{folder.Name}\", \"fault\": \"{folder.Fault}\", \"offset\": {folder.Offset}, \"refused_by\": \"{(folder.InManifest ? "Load" : "Verify")}\" }}"));
        }

        files.Add("expected.json", Encoding.UTF8.GetBytes("[\n" + string.Join(",\n", expected.Values) + "\n]\n"));
        return files;
    }

    private static IReadOnlyList<HostileFile> Build()
    {
        HostileBuilder corpus = new();
        HostileHeaders.AddTo(corpus);
        HostileSections.AddTo(corpus);
        HostileContents.AddTo(corpus);
        HostileDescriptions.AddTo(corpus);
        return corpus.Files;
    }
}
