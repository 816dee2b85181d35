using System.Runtime.CompilerServices;
using Lamina.Format.Linux;

namespace Lamina.Format.Publishing;

/// <summary>The manifest of a data set: the region files that belong to it. Immutable, safe to share between threads.</summary>
/// <remarks>Spec: chapter "Manifest".</remarks>
public sealed class DataSetManifest
{
    /// <summary>The manifest's file name in the data set's folder.</summary>
    public const string FileName = "manifest.json";

    internal DataSetManifest(IReadOnlyList<ManifestEntry> dimensions)
        : this([.. dimensions])
    {
    }

    private DataSetManifest(ManifestEntry[] entries)
    {
        Entries = entries;
        Dimensions = entries;
    }

    /// <summary>The data set's dimensions, ascending.</summary>
    public IReadOnlyList<ManifestEntry> Dimensions { get; }

    /// <summary>The same as an array, not to be changed: as that they are read without loading lists.</summary>
    internal ManifestEntry[] Entries { get; }

    /// <summary>Reads and checks the manifest in <paramref name="folder"/>.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <exception cref="LaminaFormatException">There is no manifest, or it is damaged or of another version.</exception>
    /// <exception cref="IOException">The manifest could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The manifest may not be read.</exception>
    public static DataSetManifest Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, FileName);
        return LinuxFile.TryRead(path, Limits.MaxManifestLength) is { } bytes ? Parse(bytes, path) : LoadByFramework(path);
    }

    // Apart: nothing of it is loaded before it is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DataSetManifest LoadByFramework(string path)
    {
        try
        {
            using FileStream stream = new(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
            if (stream.Length > Limits.MaxManifestLength)
                throw ManifestReader.TooLong(stream.Length, path);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Parse(bytes, path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException && !File.Exists(path))
        {
            throw new LaminaFormatException(
                FormatFault.ManifestMissing,
                $"There is no {FileName}, so this folder is no data set. Convert a dimensions.json to it, or name another folder.",
                -1,
                path);
        }
    }

    /// <summary>Reads and checks a manifest's bytes.</summary>
    /// <param name="utf8">The manifest file's bytes.</param>
    /// <param name="file">What errors call the file.</param>
    /// <exception cref="LaminaFormatException">The manifest is damaged or of another version.</exception>
    public static DataSetManifest Parse(ReadOnlySpan<byte> utf8, string? file = null) =>
        new(CanonicalManifest.TryRead(utf8) ?? ReadAny(utf8, file));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ManifestEntry[] ReadAny(ReadOnlySpan<byte> utf8, string? file) => [.. ManifestReader.Read(utf8, file)];

    /// <summary>The manifest's bytes in their one canonical form. Spec: CAN-8.</summary>
    internal byte[] ToUtf8() => ManifestWriter.Write(Dimensions);
}
