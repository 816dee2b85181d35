using Lamina.Format.Conversion;

namespace Lamina.Runtime.Tests.Data;

/// <summary>A data set that the converter publishes from a source, again and again, in a temporary folder of its own.</summary>
internal sealed class SourceDataSet : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("lamina-test-").FullName;

    /// <summary>The data set's folder.</summary>
    public string Folder => Path.Combine(_root, "data");

    /// <summary>The source.</summary>
    public string SourcePath => Path.Combine(_root, "dimensions.json");

    public SourceDataSet Write(string json)
    {
        File.WriteAllText(SourcePath, json);
        return this;
    }

    public SourceDataSet Publish(string json, ConversionOptions? options = null)
    {
        Write(json);
        DataSetConverter.ConvertAsync(SourcePath, Folder, options).GetAwaiter().GetResult();
        return this;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
