using Lamina.Format.Conversion;
using Lamina.Format.Publishing;

namespace Lamina;

/// <summary>A data set made from a source whose layers without content get simulated text; in a temporary folder of its own.</summary>
internal sealed class Simulation : IDisposable
{
    private Simulation(string folder, DataSetManifest manifest)
    {
        Folder = folder;
        Manifest = manifest;
    }

    /// <summary>Where the region files are.</summary>
    public string Folder { get; }

    /// <summary>Which they are.</summary>
    public DataSetManifest Manifest { get; }

    /// <summary>Converts <paramref name="source"/>.</summary>
    /// <exception cref="MemoryException">The source is missing, breaks a rule, or could not be converted.</exception>
    public static Simulation Create(string source)
    {
        string folder = Directory.CreateTempSubdirectory("lamina-simulation-").FullName;
        try
        {
            ConversionResult result = DataSetConverter.ConvertAsync(source, folder, new ConversionOptions { Simulate = true })
                .GetAwaiter().GetResult();
            return new Simulation(folder, result.Manifest);
        }
        catch (Exception exception)
        {
            Delete(folder);
            if (exception is not (InvalidInputException or IOException or UnauthorizedAccessException))
                throw;
            throw new MemoryException(
                MemoryError.SimulationFailed, $"No content could be simulated from {source}: {exception.Message}", inner: exception);
        }
    }

    /// <summary>Deletes the files. On a system that keeps files that are mapped, they stay until its temporary folder is cleaned.</summary>
    public void Dispose() => Delete(Folder);

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Left to the system.
        }
    }
}
