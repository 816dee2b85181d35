using System.Text;

namespace Lamina.Cli.Tests.Support;

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>Two dimensions; names, keywords, a binary content, an empty one.</summary>
    public const string Sample = """
        {
          "dimensions": [
            {"id": 1, "name": "Emotion", "frequency_min": 0.5, "frequency_max": 2.5, "size_bytes": 20971520},
            {"id": 2, "name": "Cognition"}
          ],
          "layers": [
            {"dimension_id": 1, "layer_num": 0, "name": "Root", "content": "everything felt"},
            {"dimension_id": 1, "layer_num": 3, "name": "Joy", "parent_layer": 0, "keywords": ["joy", "elation"], "frequency": 2, "content": "glad ünd hell"},
            {"dimension_id": 1, "layer_num": 4, "name": "Twin", "parent_layer": 3, "keywords": ["joyful"], "content": "one"},
            {"dimension_id": 1, "layer_num": 9, "name": "Twin", "keywords": [], "content_base64": "/wAB"},
            {"dimension_id": 2, "layer_num": 0, "keywords": ["joy"], "content": ""}
          ]
        }
        """;

    private readonly string _path = Directory.CreateTempSubdirectory("lamina-cli-").FullName;

    public string Path(params string[] parts) => System.IO.Path.Combine([_path, .. parts]);

    public string Write(string name, string text)
    {
        string path = Path(name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return path;
    }

    /// <summary>Converts <paramref name="source"/> to the folder <paramref name="name"/>, which must succeed.</summary>
    public async Task<string> ConvertAsync(string source = Sample, string name = "data", params string[] options)
    {
        string folder = Path(name);
        CliRun run = await CliRun.OfAsync(["convert", Write($"{name}.json", source), "-o", folder, "--quiet", .. options]);
        Assert.Equal((0, string.Empty), (run.Code, run.Error));
        return folder;
    }

    /// <summary>The one file of a data set that is dimension <paramref name="dimension"/>.</summary>
    public static string RegionOf(string folder, string dimension) => Assert.Single(Directory.GetFiles(folder, $"{dimension}-*.lamina"));

    /// <summary>Flips a bit of a file.</summary>
    public static void Damage(string file, int offset)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[offset] ^= 4;
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>What is in a folder: names and bytes.</summary>
    public static SortedDictionary<string, string> Snapshot(string folder)
    {
        SortedDictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(folder))
            files.Add(System.IO.Path.GetFileName(file), Convert.ToHexString(File.ReadAllBytes(file)));
        return files;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
