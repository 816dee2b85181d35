using Lamina.Format.Inspection;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Inspection;

/// <summary>A folder of region files that the oracle wrote; gone after the test.</summary>
internal sealed class RegionFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("lamina-regions-").FullName;
    private int _files;

    public string Path(string name) => System.IO.Path.Combine(_path, name);

    public string Write(OracleRegion region, OracleOptions? options = null) => Write(OracleEncoder.Encode(region, options));

    public string Write(byte[] file)
    {
        string path = Path($"{_files++}.lamina");
        File.WriteAllBytes(path, file);
        return path;
    }

    public RegionReader Open(OracleRegion region, OracleOptions? options = null) => new RegionFile(Write(region, options), null).Open();

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
