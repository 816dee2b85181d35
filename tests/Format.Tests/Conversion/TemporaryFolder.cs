namespace Lamina.Format.Tests.Conversion;

/// <summary>A folder that is there while a test runs.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lamina-test-").FullName;

    public string Under(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
