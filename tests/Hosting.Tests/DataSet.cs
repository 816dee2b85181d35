using Lamina.Format.Conversion;

namespace Lamina.Hosting.Tests;

/// <summary>A data set of two dimensions that is published again and again, in a temporary folder of its own.</summary>
internal sealed class DataSet : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("lamina-hosting-").FullName;

    public string Folder => Path.Combine(_root, "data");

    public string Source => Path.Combine(_root, "dimensions.json");

    public static DataSet Published(string joy = "Room for more of it.") => new DataSet().Publish(joy);

    public DataSet Write(string joy = "Room for more of it.")
    {
        File.WriteAllText(Source, $$"""
            { "dimensions": [ { "id": 1, "name": "Emotion", "size_bytes": 4096 }, { "id": 2, "name": "Cognition", "size_bytes": 4096 } ],
              "layers": [
                { "dimension_id": 1, "layer_num": 0, "name": "Joy", "content": "{{joy}}" },
                { "dimension_id": 2, "layer_num": 0, "name": "Doubt", "content": "It could be otherwise." } ] }
            """);
        return this;
    }

    public DataSet Publish(string joy)
    {
        Write(joy);
        DataSetConverter.ConvertAsync(Source, Folder).GetAwaiter().GetResult();
        return this;
    }

    public string RegionFile(int dimension) => Directory.GetFiles(Folder, $"D{dimension:D2}-*.lamina").Single();

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
